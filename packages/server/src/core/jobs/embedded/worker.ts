import { AsyncLocalStorage } from 'node:async_hooks';
import { createId } from '../../ids.ts';
import type { Logger } from '../../log.ts';
import type { After } from '../../timers.ts';
import { failureText } from '../attempt.ts';
import type { Changes } from '../changes.ts';
import { jobsErrors } from '../errors.ts';
import type { Retention } from '../retention.ts';
import { createDeadWorkers } from './dead-workers.ts';
import type { Due } from './due.ts';
import type { LeaseStore } from './lease-store.ts';
import type { Runner } from './runner.ts';
import type { WorkerStore } from './worker-store.ts';

/** Missed looks after which a worker is dead: with a look every 2.5 s its jobs run elsewhere within about 10 s. */
const LOOKS_UNTIL_DEAD = 4;
/** Old jobs removed in one tick. */
const REMOVED_AT_ONCE = 500;

export interface WorkerOptions {
  readonly store: WorkerStore;
  readonly lease: LeaseStore;
  readonly runner: Runner;
  readonly due: Due;
  readonly changes: Changes;
  readonly retention: Retention;
  readonly tickMs: number;
  readonly maxCrashes: number;
  now(): number;
  readonly after: After;
  readonly log: Logger;
  isUnavailable(error: unknown): boolean;
}

/**
 * Keeps this process alive in the eyes of the others, takes over from dead ones, and looks every `tickMs` for what
 * no notification reports: jobs and cancellations from other processes, and due times.
 */
export function createWorker(options: WorkerOptions) {
  const { store, lease, runner, due, changes, retention, log } = options;
  const deadWorkers = createDeadWorkers(LOOKS_UNTIL_DEAD);
  const detached = AsyncLocalStorage.snapshot();
  let workerId = '';
  let joined = false;
  let away = false;
  let ticking: Promise<void> | undefined;
  let stopTimer: (() => void) | undefined;
  let stopped = false;

  async function join(): Promise<void> {
    workerId = createId(options.now());
    await lease.join(workerId);
    joined = true;
    runner.open(workerId);
  }

  async function keepLease(): Promise<void> {
    if (joined && (await lease.beat(workerId))) return;
    if (joined) {
      // This process was held up for so long that another one has its jobs now.
      log.warn({ workerId }, 'jobs.lease.lost');
      joined = false;
      runner.lose();
    }
    await join();
  }

  async function takeOver(): Promise<void> {
    for (const id of deadWorkers.look(await lease.all())) {
      log.warn({ workerId: id }, 'jobs.worker.dead');
      await lease.leave(id);
    }
    const lost = failureText(jobsErrors.JOBS_WORKER_LOST({ count: options.maxCrashes }));
    for (const job of await lease.releaseOrphans(options.now(), lost)) {
      log.warn({ jobId: job.id, job: job.name, state: job.state }, 'jobs.taken-over');
      changes.tell(job);
    }
  }

  async function removeOld(): Promise<void> {
    const now = options.now();
    await store.removeEnded(['done', 'cancelled'], now - retention.endedMs, REMOVED_AT_ONCE);
    await store.removeEnded(['failed'], now - retention.failedMs, REMOVED_AT_ONCE);
  }

  async function look(): Promise<void> {
    await keepLease();
    await takeOver();
    for (const { id, cancel_requested_at: at } of await store.owned(workerId)) {
      if (at !== null) runner.abort(id, 'cancelled');
    }
    await due.serve();
    for (const name of await store.namesWaiting(runner.hungry())) runner.wake(name);
    await removeOld();
  }

  async function tick(): Promise<void> {
    try {
      await look();
      if (away) log.info('jobs.worker.back');
      away = false;
    } catch (error) {
      if (!options.isUnavailable(error)) log.error({ err: error }, 'jobs.worker.failed');
      else if (!away) log.warn({ err: error }, 'jobs.worker.away');
      away = true;
    }
    if (!stopped) stopTimer = options.after(options.tickMs, tickAgain);
  }

  function tickAgain(): void {
    ticking = detached(tick);
  }

  return {
    async start(): Promise<void> {
      await join();
      tickAgain();
      await ticking;
    },
    async stop(graceMs: number): Promise<void> {
      due.stop();
      // The lease is kept up while the last jobs finish.
      await runner.close(graceMs);
      stopped = true;
      stopTimer?.();
      await ticking;
      try {
        await lease.leave(workerId);
      } catch (error) {
        log.warn({ err: error }, 'jobs.worker.left-behind');
      }
    },
  };
}
