import { AppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { After } from '../timers.ts';
import { parsePayload } from './definitions.ts';
import { jobsErrors } from './errors.ts';
import type { JobDefinition, JobFailure } from './queue.ts';

/** How one attempt ended. `put-back` runs again and has not used up an attempt; `lost` belongs to another process now. */
export type Outcome =
  | { readonly kind: 'done'; readonly result: string | null }
  | { readonly kind: 'failed'; readonly error: JobFailure; readonly mayRetry: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'put-back' }
  | { readonly kind: 'lost' };

export type AbortCause = 'cancelled' | 'stopping' | 'lost' | 'timed-out';

/** One run of a handler. */
export interface Attempt {
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  abort(cause: AbortCause): void;
}

/** A handler whose signal aborted has this long to end; after that the queue goes on without it. */
export const ABORT_GRACE_MS = 5_000;

/**
 * Runs a handler once. Once its signal has aborted, the cause alone decides the outcome: a handler that returns
 * early because of the signal looks exactly like one that finished.
 */
export function startAttempt(
  definition: JobDefinition,
  job: { readonly id: string; readonly attempt: number; readonly payload: unknown },
  services: {
    readonly log: Logger;
    readonly after: After;
    onProgress(fraction: number, note: string | undefined): void;
  },
): Attempt {
  const { after } = services;
  const log = services.log.child({ jobId: job.id, job: definition.name, attempt: job.attempt });
  const controller = new AbortController();
  const abandoned = Promise.withResolvers<Outcome>();
  let cause: AbortCause | undefined;
  let ended = false;
  let stopTimer = after(definition.timeoutMs, () => abort('timed-out'));

  function abort(why: AbortCause): void {
    if (cause !== undefined || ended) return;
    cause = why;
    stopTimer();
    stopTimer = after(ABORT_GRACE_MS, () => {
      log.warn('jobs.handler.ignores-abort');
      abandoned.resolve(outcomeOf(why, definition));
    });
    controller.abort(abortReason(why, definition));
  }

  async function run(): Promise<Outcome> {
    try {
      const result = await definition.handler(parsePayload(definition, job.payload), {
        id: job.id,
        attempt: job.attempt,
        signal: controller.signal,
        log,
        progress(fraction, note) {
          if (!ended && fraction >= 0) services.onProgress(Math.min(fraction, 1), note);
        },
      });
      const text = result === undefined ? null : JSON.stringify(result);
      return cause === undefined ? { kind: 'done', result: text } : outcomeOf(cause, definition);
    } catch (error) {
      if (cause !== undefined) return outcomeOf(cause, definition);
      log.warn({ err: error }, 'jobs.attempt.failed');
      return failureOf(error);
    }
  }

  const outcome = Promise.race([run(), abandoned.promise]).then((result) => {
    ended = true;
    stopTimer();
    return result;
  });
  return { outcome, abort };
}

function abortReason(cause: AbortCause, definition: JobDefinition): AppError {
  switch (cause) {
    case 'cancelled':
      return jobsErrors.JOBS_CANCELLED();
    case 'stopping':
      return jobsErrors.JOBS_STOPPING();
    case 'lost':
      return jobsErrors.JOBS_LEASE_LOST();
    case 'timed-out':
      return jobsErrors.JOBS_TIMED_OUT({ seconds: definition.timeoutMs / 1000 });
  }
}

function outcomeOf(cause: AbortCause, definition: JobDefinition): Outcome {
  switch (cause) {
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'stopping':
      return { kind: 'put-back' };
    case 'lost':
      return { kind: 'lost' };
    case 'timed-out':
      return failureOf(abortReason(cause, definition));
  }
}

/** An AppError says itself whether trying again can help; anything unforeseen may have been bad luck. */
function failureOf(error: unknown): Outcome {
  if (error instanceof AppError) {
    return { kind: 'failed', error: failureText(error), mayRetry: error.retryable };
  }
  return { kind: 'failed', error: failureText(jobsErrors.JOBS_FAILED()), mayRetry: true };
}

/** What is kept and shown of a failure: no stack, no query, no words that were not written for people. */
export function failureText(error: AppError): JobFailure {
  return { code: error.code, message: error.text('en'), messageJa: error.text('ja') };
}
