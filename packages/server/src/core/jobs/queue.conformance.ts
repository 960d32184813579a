import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { JobContext, JobDefinition, JobRecord, Queue } from './queue.ts';

/** One process with a queue on the world's store. */
export interface QueueProcess {
  readonly queue: Queue;
  /** The process dies: nothing it was doing goes on, nothing is tidied up. */
  kill(): Promise<void>;
}

/** A fresh store, and the processes that share it. */
export interface QueueWorld {
  open(): Promise<QueueProcess>;
  now(): number;
  /** Lets time pass until the promise settles. */
  until<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Worlds give a job up after this many deaths of its process. */
export const CRASHES = 3;

type Handler<P> = (payload: P, context: JobContext) => Promise<unknown>;

const payload = z.object({ n: z.number() });
type Payload = z.infer<typeof payload>;

function define(
  handler: Handler<Payload>,
  rest: Partial<JobDefinition<Payload>> = {},
): JobDefinition<Payload> {
  return {
    name: 'test.work',
    payload,
    timeoutMs: 60_000,
    maxAttempts: 3,
    backoffMs: 20,
    concurrency: 1,
    handler,
    ...rest,
  };
}

/** A handler that waits to be told; `started` resolves with the context of the next run. */
function createGate() {
  const waiting: ((context: JobContext) => void)[] = [];
  const begun: JobContext[] = [];
  const opened = Promise.withResolvers<void>();
  return {
    open: () => opened.resolve(),
    started(): Promise<JobContext> {
      const context = begun.shift();
      if (context !== undefined) return Promise.resolve(context);
      const { promise, resolve } = Promise.withResolvers<JobContext>();
      waiting.push(resolve);
      return promise;
    },
    async handler(_payload: Payload, context: JobContext): Promise<string> {
      const next = waiting.shift();
      if (next === undefined) begun.push(context);
      else next(context);
      const aborted = Promise.withResolvers<never>();
      context.signal.addEventListener('abort', () => aborted.reject(context.signal.reason));
      await Promise.race([opened.promise, aborted.promise]);
      return 'finished';
    },
  };
}

/** What every queue does, whatever it is made of. */
export function describeQueue(title: string, createWorld: () => Promise<QueueWorld>): void {
  describe(title, () => {
    let world: QueueWorld;
    let queue: Queue;
    let process: QueueProcess;

    beforeEach(async () => {
      world = await createWorld();
      process = await world.open();
      queue = process.queue;
    });
    afterEach(() => world.close());

    const end = (id: string, of: Queue = queue): Promise<JobRecord> => world.until(of.finished(id));

    describe('accepting', () => {
      it('runs a job once and keeps what it returned', async () => {
        const seen: Payload[] = [];
        queue.register(
          define(async (given) => {
            seen.push(given);
            return { twice: given.n * 2 };
          }),
        );
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 21 }, { requestedBy: 'user-1' });
        const job = await end(id);
        expect(job).toMatchObject({
          id,
          name: 'test.work',
          state: 'done',
          payload: { n: 21 },
          result: { twice: 42 },
          attempt: 1,
          maxAttempts: 3,
          error: null,
          requestedBy: 'user-1',
          progress: { fraction: 1 },
        });
        expect(seen).toEqual([{ n: 21 }]);
        expect(job.startedAt).toBeGreaterThanOrEqual(job.createdAt);
        expect(job.finishedAt).toBeGreaterThanOrEqual(job.startedAt ?? Number.NaN);
      });

      it('keeps what it accepted before a worker starts', async () => {
        queue.register(define(async () => 'late'));
        const id = await queue.enqueue('test.work', { n: 1 });
        expect(await queue.get(id)).toMatchObject({
          state: 'waiting',
          attempt: 0,
          startedAt: null,
        });
        await queue.start();
        expect(await end(id)).toMatchObject({ state: 'done', result: 'late' });
      });

      it('refuses a kind it does not know and a payload that does not fit', async () => {
        queue.register(define(async () => {}));
        await expect(queue.enqueue('test.other', { n: 1 })).rejects.toMatchObject({
          code: 'JOBS_NAME_UNKNOWN',
        });
        await expect(queue.enqueue('test.work', { n: 'one' })).rejects.toMatchObject({
          code: 'JOBS_PAYLOAD_INVALID',
          fields: [{ path: 'payload.n' }],
        });
        expect(() => queue.register(define(async () => {}))).toThrow(/registered twice/);
      });

      it('checks the payload again when the job runs', async () => {
        queue.register(define(async () => {}));
        const id = await queue.enqueue('test.work', { n: 1 });
        const { queue: newer } = await world.open();
        const stricter = z.object({ n: z.number().min(10) });
        newer.register(define(async () => {}, { payload: stricter }));
        await newer.start();
        expect(await end(id, newer)).toMatchObject({
          state: 'failed',
          attempt: 1,
          error: { code: 'JOBS_PAYLOAD_INVALID' },
        });
      });

      it('runs higher priorities first, and equal ones in the order they came', async () => {
        const order: number[] = [];
        queue.register(
          define(async ({ n }) => {
            order.push(n);
          }),
        );
        const ids: string[] = [];
        for (const [n, priority] of [
          [1, 0],
          [2, -5],
          [3, 10],
          [4, 0],
          [5, 10],
        ] as const) {
          ids.push(await queue.enqueue('test.work', { n }, { priority }));
        }
        expect(await queue.get(ids[1] ?? '')).toMatchObject({ priority: -5 });
        await queue.start();
        for (const id of ids) await end(id);
        expect(order).toEqual([3, 5, 1, 4, 2]);
      });

      it('does not start a job before its time', async () => {
        queue.register(define(async () => {}));
        await queue.start();
        const runAt = world.now() + 150;
        const id = await queue.enqueue('test.work', { n: 1 }, { runAt });
        const sooner = await queue.enqueue('test.work', { n: 2 });
        await end(sooner);
        expect(await queue.get(id)).toMatchObject({ runAt });
        expect((await end(id)).startedAt).toBeGreaterThanOrEqual(runAt);
      });

      it('never runs more of a kind at once than allowed', async () => {
        let running = 0;
        let most = 0;
        // The first ones wait for each other, so that a slow machine runs several at once too.
        const full = Promise.withResolvers<void>();
        queue.register(
          define(
            async () => {
              running += 1;
              most = Math.max(most, running);
              if (running === 3) full.resolve();
              await full.promise;
              await new Promise(setImmediate);
              running -= 1;
            },
            { concurrency: 3 },
          ),
        );
        const ids = await Promise.all(
          Array.from({ length: 20 }, (_, n) => queue.enqueue('test.work', { n })),
        );
        await queue.start();
        for (const id of ids) await end(id);
        expect(most).toBe(3);
      });

      it('keeps a text of every kind of character', async () => {
        queue.register({
          ...define(async () => {}),
          payload: z.any(),
          handler: async (given) => given,
        });
        await queue.start();
        const odd = {
          text: 'nul \0, 兆し, 😀, \ud800, "quote", \u2028',
          big: 2 ** 53 - 1,
          none: null,
        };
        const job = await end(await queue.enqueue('test.work', odd));
        expect(job.payload).toEqual(odd);
        expect(job.result).toEqual(odd);
      });
    });

    describe('keys', () => {
      it('gives the same job for the same name and key while it waits or runs', async () => {
        const gate = createGate();
        queue.register(define(gate.handler));
        queue.register(define(gate.handler, { name: 'test.other' }));
        const [first, again] = await Promise.all([
          queue.enqueue('test.work', { n: 1 }, { key: 'k' }),
          queue.enqueue('test.work', { n: 2 }, { key: 'k' }),
        ]);
        expect(again).toBe(first);
        expect(await queue.enqueue('test.work', { n: 3 }, { key: 'K' })).not.toBe(first);
        expect(await queue.enqueue('test.other', { n: 4 }, { key: 'k' })).not.toBe(first);
        await queue.start();
        await world.until(gate.started());
        expect(await queue.enqueue('test.work', { n: 5 }, { key: 'k' })).toBe(first);
        gate.open();
        await end(first);
        const fresh = await queue.enqueue('test.work', { n: 6 }, { key: 'k' });
        expect(fresh).not.toBe(first);
        expect(await end(fresh)).toMatchObject({ state: 'done' });
      });

      it('frees the key of a cancelled and of a failed job', async () => {
        queue.register(define(async () => Promise.reject(new Error('no')), { maxAttempts: 1 }));
        const cancelled = await queue.enqueue('test.work', { n: 1 }, { key: 'k' });
        await queue.cancel(cancelled);
        await queue.start();
        const failed = await queue.enqueue('test.work', { n: 2 }, { key: 'k' });
        expect(failed).not.toBe(cancelled);
        await end(failed);
        expect(await queue.enqueue('test.work', { n: 3 }, { key: 'k' })).not.toBe(failed);
      });
    });

    describe('failing', () => {
      it('tries again after an error until it succeeds', async () => {
        const attempts: number[] = [];
        queue.register(
          define(async (_, { attempt }) => {
            attempts.push(attempt);
            if (attempt < 3) throw new Error('not yet');
            return 'at last';
          }),
        );
        await queue.start();
        const job = await end(await queue.enqueue('test.work', { n: 1 }));
        expect(job).toMatchObject({ state: 'done', attempt: 3, result: 'at last', error: null });
        expect(attempts).toEqual([1, 2, 3]);
      });

      it('keeps a job that used up its attempts, with words that give nothing away', async () => {
        queue.register(
          define(async () => {
            throw new Error('select password from users');
          }),
        );
        await queue.start();
        const job = await end(await queue.enqueue('test.work', { n: 1 }));
        expect(job).toMatchObject({ state: 'failed', attempt: 3, error: { code: 'JOBS_FAILED' } });
        expect(JSON.stringify(job)).not.toContain('password');
        expect(job.error?.messageJa).toMatch(/エラー/);
      });

      it('does not try again when the error says that it cannot help', async () => {
        const refused = new AppError(
          'TEST_REFUSED',
          { status: 422, en: 'No {n}.', ja: '{n} 不可' },
          { n: 7 },
        );
        queue.register(define(async () => Promise.reject(refused)));
        await queue.start();
        expect(await end(await queue.enqueue('test.work', { n: 1 }))).toMatchObject({
          state: 'failed',
          attempt: 1,
          error: { code: 'TEST_REFUSED', message: 'No 7.', messageJa: '7 不可' },
        });
      });

      it('aborts an attempt that takes too long and counts it as failed', async () => {
        const reasons: unknown[] = [];
        queue.register(
          define(
            async (_, { signal }) => {
              await new Promise((resolve) => signal.addEventListener('abort', resolve));
              reasons.push(signal.reason);
              return 'too late';
            },
            { timeoutMs: 100, maxAttempts: 2 },
          ),
        );
        await queue.start();
        const job = await end(await queue.enqueue('test.work', { n: 1 }));
        expect(job).toMatchObject({
          state: 'failed',
          attempt: 2,
          error: { code: 'JOBS_TIMED_OUT' },
        });
        expect(reasons).toMatchObject([{ code: 'JOBS_TIMED_OUT' }, { code: 'JOBS_TIMED_OUT' }]);
      });

      it('gives a failed job fresh attempts on request', async () => {
        let broken = true;
        queue.register(
          define(async (_, { attempt }) => {
            if (broken) throw new Error('broken');
            return attempt;
          }),
        );
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        await end(id);
        broken = false;
        expect(await queue.retry(id)).toBe(true);
        expect(await end(id)).toMatchObject({ state: 'done', attempt: 1, result: 1 });
        expect(await queue.retry(id)).toBe(false);
        expect(await queue.retry('01hzzzzzzzzzzzzzzzzzzzzzzz')).toBe(false);
      });

      it('does not retry a job while another one holds its key', async () => {
        queue.register(define(async () => {}));
        const first = await queue.enqueue('test.work', { n: 1 }, { key: 'k' });
        await queue.cancel(first);
        const second = await queue.enqueue('test.work', { n: 2 }, { key: 'k' });
        expect(await queue.retry(first)).toBe(false);
        await queue.cancel(second);
        expect(await queue.retry(first)).toBe(true);
        expect(await queue.enqueue('test.work', { n: 3 }, { key: 'k' })).toBe(first);
      });
    });

    describe('cancelling', () => {
      it('never starts a cancelled job', async () => {
        const seen: number[] = [];
        queue.register(
          define(async ({ n }) => {
            seen.push(n);
          }),
        );
        const now = await queue.enqueue('test.work', { n: 1 });
        const later = await queue.enqueue('test.work', { n: 2 }, { runAt: world.now() + 100 });
        expect(await queue.cancel(now)).toBe(true);
        expect(await queue.cancel(later)).toBe(true);
        expect(await queue.get(now)).toMatchObject({ state: 'cancelled' });
        await queue.start();
        await end(await queue.enqueue('test.work', { n: 3 }, { runAt: world.now() + 200 }));
        expect(seen).toEqual([3]);
        expect(await queue.cancel(now)).toBe(false);
        expect(await queue.retry(now)).toBe(true);
        expect(await end(now)).toMatchObject({ state: 'done' });
        expect(seen).toEqual([3, 1]);
      });

      it('aborts a running job', async () => {
        const gate = createGate();
        queue.register(define(gate.handler));
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        const { signal } = await world.until(gate.started());
        expect(await queue.cancel(id)).toBe(true);
        const job = await end(id);
        expect(job).toMatchObject({ state: 'cancelled', attempt: 1 });
        expect(signal.reason).toMatchObject({ code: 'JOBS_CANCELLED' });
        expect(await queue.cancel(id)).toBe(false);
      });

      it('aborts a job that runs in another process', async () => {
        const gate = createGate();
        const { queue: other } = await world.open();
        queue.register(define(gate.handler));
        other.register(define(gate.handler));
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        await world.until(gate.started());
        expect(await other.cancel(id)).toBe(true);
        expect(await end(id, other)).toMatchObject({ state: 'cancelled' });
      });

      it('cancels nothing that has ended or never was', async () => {
        queue.register(define(async () => {}));
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        await end(id);
        expect(await queue.cancel(id)).toBe(false);
        expect(await queue.cancel('01hzzzzzzzzzzzzzzzzzzzzzzz')).toBe(false);
      });
    });

    describe('watching', () => {
      it('tells of every change of state and of progress', async () => {
        const gate = createGate();
        const states: string[] = [];
        const reported = Promise.withResolvers<void>();
        queue.register(
          define(async (given, context) => {
            for (let i = 0; i <= 1000; i++) context.progress(i / 2000, `row ${i}`);
            return gate.handler(given, context);
          }),
        );
        const stop = queue.onChange((job) => {
          states.push(`${job.state} ${job.progress.fraction}`);
          if (job.progress.note === 'row 1000') reported.resolve();
        });
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        await world.until(reported.promise);
        expect((await queue.get(id))?.progress).toEqual({ fraction: 0.5, note: 'row 1000' });
        gate.open();
        await end(id);
        expect(states).toEqual(['waiting 0', 'running 0', 'running 0.5', 'done 1']);
        stop();
        await end(await queue.enqueue('test.work', { n: 2 }));
        expect(states).toHaveLength(4);
      });

      it('waits for the end of a job, in this process or another', async () => {
        const gate = createGate();
        const { queue: other } = await world.open();
        queue.register(define(gate.handler));
        other.register(define(gate.handler));
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        await world.until(gate.started());
        const ends = Promise.all([queue.finished(id), other.finished(id)]);
        gate.open();
        expect(await world.until(ends)).toMatchObject([{ state: 'done' }, { state: 'done' }]);
        expect(await other.finished(id)).toMatchObject({ state: 'done' });
      });

      it('stops waiting when told to, and for a job that never was', async () => {
        queue.register(define(async () => {}));
        const id = await queue.enqueue('test.work', { n: 1 });
        const controller = new AbortController();
        const waiting = queue.finished(id, controller.signal);
        controller.abort(new Error('enough'));
        await expect(waiting).rejects.toThrow('enough');
        await expect(queue.finished('01hzzzzzzzzzzzzzzzzzzzzzzz')).rejects.toMatchObject({
          code: 'JOBS_NOT_FOUND',
        });
      });

      it('lists jobs newest first by page, kind and state, and counts them', async () => {
        queue.register(define(async () => {}));
        queue.register(define(async () => {}, { name: 'test.other' }));
        const ids: string[] = [];
        for (let n = 0; n < 5; n++) ids.push(await queue.enqueue('test.work', { n }));
        const other = await queue.enqueue('test.other', { n: 5 });
        const later = await queue.enqueue('test.other', { n: 6 }, { runAt: world.now() + 1e9 });
        await queue.cancel(ids[0] ?? '');

        const idsOf = async (filter: Parameters<Queue['list']>[0]) =>
          (await queue.list(filter)).map((job) => job.id);
        expect(await idsOf({ limit: 100 })).toEqual([later, other, ...ids.toReversed()]);
        expect(await idsOf({ limit: 2, name: 'test.work' })).toEqual([ids[4], ids[3]]);
        expect(await idsOf({ limit: 9, name: 'test.work', after: ids[3] ?? '' })).toEqual([
          ids[2],
          ids[1],
          ids[0],
        ]);
        expect(await idsOf({ limit: 9, state: 'cancelled' })).toEqual([ids[0]]);
        expect(await idsOf({ limit: 9, state: 'waiting', name: 'test.other' })).toEqual([
          later,
          other,
        ]);
        expect(await idsOf({ limit: 9, state: 'running' })).toEqual([]);

        const counts = async () =>
          Object.fromEntries(
            (await queue.counts()).map((row) => [`${row.name} ${row.state}`, row.count]),
          );
        expect(await counts()).toEqual({
          'test.work waiting': 4,
          'test.work cancelled': 1,
          'test.other waiting': 2,
        });
        await queue.start();
        for (const id of [...ids.slice(1), other]) await end(id);
        expect(await counts()).toEqual({
          'test.work done': 4,
          'test.work cancelled': 1,
          'test.other done': 1,
          'test.other waiting': 1,
        });
      });
    });

    describe('stopping', () => {
      it('waits for a running job', async () => {
        const gate = createGate();
        queue.register(define(gate.handler));
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        const { signal } = await world.until(gate.started());
        const stopped = queue.stop(30_000);
        gate.open();
        await world.until(stopped);
        expect(signal.aborted).toBe(false);
        expect(await queue.get(id)).toMatchObject({ state: 'done', result: 'finished' });
      });

      it('puts a job back that does not end in time, without using up an attempt', async () => {
        const gate = createGate();
        queue.register(define(gate.handler, { maxAttempts: 1 }));
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 }, { key: 'k' });
        const { signal } = await world.until(gate.started());
        await world.until(queue.stop(50));
        expect(signal.reason).toMatchObject({ code: 'JOBS_STOPPING' });
        expect(await queue.get(id)).toMatchObject({ state: 'waiting', attempt: 0 });
        expect(await queue.enqueue('test.work', { n: 1 }, { key: 'k' })).toBe(id);

        const { queue: next } = await world.open();
        next.register(define(async (_, { attempt }) => attempt, { maxAttempts: 1 }));
        await next.start();
        expect(await end(id, next)).toMatchObject({ state: 'done', result: 1 });
      });

      it('takes no job after it stopped', async () => {
        const seen: number[] = [];
        queue.register(
          define(async ({ n }) => {
            seen.push(n);
          }),
        );
        await queue.start();
        await world.until(queue.stop());
        const id = await queue.enqueue('test.work', { n: 1 });
        const { queue: other } = await world.open();
        other.register(define(async () => 'other'));
        await other.start();
        expect(await end(id, other)).toMatchObject({ result: 'other' });
        expect(seen).toEqual([]);
      });
    });

    describe('dying', () => {
      it('runs the job of a dead process again', async () => {
        const gate = createGate();
        queue.register(define(gate.handler));
        await queue.start();
        const id = await queue.enqueue('test.work', { n: 1 });
        await world.until(gate.started());
        await process.kill();

        const { queue: next } = await world.open();
        next.register(define(async (_, { attempt }) => `attempt ${attempt}`));
        await next.start();
        expect(await end(id, next)).toMatchObject({ state: 'done', result: 'attempt 1' });
      });

      it('gives up a job that goes on killing its process', async () => {
        queue.register(define(async () => {}, { maxAttempts: 2 }));
        const id = await queue.enqueue('test.work', { n: 1 });
        for (let crash = 0; crash < CRASHES; crash++) {
          const deadly = await world.open();
          const gate = createGate();
          deadly.queue.register(define(gate.handler, { maxAttempts: 2 }));
          await deadly.queue.start();
          expect((await world.until(gate.started())).attempt).toBe(1);
          await deadly.kill();
        }
        const { queue: last } = await world.open();
        last.register(define(async () => 'ran again', { maxAttempts: 2 }));
        await last.start();
        expect(await end(id, last)).toMatchObject({
          state: 'failed',
          error: { code: 'JOBS_WORKER_LOST' },
        });
      });

      it('shares the work between processes, each job once', async () => {
        const ran: string[] = [];
        const handler: Handler<Payload> = async (_, { id }) => {
          await new Promise(setImmediate);
          ran.push(id);
        };
        const others = await Promise.all([world.open(), world.open()]);
        const queues = [queue, ...others.map((other) => other.queue)];
        for (const each of queues) each.register(define(handler, { concurrency: 4 }));
        const ids: string[] = [];
        for (let n = 0; n < 60; n++) ids.push(await queue.enqueue('test.work', { n }));
        await Promise.all(queues.map((each) => each.start()));
        for (const id of ids) await end(id);
        expect(ran.toSorted()).toEqual(ids.toSorted());
      });
    });

    describe('schedules', () => {
      const nextEnd = (of: Queue): Promise<JobRecord> =>
        new Promise((resolve) => {
          const stop = of.onChange((job) => {
            if (job.state !== 'done') return;
            stop();
            resolve(job);
          });
        });

      it('runs one job for each due time over all processes', async () => {
        const due: number[] = [];
        const { queue: other } = await world.open();
        for (const each of [queue, other]) {
          each.register(
            define(async () => {
              due.push(world.now());
            }),
          );
          await each.start();
          await each.schedule('hourly', 'test.work', { n: 1 }, 1_000);
        }
        const begin = world.now();
        for (let n = 0; n < 3; n++) await world.until(Promise.race([queue, other].map(nextEnd)));
        expect(due).toHaveLength(3);
        expect(due[0]! - begin).toBeGreaterThan(500);
        expect(due[2]! - due[1]!).toBeGreaterThan(500);
      });

      it('stops when it is taken away, and refuses what could not run', async () => {
        queue.register(define(async () => {}));
        await queue.start();
        await queue.schedule('s', 'test.work', { n: 1 }, 1_000);
        await world.until(nextEnd(queue));
        await queue.unschedule('s');
        const marker = await queue.enqueue('test.work', { n: 2 }, { runAt: world.now() + 1_500 });
        await end(marker);
        expect(await queue.list({ limit: 10 })).toHaveLength(2);
        await expect(queue.schedule('s', 'test.none', {}, 1_000)).rejects.toMatchObject({
          code: 'JOBS_NAME_UNKNOWN',
        });
        await expect(queue.schedule('s', 'test.work', { n: 1 }, 0.5)).rejects.toMatchObject({
          code: 'JOBS_PERIOD_INVALID',
        });
      });
    });
  });
}
