import type { AppErrorData } from '../../../core/errors.ts';
import type {
  Address,
  LocateReason,
  ResponseFacts,
  TransferLimits,
  TransferRequest,
  TransferResult,
  TransferSample,
} from './transfer.ts';
import type { Tuning } from './tuning.ts';

/** What the thread is made with. */
export interface ThreadOptions {
  readonly userAgent: string;
  readonly proxy: string | undefined;
  /** The variables that say which proxy is used, without a setting. */
  readonly proxyVariables: Readonly<Record<string, string | undefined>>;
  readonly privateAddresses: boolean;
  readonly ca: string | undefined;
  readonly tuning: Partial<Tuning>;
}

/** To the thread. `run` numbers transfers: ids of items may come a second time. */
export type ThreadCommand =
  | {
      readonly kind: 'start';
      readonly run: number;
      readonly request: Omit<TransferRequest, 'locate' | 'inspectHead'>;
      readonly inspects: boolean;
    }
  | { readonly kind: 'limits'; readonly run: number; readonly limits: TransferLimits }
  | { readonly kind: 'pause'; readonly run: number }
  | { readonly kind: 'rate'; readonly bytesPerSecond: number | null }
  | { readonly kind: 'hosts'; readonly limits: Readonly<Record<string, number>> }
  /** The answer to a question; without an address for the head. `failed`: the error stays where it was thrown. */
  | {
      readonly kind: 'answer';
      readonly question: number;
      readonly address?: Address;
      readonly failed: boolean;
    }
  | { readonly kind: 'stop' };

export type ThreadReport =
  | {
      readonly kind: 'locate';
      readonly run: number;
      readonly question: number;
      readonly reason: LocateReason;
    }
  | {
      readonly kind: 'inspect';
      readonly run: number;
      readonly question: number;
      readonly head: Uint8Array<ArrayBuffer>;
      readonly facts: ResponseFacts;
    }
  | { readonly kind: 'samples'; readonly samples: readonly TransferSample[] }
  | { readonly kind: 'done'; readonly run: number; readonly result: TransferResult }
  | { readonly kind: 'failed'; readonly run: number; readonly failure: ThreadFailure }
  | { readonly kind: 'stopped' };

export type ThreadFailure =
  | { readonly kind: 'app'; readonly error: AppErrorData }
  | { readonly kind: 'aborted' }
  /** What `locate` or `inspectHead` threw on the other side. */
  | { readonly kind: 'own'; readonly question: number }
  | { readonly kind: 'other'; readonly message: string };
