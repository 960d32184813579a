import type { Readable } from 'node:stream';
import type { DownloadInput, Hashes, OfferedModel, SearchQuery, SourceName } from '../contract.ts';
import type { Address, LocateReason } from '../transfer/transfer.ts';

/** What makes an input one of this source's: `list` takes it. */
export type SourceInput = Exclude<DownloadInput, { kind: 'link' }>;

/** A file to be downloaded, with all that is kept of it until it is. JSON: it is stored with the item. */
export interface SourceFile {
  /** What `locate` needs to find it again; no signed address, no token. */
  readonly ref: string;
  /** As the source writes it: not yet fit for a folder. */
  readonly name: string;
  readonly sizeBytes: number | null;
  readonly hashes: Hashes;
  readonly primary: boolean;
  /** For the path template, the library and the metadata file; null for a plain address. */
  readonly model: ModelFacts | null;
  /** Known not to be downloadable now: the item fails with this without asking. */
  readonly barrier: string | null;
}

export interface ModelFacts {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly creator: string | null;
  readonly versionId: string;
  readonly versionName: string;
  readonly baseModel: string | null;
  readonly nsfw: boolean;
  readonly tags: readonly string[];
  readonly triggerWords: readonly string[];
  readonly description: string;
  readonly license: string | null;
  readonly page: string;
  /** Address of a picture at the source; null without one. */
  readonly previewUrl: string | null;
}

export interface FilePage {
  readonly files: readonly SourceFile[];
  /** Null at the end. */
  readonly nextCursor: string | null;
}

/**
 * A place that files come from. To add one: a folder in `sources/` with this and its tests, which run
 * `sources/source.conformance.ts`, a line in `sources/index.ts` and a name in `contract.ts`.
 * Every call is one exchange with the place or a few, honours `signal`, backs off as the place asks for, and throws errors of
 * `sourceErrors`. `onRequest` of the options it is made with hears of each exchange.
 */
export interface Source {
  readonly name: SourceName;
  /** What an address means here, or undefined when it is none of this source's. */
  recognise(url: string): SourceInput | undefined;
  /** Files of an input, page by page. */
  list(input: SourceInput, cursor: string | null, signal: AbortSignal): Promise<FilePage>;
  /** Where the file of `ref` can be fetched now. */
  locate(ref: string, reason: LocateReason, signal: AbortSignal): Promise<Address>;
  /**
   * @throws the source's error when these first bytes of a file are an answer in words (a login page, an error document, a
   *         pointer) and not the file
   */
  inspectHead(
    head: Uint8Array,
    facts: { name: string; contentType: string | null; host?: string },
  ): void;
  readonly search?: (
    query: SearchQuery,
    signal: AbortSignal,
  ) => Promise<{ items: OfferedModel[]; nextCursor: string | null }>;
  /** A preview picture: at most 8 MiB, an image type, without asking it for anything else. */
  readonly preview?: (
    url: string,
    signal: AbortSignal,
  ) => Promise<{ contentType: string; body: Readable }>;
}

/** An exchange with a source, for the analytics; the host only, no path and no query. */
export interface SourceExchange {
  readonly source: SourceName;
  readonly host: string;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly durationMs: number;
}
