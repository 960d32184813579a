import { AppError } from '../core/errors.ts';
import { createDefinitions } from '../core/jobs/definitions.ts';
import type { Queue } from '../core/jobs/queue.ts';
import { silentLog } from './databases.ts';

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly key: string | undefined;
  attempt: number;
}

/**
 * A queue that runs when it is told to and forgets when it is told to, for tests of what comes between a row and its job.
 * Keys, attempts and retries are those of the port; waiting times are not: a job that failed runs with the next `run`.
 */
export interface ManualQueue extends Pick<Queue, 'register' | 'enqueue' | 'schedule'> {
  readonly waiting: readonly { readonly name: string; readonly payload: unknown }[];
  readonly scheduled: ReadonlyMap<string, number>;
  /** Runs every job that waits now, once, all at the same time. Gives the names of those that failed for good. */
  run(signal?: AbortSignal): Promise<readonly string[]>;
  /** Runs what a schedule would start. */
  runScheduled(name: string): Promise<void>;
  /** All waiting jobs are gone, as if the process had died before it wrote them. */
  forget(): void;
}

export function createManualQueue(): ManualQueue {
  const definitions = createDefinitions();
  const scheduled = new Map<string, number>();
  let waiting: Waiting[] = [];
  let count = 0;

  async function attempt(job: Waiting, signal: AbortSignal): Promise<void> {
    job.attempt += 1;
    await definitions.get(job.name).handler(job.payload, {
      id: job.id,
      attempt: job.attempt,
      signal,
      log: silentLog,
      progress: () => {},
    });
  }

  return {
    get waiting() {
      return waiting;
    },
    scheduled,
    register: (definition) => definitions.add(definition as never),
    async enqueue(name, payload, { key } = {}) {
      definitions.check(name, payload);
      const earlier = waiting.find(
        (job) => job.name === name && key !== undefined && job.key === key,
      );
      if (earlier) return earlier.id;
      const id = String(++count);
      waiting.push({ id, name, payload, key, attempt: 0 });
      return id;
    },
    async schedule(_id, name, payload, everyMs) {
      definitions.check(name, payload);
      scheduled.set(name, everyMs);
    },
    async run(signal = new AbortController().signal) {
      const failed: string[] = [];
      const ended = new Set<Waiting>();
      await Promise.all(
        [...waiting].map(async (job) => {
          try {
            await attempt(job, signal);
            ended.add(job);
          } catch (error) {
            const mayRetry = !(error instanceof AppError) || error.retryable;
            if (mayRetry && job.attempt < definitions.get(job.name).maxAttempts) return;
            failed.push(job.name);
            ended.add(job);
          }
        }),
      );
      waiting = waiting.filter((job) => !ended.has(job));
      return failed;
    },
    async runScheduled(name) {
      if (!scheduled.has(name)) throw new Error(`${name} is not scheduled`);
      await attempt(
        { id: name, name, payload: {}, key: undefined, attempt: 0 },
        new AbortController().signal,
      );
    },
    forget() {
      waiting = [];
    },
  };
}
