import type { SourceName } from '../contract.ts';
import { chooseProxy } from '../proxy.ts';
import { civitaiSites, createCivitai } from './civitai/civitai.ts';
import { createHttp } from './http/http.ts';
import { createHuggingFace } from './hugging-face/hugging-face.ts';
import type { SourceOptions } from './options.ts';
import type { Source } from './source.ts';

export interface SourcesOptions
  extends Omit<SourceOptions, 'agent' | 'token' | 'proxy' | 'allowPrivate'> {
  readonly settings: {
    readonly downloadsCivitaiUrl: string;
    readonly downloadsHuggingFaceUrl: string;
    readonly downloadsProxy?: string | undefined;
    readonly downloadsPrivateAddresses: boolean;
  };
  /** Version of this product. */
  readonly version: string;
  /** Of the settings page, else of the configuration; undefined without one. Asked for at each request. */
  readonly token: (source: SourceName) => Promise<string | undefined>;
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Sources {
  /** Those that know their own addresses first, the one that takes every address last. */
  readonly all: readonly Source[];
  /** Ends the connections that are kept. */
  close(): void;
}

/** How Kizashi calls itself; sources and storage turn away requests without a name, and browsers get pages. */
export const productAgent = (version: string): string => `Kizashi/${version}`;

export function createSources(options: SourcesOptions): Sources {
  const { settings, version, token, env, ...rest } = options;
  const own = (source: SourceName): SourceOptions => ({
    ...rest,
    agent: productAgent(version),
    token: () => token(source),
    proxy: chooseProxy(settings.downloadsProxy, env),
    allowPrivate: settings.downloadsPrivateAddresses,
  });
  const civitai = createCivitai({
    ...own('civitai'),
    sites: civitaiSites(settings.downloadsCivitaiUrl),
  });
  const huggingFace = createHuggingFace({
    ...own('hugging-face'),
    url: settings.downloadsHuggingFaceUrl,
  });
  const http = createHttp({ agent: productAgent(version) });
  return {
    all: [civitai, huggingFace, http],
    close() {
      civitai.close();
      huggingFace.close();
    },
  };
}
