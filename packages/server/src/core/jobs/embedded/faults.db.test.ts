import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeDatabases, silentLog } from '../../../testing/databases.ts';
import { createPacedTime, type PacedTime } from '../../../testing/paced-time.ts';
import { createRandom } from '../../../testing/random.ts';
import type { Database } from '../../db/database.ts';
import { databaseErrors } from '../../db/errors.ts';
import { migrate } from '../../db/migrate.ts';
import type { JobContext, JobDefinition, JobRecord, Queue } from '../queue.ts';
import { createEmbeddedQueue } from './embedded-queue.ts';
import { jobsMigrations } from './migrations.ts';
import type { JobsTables } from './tables.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A database that can be away, that can lose the answer to a commit, and that counts its statements. */
function createFaulty(db: Database) {
  const state = { away: false, loseNextCommit: false, statements: 0 };
  const check = () => {
    state.statements += 1;
    if (state.away) throw databaseErrors.DATABASE_BUSY();
  };
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      check();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const faulty: Database = {
    ...db,
    query: db.query.withPlugin(plugin),
    async transaction(work) {
      check();
      const result = await db.transaction(work);
      if (!state.loseNextCommit) return result;
      state.loseNextCommit = false;
      throw databaseErrors.DATABASE_BUSY();
    },
  };
  return { db: faulty, state };
}

describeDatabases('faults of the embedded queue', ({ create, connect }) => {
  let url: string;
  let direct: Database;
  let time: PacedTime;
  let faulty: ReturnType<typeof createFaulty>;
  let queue: Queue;
  let changes: JobRecord[];

  function open(db: Database): Queue {
    return createEmbeddedQueue({
      db: time.watch(db),
      log: silentLog,
      clock: time.clock,
      after: time.after,
      random: createRandom(3),
    });
  }

  const until: PacedTime['until'] = (check, stepMs) => time.until(check, stepMs);
  const stateOf = async (id: string) => (await queue.get(id))?.state;

  function define(
    handler: (context: JobContext) => Promise<unknown>,
    rest: Partial<JobDefinition<unknown>> = {},
  ): JobDefinition<unknown> {
    return {
      name: 'test.work',
      payload: z.unknown(),
      timeoutMs: 10 * DAY,
      maxAttempts: 3,
      backoffMs: 1_000,
      concurrency: 1,
      handler: (_payload, context) => handler(context),
      ...rest,
    };
  }

  beforeEach(async () => {
    url = await create();
    direct = await connect(url);
    await migrate(direct, jobsMigrations);
    time = createPacedTime();
    faulty = createFaulty(await connect(url));
    queue = open(faulty.db);
    changes = [];
    queue.onChange((job) => changes.push(job));
  });
  afterEach(async () => {
    faulty.state.away = false;
    await queue.stop(0);
  });

  describe('when the database is away', () => {
    it('accepts nothing it cannot keep, finishes what runs, and goes on afterwards', async () => {
      const gate = Promise.withResolvers<string>();
      const begun = Promise.withResolvers<void>();
      let runs = 0;
      queue.register(
        define(async () => {
          runs += 1;
          begun.resolve();
          return gate.promise;
        }),
      );
      await queue.start();
      const first = await queue.enqueue('test.work', 1);
      const second = await queue.enqueue('test.work', 2);
      await begun.promise;
      faulty.state.away = true;
      await expect(queue.enqueue('test.work', 3)).rejects.toMatchObject({ retryable: true });
      gate.resolve('kept');
      const awaySince = time.clock.now();
      await until(() => time.clock.now() > awaySince + 30 * MINUTE, 5_000);
      expect(runs).toBe(1);
      faulty.state.away = false;
      await until(async () => (await stateOf(second)) === 'done');
      expect(await queue.get(first)).toMatchObject({ state: 'done', result: 'kept', attempt: 1 });
      expect(runs).toBe(2);
    });

    it('puts back what it claimed when the answer to the claim was lost', async () => {
      const attempts: number[] = [];
      queue.register(
        define(async ({ attempt }) => {
          attempts.push(attempt);
        }),
      );
      const id = await queue.enqueue('test.work', 1);
      await queue.start();
      await until(async () => (await stateOf(id)) === 'done');
      const again = await queue.enqueue('test.work', 2);
      faulty.state.loseNextCommit = true;
      await until(async () => (await stateOf(again)) === 'done');
      expect(faulty.state.loseNextCommit).toBe(false);
      expect(attempts).toEqual([1, 1]);
    });

    it('runs a job once whose ending was written although the answer was lost', async () => {
      let runs = 0;
      const gate = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      queue.register(
        define(async () => {
          runs += 1;
          begun.resolve();
          await gate.promise;
        }),
      );
      await queue.start();
      const id = await queue.enqueue('test.work', 1);
      await begun.promise;
      faulty.state.loseNextCommit = true;
      gate.resolve();
      await until(() => !faulty.state.loseNextCommit);
      const marker = await queue.enqueue('test.work', 2);
      await until(async () => (await stateOf(marker)) === 'done');
      expect(await queue.get(id)).toMatchObject({ state: 'done', attempt: 1 });
      expect(runs).toBe(2);
    });
  });

  it('aborts its jobs when others took it for dead, and leaves them to those', async () => {
    const reasons: unknown[] = [];
    let runs = 0;
    queue.register(
      define(async ({ signal }) => {
        runs += 1;
        if (runs > 1) return 'second';
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        reasons.push(signal.reason);
        return 'first';
      }),
    );
    await queue.start();
    const id = await queue.enqueue('test.work', 1);
    await until(() => runs === 1);
    await direct.query.withTables<JobsTables>().deleteFrom('core_job_workers').execute();
    await until(async () => (await stateOf(id)) === 'done');
    expect(reasons).toMatchObject([{ code: 'JOBS_LEASE_LOST' }]);
    expect(await queue.get(id)).toMatchObject({ result: 'second', attempt: 1 });
    expect(runs).toBe(2);
  });

  it('keeps its jobs when the clock is set forward and back', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    let runs = 0;
    const definition = define(async () => {
      runs += 1;
      begun.resolve();
      await gate.promise;
    });
    queue.register(definition);
    const other = open(await connect(url));
    other.register(definition);
    await queue.start();
    await other.start();
    const id = await queue.enqueue('test.work', 1);
    await begun.promise;
    for (const jump of [DAY, -3 * DAY]) {
      time.setClock(time.clock.now() + jump);
      const until_ = time.clock.now() + 20_000;
      await until(() => time.clock.now() > until_, 500);
    }
    gate.resolve();
    await until(async () => (await stateOf(id)) === 'done');
    expect(runs).toBe(1);
    await other.stop(0);
  });

  it('waits longer after each failure', async () => {
    const starts: number[] = [];
    queue.register(
      define(
        async () => {
          starts.push(time.clock.now());
          throw new Error('no');
        },
        { maxAttempts: 4 },
      ),
    );
    await queue.start();
    const id = await queue.enqueue('test.work', 1);
    await until(async () => (await stateOf(id)) === 'failed');
    const waits = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    for (const [index, expected] of [1_000, 2_000, 4_000].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(expected * 0.75);
      expect(waits[index]).toBeLessThanOrEqual(expected * 1.25 + 100);
    }
  });

  it('removes ended jobs after a while, failed ones much later', async () => {
    queue.register(define(async ({ id }) => (id.endsWith('!') ? 1 : 2)));
    queue.register(
      define(async () => Promise.reject(new Error('no')), { name: 'test.fails', maxAttempts: 1 }),
    );
    await queue.start();
    const done = await queue.enqueue('test.work', 1);
    const failed = await queue.enqueue('test.fails', 1);
    const cancelled = await queue.enqueue('test.work', 2, { runAt: time.clock.now() + 200 * DAY });
    await queue.cancel(cancelled);
    await until(
      async () => (await stateOf(failed)) === 'failed' && (await stateOf(done)) === 'done',
    );
    time.setClock(time.clock.now() + 31 * DAY);
    await until(async () => (await stateOf(done)) === undefined);
    expect(await stateOf(failed)).toBe('failed');
    time.setClock(time.clock.now() + 60 * DAY);
    await until(async () => (await stateOf(failed)) === undefined);
  });

  it('asks little of the database while there is nothing to do', async () => {
    queue.register(define(async () => {}));
    queue.register(define(async () => {}, { name: 'test.other' }));
    await queue.start();
    const start = time.clock.now();
    const before = faulty.state.statements;
    await until(() => time.clock.now() === start + 2_450);
    expect(faulty.state.statements).toBe(before);
    await until(() => time.clock.now() === start + 2_550);
    expect(faulty.state.statements).toBeGreaterThan(before);
    expect(faulty.state.statements - before).toBeLessThanOrEqual(12);
  });

  describe('schedules', () => {
    const ran = () => changes.filter((job) => job.state === 'done').length;

    beforeEach(async () => {
      queue.register(define(async () => {}));
      await queue.start();
    });

    it('catch up with one job after a long time off', async () => {
      await queue.schedule('s', 'test.work', 1, MINUTE);
      time.setClock(time.clock.now() + DAY);
      await until(() => ran() === 1);
      const reached = time.clock.now();
      await until(() => ran() === 2, 500);
      expect(time.clock.now() - reached).toBeLessThanOrEqual(MINUTE + 1_000);
    });

    it('go on within a period when the clock is set back', async () => {
      await queue.schedule('s', 'test.work', 1, MINUTE);
      await until(() => ran() === 1, 500);
      time.setClock(time.clock.now() - DAY);
      const set = time.clock.now();
      await until(() => ran() === 2, 500);
      expect(time.clock.now() - set).toBeLessThanOrEqual(MINUTE + 4_000);
    });

    it('keep their due time when they are set again, and take a new period', async () => {
      const begin = time.clock.now();
      await queue.schedule('s', 'test.work', 1, MINUTE);
      time.advance(0.9 * MINUTE);
      await queue.schedule('s', 'test.work', 2, MINUTE);
      await until(() => ran() === 1, 100);
      expect(time.clock.now() - begin).toBeLessThan(1.5 * MINUTE);
      expect(changes.at(-1)?.payload).toBe(2);
      await queue.schedule('s', 'test.work', 2, 10 * MINUTE);
      const again = time.clock.now();
      await until(() => ran() === 2, 1_000);
      expect(time.clock.now() - again).toBeGreaterThanOrEqual(9 * MINUTE);
    });

    it('add no job while the one before waits or runs', async () => {
      const gate = Promise.withResolvers<void>();
      queue.register(define(() => gate.promise, { name: 'test.slow' }));
      await queue.schedule('s', 'test.slow', 1, MINUTE);
      const begin = time.clock.now();
      await until(() => time.clock.now() > begin + 10 * MINUTE, 1_000);
      expect(await queue.list({ limit: 10 })).toHaveLength(1);
      gate.resolve();
      await until(() => ran() === 2, 1_000);
    });
  });
});
