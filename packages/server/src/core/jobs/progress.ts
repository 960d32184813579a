import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../log.ts';
import type { After } from '../timers.ts';

/** Handlers may report for every row they read; stores and screens get at most two reports a second. */
const PERIOD_MS = 500;
const LONGEST_NOTE = 200;

export interface ProgressValue {
  readonly fraction: number;
  readonly note: string | null;
}

/** Keeps the latest report of each job and saves it now and then. */
export interface Progress {
  set(id: string, fraction: number, note: string | undefined): void;
  forget(id: string): void;
  stop(): void;
}

export function createProgress(options: {
  readonly after: After;
  readonly log: Logger;
  save(id: string, value: ProgressValue): Promise<void>;
}): Progress {
  // A handler may report from inside a transaction; saving must not happen in it.
  const detached = AsyncLocalStorage.snapshot();
  const unsaved = new Map<string, ProgressValue>();
  let stopTimer: (() => void) | undefined;

  async function saveAll(): Promise<void> {
    const reports = [...unsaved];
    unsaved.clear();
    for (const [id, value] of reports) {
      try {
        await options.save(id, value);
      } catch (error) {
        // The next report replaces it; the job itself does not depend on it.
        options.log.warn({ err: error, jobId: id }, 'jobs.progress.unsaved');
      }
    }
  }

  return {
    set(id, fraction, note) {
      // PostgreSQL stores no NUL character.
      const text = note?.replaceAll('\0', '').slice(0, LONGEST_NOTE) ?? null;
      unsaved.set(id, { fraction, note: text });
      stopTimer ??= options.after(PERIOD_MS, () => {
        stopTimer = undefined;
        detached(() => void saveAll());
      });
    },
    forget: (id) => unsaved.delete(id),
    stop: () => stopTimer?.(),
  };
}
