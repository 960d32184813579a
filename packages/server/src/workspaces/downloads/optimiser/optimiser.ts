import type { OptimiserDecision, OptimiserMode, OptimiserView } from '../contract.ts';
import type { TransferResult, TransferSample } from '../transfer/transfer.ts';

/** A decision as codes and numbers; `explain.ts` puts it in words. */
export type Decision = Omit<OptimiserDecision, 'explanation'>;

/** What one file should be fetched with now, and how many files at once. */
export interface Choice {
  readonly connections: number;
  /** Bytes of one request. */
  readonly pieceBytes: number;
  readonly parallelFiles: number;
}

/** Most of everything, from the settings. */
export interface OptimiserBounds {
  readonly mode: OptimiserMode;
  readonly maxFiles: number;
  readonly maxConnections: number;
  /** By host name; `*` for all others. */
  readonly hosts: Readonly<Record<string, number>>;
  /** A cap on the whole, bytes per second. */
  readonly bytesPerSecond: number | null;
}

/**
 * Chooses connections, piece size and parallel files from what is measured. Synchronous and cheap: it is asked many times
 * a second. Time comes with the samples, so that tests and replays move it.
 */
export interface Optimiser {
  setBounds(bounds: OptimiserBounds): void;
  /** Before the first byte of a file: from what the host has shown before. */
  begin(file: {
    id: string;
    host: string | null;
    sizeBytes: number | null;
    /** UTC epoch ms. With it the first sample counts already; without, the second one does. */
    at?: number;
  }): Choice;
  /** All running transfers at one moment. Gives what each should have now, by id; `waiting` files could begin. */
  observe(
    samples: readonly TransferSample[],
    machine: MachineSample,
    waiting: number,
  ): { readonly parallelFiles: number; readonly choices: ReadonlyMap<string, Choice> };
  /** `result` of a file that is complete: small files begin and end between two samples, and their bytes count too. */
  end(id: string, result?: Pick<TransferResult, 'receivedBytes' | 'facts'>): void;
  onDecision(listener: (decision: Decision) => void): () => void;
  /** Explanations are put in words by the routes; here they are codes and numbers. */
  view(): Omit<OptimiserView, 'last' | 'decisions'> & {
    readonly decisions: readonly Decision[];
  };
}

export interface MachineSample {
  readonly at: number;
  /** 0..1 of one processor, of all threads of this process. */
  readonly cpu: number;
  /** 0..1 of all processors. */
  readonly machineCpu: number;
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  /** Milliseconds to write a MiB, over the last writes; null before the first. */
  readonly diskWriteMsPerMb: number | null;
  /** Share of the time in which the thread that fetches waited for nothing, 0..1. */
  readonly threadBusy: number;
}
