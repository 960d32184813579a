import type { ProxyChoice } from '../proxy.ts';
import type { CurrentAddress } from './current-address.ts';
import type { ConnectionPool } from './http/pool.ts';
import type { ActivePiece, Line } from './line.ts';
import type { PartEnvironment, PartState } from './part-state.ts';
import type { RateLimit } from './rate.ts';
import type { Setbacks } from './setbacks.ts';
import type { ThreadLoad } from './thread-load.ts';
import type { TransferRequest } from './transfer.ts';
import type { Tuning } from './tuning.ts';

/** What all transfers of a thread share. */
export interface TransferEnvironment extends PartEnvironment {
  readonly pool: ConnectionPool;
  readonly rate: RateLimit;
  readonly load: ThreadLoad;
  readonly proxy: ProxyChoice;
  readonly tuning: Tuning;
  readonly userAgent: string;
  readonly now: () => number;
  readonly random: () => number;
}

/** The transfer that something is fetched for. */
export interface FetchOwner {
  readonly request: TransferRequest;
  readonly state: PartState;
  /** Its reason is what ended the transfer. */
  readonly signal: AbortSignal;
  /** All is there, and parts are fetched to be compared. */
  readonly repairing: boolean;
  fail(error: unknown): void;
  /** The first bytes can be looked at. */
  headIsThere(): void;
  /** Nothing of what was there counts any more. */
  startedOver(): void;
}

/** What those share who fetch one file: the connections, the bodies and what follows from answers. */
export interface FetchContext {
  readonly owner: FetchOwner;
  readonly environment: TransferEnvironment;
  readonly address: CurrentAddress;
  readonly line: Line;
  readonly setbacks: Setbacks;
  /** Parts that are being fetched. */
  readonly active: Set<ActivePiece>;
  /** Connections at work or waiting. */
  readonly connections: () => number;
  /** Ends waits of connections when there is nothing left to fetch. */
  readonly idle: () => AbortSignal;
  /** Something has changed that connections may have waited for. */
  readonly wakeUp: () => void;
}
