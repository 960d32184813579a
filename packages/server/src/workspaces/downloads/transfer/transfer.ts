import type { Hashes } from '../contract.ts';

/** Where a file can be fetched for now. Made anew each time: signed addresses run out and are never stored. */
export interface Address {
  readonly url: string;
  /** Sent to the host of `url` only; never after a redirect to another one. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Why an address is asked for: `expired` is after 400, 401, 403, 404 or 410 in mid-file. */
export type LocateReason = 'start' | 'expired';

export interface TransferRequest {
  /** Id of the item: in messages only. */
  readonly id: string;
  readonly locate: (reason: LocateReason, signal: AbortSignal) => Promise<Address>;
  /** The unfinished file. Its journal lies beside it; both are there after `kill -9` and are taken up again. */
  readonly partPath: string;
  /** What the source promised; what is missing here cannot be checked. */
  readonly expected: { readonly sizeBytes?: number; readonly hashes: Hashes };
  /** Computed besides SHA-256, which always is. */
  readonly alsoHash: readonly (keyof Hashes)[];
  readonly limits: TransferLimits;
  /**
   * Sees the first bytes (at most 1 MiB, the whole file when it is shorter) before the rest is fetched to its end. What it
   * throws ends the transfer: a login page is found out after a kilobyte, not after six gigabytes.
   */
  readonly inspectHead?: (head: Uint8Array, facts: ResponseFacts) => Promise<void>;
}

export interface TransferLimits {
  readonly connections: number;
  /** Bytes of one request. */
  readonly pieceBytes: number;
}

/** What the server said of the file. */
export interface ResponseFacts {
  /** Host the bytes come from, after redirects. */
  readonly host: string;
  readonly sizeBytes: number | null;
  readonly etag: string | null;
  readonly contentType: string | null;
  /** Of `Content-Disposition`, as sent: not yet fit for a folder. */
  readonly fileName: string | null;
  /** Whether parts can be asked for. */
  readonly ranges: boolean;
}

/** How a transfer goes, every 100 ms or so while it runs. */
export interface TransferSample {
  readonly id: string;
  /** UTC epoch ms. */
  readonly at: number;
  readonly phase: 'locating' | 'downloading' | 'backing-off' | 'verifying' | 'repairing';
  readonly host: string | null;
  readonly sizeBytes: number | null;
  /** Good bytes on the disk. */
  readonly doneBytes: number;
  /** Bytes that came over the network since this process began with the item, good or not. */
  readonly receivedBytes: number;
  readonly wastedBytes: number;
  readonly connections: number;
  /** From request to first byte, median of the last requests; null before the first. */
  readonly latencyMs: number | null;
  /** Requests so far, and those that ended otherwise than asked for. */
  readonly requests: number;
  readonly failures: number;
  /**
   * Of the failures: those that say "not so many at once": 429, 503 with Retry-After, a connection refused. The optimiser takes
   * connections away for these, never for other failures.
   */
  readonly refusals: number;
  /** Of all transfers together: milliseconds in which something was being written, for each MiB; null before the first. */
  readonly diskWriteMsPerMb: number | null;
  /** Of all transfers together: the share of the last tenth of a second in which their thread waited for nothing, 0..1. */
  readonly threadBusy: number;
}

export interface TransferResult {
  readonly sizeBytes: number;
  /** Lower case; SHA-256 always, AutoV2 with it. */
  readonly hashes: Hashes;
  /** Against `expected`: which promises were kept and which were not. A file that none of its strong hashes agrees with is not a result but an error. */
  readonly agreed: readonly (keyof Hashes)[];
  readonly disagreed: readonly (keyof Hashes)[];
  readonly facts: ResponseFacts;
  readonly receivedBytes: number;
  readonly wastedBytes: number;
  readonly repairedPieces: number;
  readonly addressesRefreshed: number;
  readonly durationMs: number;
}

export interface Transfer {
  /** @throws DOWNLOADS_… (errors.ts), AbortError after `pause` */
  readonly done: Promise<TransferResult>;
  setLimits(limits: TransferLimits): void;
  /** Ends the connections and keeps what there is, journal written. */
  pause(): Promise<void>;
}

/**
 * The journal of a part file. It stays when a transfer is complete, so that a crash before the file has its final name costs no
 * second download: who moves or removes the part file removes it too (`fsync` the part file before moving it).
 */
export const journalPath = (partPath: string): string => `${partPath}.journal`;

/** All transfers of a process, in a thread of their own. */
export interface TransferEngine {
  start(request: TransferRequest): Transfer;
  /** Bytes per second for all transfers together; null without a cap. */
  setRate(bytesPerSecond: number | null): void;
  /** Most connections to one host, by host name; `*` for all others. */
  setHostLimits(limits: Readonly<Record<string, number>>): void;
  onSample(listener: (samples: readonly TransferSample[]) => void): () => void;
  /** Pauses all, then ends the thread. */
  stop(): Promise<void>;
}
