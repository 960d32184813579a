import type { After } from '../timers.ts';
import { jobsErrors } from './errors.ts';
import type { JobRecord } from './queue.ts';

type Listener = (job: JobRecord) => void;

/** Tells whoever listens in this process what happened to a job. */
export interface Changes {
  readonly listened: boolean;
  tell(job: JobRecord): void;
  listen(listener: Listener): () => void;
}

export function createChanges(onError: (error: unknown) => void): Changes {
  const listeners = new Set<Listener>();
  return {
    get listened() {
      return listeners.size > 0;
    },
    tell(job) {
      for (const listener of listeners) {
        try {
          listener(job);
        } catch (error) {
          // A listener's mistake must not stop the queue.
          onError(error);
        }
      }
    },
    listen(listener) {
      // A wrapper, so that one function may listen twice and stop twice.
      const own: Listener = (job) => listener(job);
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}

export function hasEnded(job: JobRecord): boolean {
  return job.state !== 'waiting' && job.state !== 'running';
}

/**
 * Resolves when the job has ended. Listens first and looks afterwards, so an end in between is not missed; looks
 * again every `pollMs`, because the job may end in another process, and goes on looking while the store is away.
 *
 * @throws JOBS_NOT_FOUND; the signal's reason when it aborts
 */
export async function waitUntilEnded(
  id: string,
  signal: AbortSignal | undefined,
  source: {
    get(id: string): Promise<JobRecord | undefined>;
    isUnavailable(error: unknown): boolean;
    changes: Changes;
    after: After;
    pollMs: number;
  },
): Promise<JobRecord> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<JobRecord>();
  const onAbort = () => reject(signal?.reason);
  let settled = false;
  let stopTimer = () => {};
  const lookAgain = () => {
    if (settled) return;
    stopTimer = source.after(source.pollMs, () => void look());
  };

  async function look(): Promise<void> {
    try {
      const job = await source.get(id);
      if (job === undefined) reject(jobsErrors.JOBS_NOT_FOUND());
      else if (hasEnded(job)) resolve(job);
      else lookAgain();
    } catch (error) {
      if (source.isUnavailable(error)) lookAgain();
      else reject(error);
    }
  }

  const stopListening = source.changes.listen((job) => {
    if (job.id === id && hasEnded(job)) resolve(job);
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    void look();
    return await promise;
  } finally {
    settled = true;
    stopTimer();
    stopListening();
    signal?.removeEventListener('abort', onAbort);
  }
}
