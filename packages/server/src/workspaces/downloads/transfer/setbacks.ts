import type { AppError } from '../../../core/errors.ts';
import type { ConnectionPool } from './http/pool.ts';
import type { Tuning } from './tuning.ts';

/** Connections refused in a row that mean "not so many". */
const REFUSED = 3;

export interface SetbackOptions {
  readonly tuning: Tuning;
  readonly pool: ConnectionPool;
  readonly random: () => number;
}

/** What went wrong in one transfer, how long to wait for it, and when it is enough. */
export class Setbacks {
  failures = 0;
  /** Of the failures: those that say "not so many at once". */
  refusals = 0;
  /** Connections that wait. */
  waiting = 0;
  /** An idle connection turned out to be closed: the others may be too. */
  distrustIdle = false;
  #inRow = 0;
  #refusedInRow = 0;
  readonly #options: SetbackOptions;

  constructor(options: SetbackOptions) {
    this.#options = options;
  }

  /** New bytes came. */
  good(): void {
    this.#inRow = 0;
    this.#refusedInRow = 0;
    this.distrustIdle = false;
  }

  /** A connection was refused, or closed before a word. */
  refused(origin: URL): void {
    const { pool } = this.#options;
    this.refusals++;
    if (++this.#refusedInRow < REFUSED || pool.busy(origin) === 0) return;
    pool.lower(origin);
    this.#refusedInRow = 0;
  }

  /**
   * Counts a failure and waits: as long as the host asked for and a little, else doubling with every round of all connections.
   * @throws `error` when there were too many in a row
   */
  async failed(
    error: AppError,
    {
      waitMs,
      connections,
      signal,
    }: { waitMs: number | null; connections: number; signal: AbortSignal },
  ): Promise<void> {
    const { tuning, random } = this.#options;
    this.failures++;
    const others = Math.max(1, connections) - 1;
    if (++this.#inRow >= tuning.attempts + 2 * others) throw error;
    const round = Math.ceil(this.#inRow / (others + 1));
    const backOff =
      Math.min(tuning.maxBackOffMs, tuning.backOffMs * 2 ** (round - 1)) * (0.5 + random() / 2);
    await this.#wait(waitMs === null ? backOff : waitMs + backOff / 5, signal);
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.waiting++;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
    });
    this.waiting--;
  }
}
