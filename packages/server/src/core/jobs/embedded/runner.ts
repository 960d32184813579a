import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import { fromJson } from '../../db/columns.ts';
import type { Logger } from '../../log.ts';
import type { After } from '../../timers.ts';
import { type AbortCause, type Attempt, type Outcome, startAttempt } from '../attempt.ts';
import { backoffDelay, RETRY_CAP_MS, STORE_RETRY } from '../backoff.ts';
import type { Changes } from '../changes.ts';
import type { Definitions } from '../definitions.ts';
import { createProgress } from '../progress.ts';
import type { JobDefinition } from '../queue.ts';
import { type JobRow, toRecord } from './tables.ts';
import { applyEnding, type Ending, type WorkerStore } from './worker-store.ts';

interface Run {
  readonly row: JobRow;
  readonly attempt: Attempt;
}

export interface RunnerOptions {
  readonly store: WorkerStore;
  readonly definitions: Definitions;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly after: After;
  readonly random: () => number;
  readonly log: Logger;
  isUnavailable(error: unknown): boolean;
  /** A job will have to run again at this time. */
  onRunAt(at: number): void;
}

/** Claims jobs and runs them. Endings and new claims travel together, one transaction for many jobs. */
export interface Runner {
  /** From now on jobs are claimed under this worker id. */
  open(workerId: string): void;
  /** There may be jobs of this kind (without a name: of any kind). */
  wake(name?: string): void;
  /** Kinds of which more could run. */
  hungry(): readonly string[];
  abort(id: string, cause: AbortCause): void;
  /** The worker id is no longer valid: leaves what runs to others, and claims nothing until it is opened again. */
  lose(): void;
  /** Claims no more; waits up to `graceMs` for what runs, then aborts it; writes all endings. */
  close(graceMs: number): Promise<void>;
}

export function createRunner(options: RunnerOptions): Runner {
  const { store, definitions, changes, clock, after, random, log } = options;
  const runs = new Map<string, Run>();
  const load = new Map<string, number>();
  const hinted = new Set<string>();
  const progress = createProgress({
    after,
    log,
    save: async (id, value) => {
      const run = runs.get(id);
      if (run?.row.worker_id == null) return;
      await store.saveProgress(id, run.row.worker_id, value);
      run.row.progress = value.fraction;
      run.row.progress_note = value.note;
      changes.tell(toRecord(run.row));
    },
  });
  // Whoever wakes the runner may be inside a transaction or a request; its work belongs to neither.
  const detached = AsyncLocalStorage.snapshot();
  let workerId = '';
  let claiming = false;
  let closing = false;
  let endings: { ending: Ending; row: JobRow }[] = [];
  let pumping: Promise<void> | undefined;
  let failures = 0;
  let uncertain = false;
  let stopRetry: (() => void) | undefined;

  function pump(): void {
    if (pumping !== undefined || stopRetry !== undefined) return;
    pumping = detached(async () => {
      try {
        // One turn of the event loop, so that many wake-ups and endings share a transaction.
        do await setImmediate();
        while (await exchange());
        if (failures > 0) log.info({ failures }, 'jobs.store.back');
        failures = 0;
      } catch (error) {
        retryLater(error);
      } finally {
        pumping = undefined;
      }
      // Woken between the last look and now.
      if (stopRetry === undefined && hasWork()) pump();
    });
  }

  function retryLater(error: unknown): void {
    failures += 1;
    uncertain = true;
    const waitMs = backoffDelay(STORE_RETRY.baseMs, failures, STORE_RETRY.capMs, random);
    if (options.isUnavailable(error)) log.warn({ err: error, waitMs }, 'jobs.store.away');
    else log.error({ err: error, waitMs }, 'jobs.store.failed');
    stopRetry = after(waitMs, () => {
      stopRetry = undefined;
      pump();
    });
  }

  /** Gives whether one was pending. */
  function cancelRetry(): boolean {
    const pending = stopRetry;
    stopRetry = undefined;
    pending?.();
    return pending !== undefined;
  }

  function wanted(): { name: string; free: number }[] {
    if (!claiming) return [];
    return [...hinted].flatMap((name) => {
      const free = definitions.get(name).concurrency - (load.get(name) ?? 0);
      return free > 0 ? [{ name, free }] : [];
    });
  }

  function hasWork(): boolean {
    return endings.length > 0 || wanted().length > 0;
  }

  async function exchange(): Promise<boolean> {
    if (uncertain) await putBackStrays();
    const names = wanted();
    const batch = endings;
    if (batch.length === 0 && names.length === 0) return false;
    endings = [];
    // The worker's id may change while the database answers; the claims carry the one they were made with.
    const worker = { id: workerId, now: clock.now() };
    // A name hinted during the exchange stays hinted after it.
    for (const { name } of names) hinted.delete(name);
    try {
      const { claimed, written } = await store.exchange(
        batch.map(({ ending }) => ending),
        names,
        worker,
      );
      for (const { ending, row } of batch)
        afterEnding(ending, row, written.has(row.id), worker.now);
      for (const { name, free } of names) {
        if (claimed.filter((row) => row.name === name).length === free) hinted.add(name);
      }
      for (const row of claimed) start(row, worker);
    } catch (error) {
      endings = [...batch, ...endings];
      for (const { name } of names) hinted.add(name);
      throw error;
    }
    return hasWork();
  }

  /** An exchange that failed may still have been committed: its claims are ours and nobody runs them. */
  async function putBackStrays(): Promise<void> {
    const known = new Set([...runs.keys(), ...endings.map(({ ending }) => ending.id)]);
    const worker = { id: workerId, now: clock.now() };
    const strays = (await store.owned(worker.id)).filter(({ id }) => !known.has(id));
    const batch = strays.map(({ id }) => ({ to: 'put-back', id, workerId: worker.id }) as const);
    if (batch.length > 0) {
      await store.exchange(batch, [], worker);
      for (const { name } of definitions.all()) hinted.add(name);
    }
    uncertain = false;
  }

  function start(claimed: JobRow, worker: { id: string; now: number }): void {
    const row: JobRow = {
      ...claimed,
      state: 'running',
      worker_id: worker.id,
      attempt: claimed.attempt + 1,
      progress: 0,
      progress_note: null,
      started_at: worker.now,
    };
    if (row.cancel_requested_at !== null) {
      endings.push({ row, ending: { to: 'cancelled', id: row.id, workerId: worker.id } });
      return;
    }
    if (changes.listened) changes.tell(toRecord(row));
    const definition = definitions.get(row.name);
    const attempt = startAttempt(
      definition,
      { id: row.id, attempt: row.attempt, payload: fromJson(row.payload) },
      { log, after, onProgress: (fraction, note) => progress.set(row.id, fraction, note) },
    );
    runs.set(row.id, { row, attempt });
    load.set(row.name, (load.get(row.name) ?? 0) + 1);
    void attempt.outcome.then((outcome) => end(row, definition, outcome));
  }

  function end(row: JobRow, definition: JobDefinition, outcome: Outcome): void {
    runs.delete(row.id);
    progress.forget(row.id);
    load.set(row.name, (load.get(row.name) ?? 1) - 1);
    if (outcome.kind === 'lost') log.warn({ jobId: row.id }, 'jobs.attempt.lost');
    else endings.push({ row, ending: toEnding(row, definition, outcome) });
    pump();
  }

  function toEnding(
    row: JobRow,
    definition: JobDefinition,
    outcome: Exclude<Outcome, { kind: 'lost' }>,
  ): Ending {
    const base = { id: row.id, workerId: row.worker_id ?? '' };
    if (outcome.kind === 'done') return { ...base, to: 'done', result: outcome.result };
    if (outcome.kind !== 'failed') return { ...base, to: outcome.kind };
    const { error } = outcome;
    if (!outcome.mayRetry || row.attempt >= row.max_attempts) {
      log.error({ jobId: row.id, job: row.name, code: error.code }, 'jobs.failed');
      return { ...base, to: 'failed', error };
    }
    const delay = backoffDelay(definition.backoffMs, row.attempt, RETRY_CAP_MS, random);
    return { ...base, to: 'again', error, runAt: clock.now() + delay };
  }

  function afterEnding(ending: Ending, row: JobRow, written: boolean, now: number): void {
    if (!written) {
      log.warn({ jobId: ending.id }, 'jobs.ending.superseded');
      return;
    }
    if (changes.listened) changes.tell(toRecord(applyEnding(row, ending, now)));
    if (ending.to === 'again') options.onRunAt(ending.runAt);
    if (ending.to === 'again' || ending.to === 'put-back') hinted.add(row.name);
  }

  return {
    open(id) {
      workerId = id;
      claiming = !closing;
    },
    wake(name) {
      if (name === undefined)
        for (const definition of definitions.all()) hinted.add(definition.name);
      else if (definitions.has(name)) hinted.add(name);
      if (hasWork()) pump();
    },
    hungry: () =>
      definitions
        .all()
        .filter(({ name, concurrency }) => (load.get(name) ?? 0) < concurrency)
        .map(({ name }) => name),
    abort: (id, cause) => runs.get(id)?.attempt.abort(cause),
    lose() {
      claiming = false;
      for (const run of runs.values()) run.attempt.abort('lost');
    },
    async close(graceMs) {
      closing = true;
      claiming = false;
      await pumping;
      const ended = Promise.all([...runs.values()].map((run) => run.attempt.outcome));
      const stopGrace = after(graceMs, () => {
        for (const run of runs.values()) run.attempt.abort('stopping');
      });
      await ended;
      stopGrace();
      progress.stop();
      cancelRetry();
      pump();
      while (pumping !== undefined) await pumping;
      if (cancelRetry()) {
        // Nothing is lost: their lease runs out and they run again.
        log.error({ count: endings.length }, 'jobs.stop.unwritten');
      }
    },
  };
}
