import { type Job, UnrecoverableError, WaitingError } from 'bullmq';
import type { Logger } from '../../log.ts';
import { isRedisAway } from '../../redis/connection.ts';
import type { After } from '../../timers.ts';
import {
  type AbortCause,
  type Attempt,
  failureText,
  type Outcome,
  startAttempt,
} from '../attempt.ts';
import { STORE_RETRY } from '../backoff.ts';
import type { Changes } from '../changes.ts';
import { jobsErrors } from '../errors.ts';
import { createProgress } from '../progress.ts';
import type { JobDefinition } from '../queue.ts';
import { attemptOf, crashesOf, failureMessage, type JobData, toRecord } from './job-data.ts';
import type { RedisStore } from './store.ts';

export interface ProcessorOptions {
  readonly store: RedisStore;
  readonly changes: Changes;
  readonly maxCrashes: number;
  readonly after: After;
  readonly log: Logger;
  /** Resolves once the job's acceptance was told: that comes before its start. */
  accepted(id: string): Promise<unknown> | undefined;
}

/** Runs what BullMQ's workers fetch. */
export function createProcessor(options: ProcessorOptions) {
  const { store, changes, maxCrashes, after, log } = options;
  const runs = new Map<string, { job: Job<JobData>; attempt: Attempt }>();
  const progress = createProgress({
    after,
    log,
    async save(id, value) {
      const job = runs.get(id)?.job;
      if (job === undefined) return;
      await job.updateProgress({ ...value });
      changes.tell(toRecord(job, 'running'));
    },
  });

  /** No attempt is used up because Redis was away for a moment. */
  async function insist<R>(work: () => Promise<R>): Promise<R> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isRedisAway(error)) throw error;
        const { promise, resolve } = Promise.withResolvers<void>();
        after(STORE_RETRY.baseMs, resolve);
        await promise;
      }
    }
  }

  async function process(
    definition: JobDefinition,
    job: Job<JobData>,
    token: string,
  ): Promise<unknown> {
    const id = job.id ?? '';
    const { payload } = job.data;
    if ((await insist(() => store.cancelRequested([id]))).length > 0) return endCancelled(job);
    if (crashesOf(job) >= maxCrashes) {
      throw new UnrecoverableError(
        failureMessage(failureText(jobsErrors.JOBS_WORKER_LOST({ count: maxCrashes }))),
      );
    }
    await options.accepted(id);
    if (attemptOf(job) > 1) await job.updateProgress({ fraction: 0, note: null });
    changes.tell(toRecord(job, 'running'));
    const attempt = startAttempt(
      definition,
      { id, attempt: attemptOf(job), payload },
      { log, after, onProgress: (fraction, note) => progress.set(id, fraction, note) },
    );
    runs.set(id, { job, attempt });
    const outcome = await attempt.outcome;
    runs.delete(id);
    progress.forget(id);
    return settle(job, token, outcome);
  }

  /** Gives the result, or throws what makes BullMQ do the rest. */
  async function settle(job: Job<JobData>, token: string, outcome: Outcome): Promise<unknown> {
    switch (outcome.kind) {
      case 'done':
        return outcome.result === null ? null : JSON.parse(outcome.result);
      case 'cancelled':
        return endCancelled(job);
      case 'put-back':
        await job.updateData({ ...job.data, putBacks: job.data.putBacks + 1 });
        await job.moveToWait(token);
        changes.tell(toRecord(job, 'waiting'));
        throw new WaitingError();
      case 'failed': {
        const message = failureMessage(outcome.error);
        if (outcome.mayRetry && attemptOf(job) < job.data.maxAttempts) throw new Error(message);
        const { code } = outcome.error;
        log.error({ jobId: job.id, job: job.name, code }, 'jobs.failed');
        throw new UnrecoverableError(message);
      }
      case 'lost':
        // Its lock is gone, so BullMQ writes nothing more about it here.
        log.warn({ jobId: job.id }, 'jobs.attempt.lost');
        throw new UnrecoverableError(failureMessage(failureText(jobsErrors.JOBS_LEASE_LOST())));
    }
  }

  /** First kept as cancelled, then completed and removed in one step by BullMQ. */
  async function endCancelled(job: Job<JobData>): Promise<null> {
    const before = toRecord(job, 'running');
    const record = await insist(() => store.keepCancelled(before, job.data));
    job.opts.removeOnComplete = true;
    changes.tell(record);
    return null;
  }

  return {
    process,
    running: () => [...runs.keys()],
    abort: (id: string, cause: AbortCause) => runs.get(id)?.attempt.abort(cause),
    /** Waits up to `graceMs` for what runs, then aborts it and waits for that. */
    async drain(graceMs: number): Promise<void> {
      const ended = Promise.all([...runs.values()].map(({ attempt }) => attempt.outcome));
      const stopGrace = after(graceMs, () => {
        for (const { attempt } of runs.values()) attempt.abort('stopping');
      });
      await ended;
      stopGrace();
      progress.stop();
    },
  };
}
