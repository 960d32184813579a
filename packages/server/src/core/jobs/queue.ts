import type { z } from 'zod';
import type { Words } from '../errors.ts';
import type { Logger } from '../log.ts';

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** A kind of job, declared by the slice that runs it (`sales.import`). */
export interface JobDefinition<P = unknown> {
  readonly name: string;
  readonly payload: z.ZodType<P>;
  /** Milliseconds one attempt may take before it is aborted and counts as failed. */
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  /** Wait before attempt 2 in milliseconds; doubles with each further attempt, with jitter. */
  readonly backoffMs: number;
  /** How many of this kind may run at once in one process. */
  readonly concurrency: number;
  handler(payload: P, context: JobContext): Promise<unknown>;
}

export interface JobContext {
  readonly id: string;
  readonly attempt: number;
  /** Aborted when the job is cancelled, times out, or the process stops. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** `fraction` in 0..1; `note` is shown beside the bar. Throttled by the queue; cheap to call often. */
  progress(fraction: number, note?: string): void;
}

export interface EnqueueOptions {
  /** Same name and key while an earlier job is waiting or running: that job's id is returned instead. */
  readonly key?: string;
  /** Higher runs first; default 0. */
  readonly priority?: number;
  /** UTC epoch milliseconds; default now. */
  readonly runAt?: number;
  /** User who asked for it, for the Tasks page. */
  readonly requestedBy?: string;
}

/** The last failure as people read it, in both languages; no stack. */
export interface JobFailure {
  readonly code: string;
  readonly message: string;
  readonly messageJa: string;
}

/** The same as part of another text. */
export function failureWords(failure: JobFailure | null): Words {
  return { en: failure?.message ?? '', ja: failure?.messageJa ?? '' };
}

export interface JobRecord {
  readonly id: string;
  readonly name: string;
  readonly state: JobState;
  readonly payload: unknown;
  readonly priority: number;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly progress: { readonly fraction: number; readonly note: string | null };
  readonly result: unknown;
  readonly error: JobFailure | null;
  readonly requestedBy: string | null;
  readonly runAt: number;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

export interface JobFilter {
  readonly name?: string;
  readonly state?: JobState;
  readonly limit: number;
  /** Id of the last job of the page before. */
  readonly after?: string;
}

/**
 * A durable queue. At least once: a job whose process dies runs again, so handlers must be idempotent.
 * A job that used up its attempts stays as `failed` (the dead letters) until retried or removed. An attempt cut off
 * by the end of its process does not count, but a job that saw too many processes die (crashes.ts) fails as well.
 */
export interface Queue {
  register<P>(definition: JobDefinition<P>): void;
  enqueue(name: string, payload: unknown, options?: EnqueueOptions): Promise<string>;
  /** Runs `name` every `everyMs`; one job per due time over all processes; replaces an earlier schedule of that id. */
  schedule(id: string, name: string, payload: unknown, everyMs: number): Promise<void>;
  unschedule(id: string): Promise<void>;
  get(id: string): Promise<JobRecord | undefined>;
  list(filter: JobFilter): Promise<readonly JobRecord[]>;
  counts(): Promise<readonly { name: string; state: JobState; count: number }[]>;
  /** Waiting: never starts. Running: its signal aborts. Returns false when it has already ended. */
  cancel(id: string): Promise<boolean>;
  /** A failed or cancelled job waits again with fresh attempts. */
  retry(id: string): Promise<boolean>;
  /** Resolves when the job has ended (done, failed or cancelled). */
  finished(id: string, signal?: AbortSignal): Promise<JobRecord>;
  /** Called on every change of state or progress. Returns the function that stops listening. */
  onChange(listener: (job: JobRecord) => void): () => void;
  /** Starts taking jobs (role `worker`). Without it the queue only accepts them. */
  start(): Promise<void>;
  /** Takes no more; waits up to `graceMs` for running ones, then aborts them and puts them back. */
  stop(graceMs?: number): Promise<void>;
}
