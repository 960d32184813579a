import type { JobState as BullState, Job, JobsOptions } from 'bullmq';
import { failureText } from '../attempt.ts';
import { jobsErrors } from '../errors.ts';
import type { JobFailure, JobRecord, JobState } from '../queue.ts';
import type { Retention } from '../retention.ts';

/** What is kept with a BullMQ job beyond what BullMQ knows itself. */
export interface JobData {
  readonly payload: unknown;
  readonly priority: number;
  readonly runAt: number;
  readonly maxAttempts: number;
  readonly requestedBy: string | null;
  readonly key: string | null;
  /** Attempts that were begun and put back by a clean stop; they do not count. */
  readonly putBacks: number;
  /** Crashes before somebody asked for fresh attempts; they do not count either. */
  readonly forgivenCrashes: number;
}

/** BullMQ's priorities run from 1, the most urgent, to 2^21 − 1; ours are around 0, higher first. */
const MIDDLE_PRIORITY = 1_000_000;
const LEAST_PRIORITY = 2_097_151;

export function optionsOf(
  id: string,
  data: JobData,
  now: number,
  retention: Retention,
): JobsOptions {
  const priority = MIDDLE_PRIORITY - Math.round(data.priority);
  return {
    jobId: id,
    timestamp: now,
    priority: Math.min(Math.max(priority, 1), LEAST_PRIORITY),
    delay: Math.max(0, data.runAt - now),
    attempts: data.maxAttempts,
    backoff: { type: 'custom' },
    // Traces hold words that were not written for people; the log has them.
    stackTraceLimit: 0,
    removeOnComplete: { age: retention.endedMs / 1_000 },
    removeOnFail: { age: retention.failedMs / 1_000 },
    ...(data.key !== null && { deduplication: { id: data.key } }),
  };
}

/** A job as it is right after it was accepted. */
export function acceptedRecord(id: string, name: string, data: JobData, now: number): JobRecord {
  const { payload, priority, runAt, maxAttempts, requestedBy } = data;
  return {
    ...{ id, name, payload, priority, runAt, maxAttempts, requestedBy },
    state: 'waiting',
    attempt: 0,
    progress: { fraction: 0, note: null },
    result: null,
    error: null,
    createdAt: now,
    startedAt: null,
    finishedAt: null,
  };
}

/** The number of the attempt that runs or ran last; one cut off by the end of its process does not count. */
export function attemptOf(job: Job<JobData>): number {
  return job.attemptsStarted - job.data.putBacks - crashesOf(job);
}

/** How often its process died while running it. */
export function crashesOf(job: Job<JobData>): number {
  return job.stalledCounter - job.data.forgivenCrashes;
}

export function toRecord(job: Job<JobData>, state: JobState): JobRecord {
  const { data } = job;
  const retries = state === 'waiting' && job.attemptsMade > 0 && job.delay > 0;
  return {
    ...acceptedRecord(job.id ?? '', job.name, data, job.timestamp),
    state,
    attempt: Math.min(attemptOf(job), data.maxAttempts),
    progress: progressOf(job, state),
    result: state === 'done' ? (job.returnvalue ?? null) : null,
    error: state === 'done' ? null : errorOf(job.failedReason),
    runAt: retries ? (job.processedOn ?? job.timestamp) + job.delay : data.runAt,
    startedAt: job.processedOn ?? null,
    finishedAt: job.finishedOn ?? null,
  };
}

function progressOf(job: Job<JobData>, state: JobState): JobRecord['progress'] {
  const reported = job.progress as Partial<JobRecord['progress']> | number;
  const { fraction = 0, note = null } = typeof reported === 'number' ? {} : reported;
  return { fraction: state === 'done' ? 1 : fraction, note };
}

/** Failures travel through BullMQ as the message of the error that ends the attempt. */
export function failureMessage(failure: JobFailure): string {
  return JSON.stringify(failure);
}

function errorOf(reason: string | undefined): JobFailure | null {
  if (reason === undefined || reason === '') return null;
  try {
    return JSON.parse(reason) as JobFailure;
  } catch {
    // One of BullMQ's own.
    return failureText(jobsErrors.JOBS_FAILED());
  }
}

export function stateOf(state: BullState | 'unknown'): JobState | undefined {
  switch (state) {
    case 'completed':
      return 'done';
    case 'failed':
      return 'failed';
    case 'active':
      return 'running';
    case 'waiting':
    case 'delayed':
    case 'prioritized':
    case 'waiting-children':
      return 'waiting';
    case 'unknown':
      return undefined;
  }
}

/** Where BullMQ keeps the jobs of a state. */
export const listsOf = {
  waiting: ['waiting', 'prioritized', 'delayed'],
  running: ['active'],
  done: ['completed'],
  failed: ['failed'],
} as const;
