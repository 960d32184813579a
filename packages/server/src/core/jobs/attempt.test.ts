import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { silentLog } from '../../testing/databases.ts';
import { createFakeTime } from '../../testing/fake-time.ts';
import { ABORT_GRACE_MS, startAttempt } from './attempt.ts';
import type { JobContext } from './queue.ts';

function start(handler: (context: JobContext) => Promise<unknown>) {
  const time = createFakeTime();
  const progress: unknown[] = [];
  const attempt = startAttempt(
    {
      name: 'test.work',
      payload: z.any(),
      timeoutMs: 1_000,
      maxAttempts: 3,
      backoffMs: 10,
      concurrency: 1,
      handler: (_payload, context) => handler(context),
    },
    { id: 'job', attempt: 1, payload: null },
    { log: silentLog, after: time.after, onProgress: (...report) => progress.push(report) },
  );
  return { attempt, time, progress };
}

const never = () => new Promise<never>(() => {});

describe('an attempt', () => {
  it('goes on without a handler that ignores its signal', async () => {
    const { attempt, time } = start(never);
    attempt.abort('cancelled');
    time.advance(ABORT_GRACE_MS);
    expect(await attempt.outcome).toEqual({ kind: 'cancelled' });
  });

  it('times out, and keeps that as the reason even if it is cancelled afterwards', async () => {
    const { attempt, time } = start(never);
    time.advance(1_000);
    attempt.abort('cancelled');
    time.advance(ABORT_GRACE_MS);
    expect(await attempt.outcome).toMatchObject({
      kind: 'failed',
      mayRetry: true,
      error: { code: 'JOBS_TIMED_OUT', message: expect.stringContaining('1 seconds') },
    });
  });

  it('does not take a handler that returned because of the signal for one that finished', async () => {
    const { attempt } = start(
      ({ signal }) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve('half'))),
    );
    attempt.abort('stopping');
    expect(await attempt.outcome).toEqual({ kind: 'put-back' });
  });

  it('fails when its result cannot be kept', async () => {
    const { attempt } = start(async () => 1n);
    expect(await attempt.outcome).toMatchObject({ kind: 'failed', error: { code: 'JOBS_FAILED' } });
  });

  it('reports progress within 0 and 1, and none after its end', async () => {
    let late = (_fraction: number) => {};
    const { attempt, progress } = start(async ({ progress: report }) => {
      for (const fraction of [0, 0.5, 7, Number.NaN, -1]) report(fraction, 'note');
      late = report;
    });
    await attempt.outcome;
    late(0.9);
    expect(progress).toEqual([
      [0, 'note'],
      [0.5, 'note'],
      [1, 'note'],
    ]);
  });
});
