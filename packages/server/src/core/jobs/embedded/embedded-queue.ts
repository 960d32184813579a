import { type Clock, systemClock } from '../../clock.ts';
import { toJson } from '../../db/columns.ts';
import type { Database } from '../../db/database.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { type After, systemAfter } from '../../timers.ts';
import { createChanges, hasEnded, waitUntilEnded } from '../changes.ts';
import { MAX_CRASHES } from '../crashes.ts';
import { checkPeriod, createDefinitions } from '../definitions.ts';
import { createJobIds } from '../job-ids.ts';
import type { JobDefinition, Queue } from '../queue.ts';
import { defaultRetention, type Retention } from '../retention.ts';
import { createDue } from './due.ts';
import { createJobStore, newRow } from './job-store.ts';
import { createLeaseStore } from './lease-store.ts';
import { createRunner } from './runner.ts';
import { createScheduleStore } from './schedule-store.ts';
import { createWorker } from './worker.ts';
import { createWorkerStore } from './worker-store.ts';

export interface EmbeddedQueueOptions {
  readonly db: Database;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly after?: After;
  readonly random?: () => number;
  readonly retention?: Retention;
  /** Milliseconds between two heartbeats and looks at the database; a dead process is noticed after four. */
  readonly tickMs?: number;
  /** Deaths of its process after which a job is given up. */
  readonly maxCrashes?: number;
}

const DEFAULT_GRACE_MS = 10_000;

/** A queue on the product's own database, for one process or several. */
export function createEmbeddedQueue(options: EmbeddedQueueOptions): Queue {
  const { db, log } = options;
  const clock = options.clock ?? systemClock;
  const after = options.after ?? systemAfter;
  const tickMs = options.tickMs ?? 2_500;
  const maxCrashes = options.maxCrashes ?? MAX_CRASHES;
  const definitions = createDefinitions();
  const changes = createChanges((error) => log.error({ err: error }, 'jobs.listener.failed'));
  const newId = createJobIds(clock);
  const jobs = createJobStore(db);
  const store = createWorkerStore(db);
  const schedules = createScheduleStore(db);
  const isUnavailable = (error: unknown) =>
    db.engine.isUnavailable(error) || (error instanceof AppError && error.retryable);

  const runner = createRunner({
    store,
    definitions,
    changes,
    clock,
    after,
    random: options.random ?? Math.random,
    log,
    isUnavailable,
    onRunAt: (at) => due.expect(at),
  });
  const due = createDue({
    store,
    schedules,
    definitions,
    changes,
    newId,
    clock,
    after,
    log,
    wake: (name) => runner.wake(name),
  });
  const worker = createWorker({
    store,
    lease: createLeaseStore(db, maxCrashes),
    runner,
    due,
    changes,
    retention: options.retention ?? defaultRetention,
    tickMs,
    maxCrashes,
    now: () => clock.now(),
    after,
    log,
    isUnavailable,
  });
  let started = false;

  async function tell(id: string): Promise<void> {
    if (!changes.listened) return;
    const job = await jobs.get(id);
    if (job !== undefined) changes.tell(job);
  }

  return {
    register: (definition: JobDefinition<never>) => definitions.add(definition),
    async enqueue(name, payload, { key, priority = 0, runAt, requestedBy } = {}) {
      const definition = definitions.check(name, payload);
      const now = clock.now();
      const row = newRow(
        {
          id: newId(),
          name,
          payload: toJson(payload),
          run_order: -priority,
          run_at: runAt ?? now,
          max_attempts: definition.maxAttempts,
          requested_by: requestedBy ?? null,
          key,
        },
        now,
      );
      const id = await jobs.insert(row);
      if (id === row.id) {
        await tell(id);
        if (started && row.run_at > now) due.expect(row.run_at);
        if (started) runner.wake(name);
      }
      return id;
    },
    async schedule(id, name, payload, everyMs) {
      definitions.check(name, payload);
      checkPeriod(everyMs);
      const dueAt = clock.now() + everyMs;
      await schedules.set({ id, name, payload: toJson(payload), every_ms: everyMs, due_at: dueAt });
      if (started) due.expect(dueAt);
    },
    unschedule: (id) => schedules.remove(id),
    get: (id) => jobs.get(id),
    list: (filter) => jobs.list(filter),
    counts: () => jobs.counts(),
    async cancel(id) {
      // It may start, or be put back, between two looks.
      for (;;) {
        if (await jobs.cancelWaiting(id, clock.now())) {
          await tell(id);
          return true;
        }
        if (await jobs.requestCancel(id, clock.now())) {
          runner.abort(id, 'cancelled');
          return true;
        }
        const job = await jobs.get(id);
        if (job === undefined || hasEnded(job)) return false;
      }
    },
    async retry(id) {
      if (!(await jobs.retry(id, clock.now()))) return false;
      await tell(id);
      const job = await jobs.get(id);
      if (started && job !== undefined) runner.wake(job.name);
      return true;
    },
    finished: (id, signal) =>
      waitUntilEnded(id, signal, {
        get: jobs.get,
        isUnavailable,
        changes,
        after,
        pollMs: tickMs,
      }),
    onChange: (listener) => changes.listen(listener),
    async start() {
      await worker.start();
      started = true;
    },
    async stop(graceMs = DEFAULT_GRACE_MS) {
      if (!started) return;
      started = false;
      await worker.stop(graceMs);
    },
  };
}
