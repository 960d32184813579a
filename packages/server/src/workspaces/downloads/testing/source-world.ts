import type { After } from '../../../core/timers.ts';
import type { SourceName } from '../contract.ts';
import { createSourceSet, type SourceSet } from '../queue/source-set.ts';
import { createSources, type SourcesOptions } from '../sources/index.ts';
import type {
  FilePage,
  Source,
  SourceExchange,
  SourceFile,
  SourceInput,
} from '../sources/source.ts';
import { type StandIn, type StandInOptions, startStandIn } from './stand-in/stand-in.ts';

/** Waits that were asked for, and pass at once. */
export function skippedWaits(): { after: After; waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    after: (ms, task) => {
      waits.push(ms);
      const turn = setImmediate(task);
      return () => clearImmediate(turn);
    },
  };
}

export interface SourceWorld {
  readonly standIn: StandIn;
  readonly sources: SourceSet;
  readonly exchanges: SourceExchange[];
  /** Milliseconds waited between tries. */
  readonly waits: number[];
  readonly tokens: Partial<Record<SourceName, string>>;
  /** What all sources are made with. */
  readonly options: Pick<
    SourcesOptions,
    'clock' | 'after' | 'random' | 'onRequest' | 'previewPath' | 'timeoutMs'
  >;
  close(): Promise<void>;
}

/** The sources before the stand-in. Time stands still at the end of 2025; waits pass at once. */
export async function startSourceWorld(
  options: StandInOptions & { settings?: Partial<SourcesOptions['settings']> } = {},
): Promise<SourceWorld> {
  const standIn = await startStandIn(options);
  const exchanges: SourceExchange[] = [];
  const tokens: Partial<Record<SourceName, string>> = {};
  const { after, waits } = skippedWaits();
  const shared: SourceWorld['options'] = {
    clock: { now: () => Date.UTC(2025, 11, 31) },
    after,
    random: () => 0,
    onRequest: (exchange) => exchanges.push(exchange),
    previewPath: (source, url) => `/preview/${source}?${new URLSearchParams({ url })}`,
    timeoutMs: 10_000,
  };
  const sources = createSources({
    ...shared,
    settings: {
      downloadsCivitaiUrl: standIn.civitai.url,
      downloadsHuggingFaceUrl: standIn.hub.url,
      downloadsPrivateAddresses: true,
      ...options.settings,
    },
    version: '1.2.3',
    token: async (source) => tokens[source],
    env: {},
  });
  return {
    standIn,
    sources: createSourceSet(sources.all),
    exchanges,
    waits,
    tokens,
    options: shared,
    async close() {
      sources.close();
      await standIn.close();
    },
  };
}

export const never = (): AbortSignal => new AbortController().signal;

/** All pages of a list. */
export async function listAll(source: Source, input: SourceInput): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  let cursor: string | null = null;
  do {
    const page: FilePage = await source.list(input, cursor, never());
    files.push(...page.files);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return files;
}

/** The bytes behind an address, asked for as a transfer would. */
export async function fetchBytes(address: {
  url: string;
  headers: Readonly<Record<string, string>>;
}): Promise<Buffer> {
  const answer = await fetch(address.url, { headers: address.headers });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return Buffer.from(await answer.arrayBuffer());
}
