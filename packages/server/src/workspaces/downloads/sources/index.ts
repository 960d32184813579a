import type { SourceName } from '../contract.ts';
import { chooseProxy } from '../proxy.ts';
import { createCivitai } from './civitai/civitai.ts';
import { sourceErrors } from './errors.ts';
import { createHttp } from './http/http.ts';
import { createHuggingFace } from './hugging-face/hugging-face.ts';
import type { SourceOptions } from './options.ts';
import type { Source, SourceInput } from './source.ts';

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
  get(name: SourceName): Source;
  /** The source that gave a reference. @throws DOWNLOADS_REF_INVALID */
  ofRef(ref: string): Source;
  /** @throws DOWNLOADS_LINK_INVALID for what is no address of the web */
  recognise(link: string): { readonly source: Source; readonly input: SourceInput };
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
  const civitai = createCivitai({ ...own('civitai'), url: settings.downloadsCivitaiUrl });
  const huggingFace = createHuggingFace({
    ...own('hugging-face'),
    url: settings.downloadsHuggingFaceUrl,
  });
  const http = createHttp({ agent: productAgent(version) });
  const all: readonly Source[] = [civitai, huggingFace, http];
  const byName = { civitai, 'hugging-face': huggingFace, http };
  return {
    all,
    get: (name) => byName[name],
    ofRef(ref) {
      // A plain address is its own reference.
      if (http.recognise(ref) !== undefined) return http;
      const source = all.find(({ name }) => ref.startsWith(`${name}:`));
      if (source === undefined)
        throw sourceErrors.DOWNLOADS_REF_INVALID({ ref: ref.replace(/\?.*$/s, '').slice(0, 100) });
      return source;
    },
    recognise(link) {
      for (const source of all) {
        const input = source.recognise(link);
        if (input !== undefined) return { source, input };
      }
      throw sourceErrors.DOWNLOADS_LINK_INVALID({
        reason: 'an address begins with https:// or http:// and names a host',
      });
    },
    close() {
      civitai.close();
      huggingFace.close();
    },
  };
}
