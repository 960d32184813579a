/**
 * The queue's speed: how long accepting a job takes, and how many trivial jobs run in a second.
 *
 *   node bench/jobs-embedded.ts [jobs, default 20000] [rounds, default 5]
 *
 * Data: jobs with a payload of one number and a handler that does nothing, so that only the queue is measured; the
 * database is a fresh file in the temporary folder. Beside it: a plain SQLite table in a loop, one transaction for
 * each step and none of a queue's duties; the same queue on PostgreSQL and MySQL where `KIZASHI_TEST_POSTGRES_URL`
 * and `KIZASHI_TEST_MYSQL_URL` are set; where `KIZASHI_TEST_REDIS_URL` is, the queue on Redis and BullMQ by itself.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../packages/server/src/core/db/migrate.ts';
import { openDatabase } from '../packages/server/src/core/db/open-database.ts';
import { createId } from '../packages/server/src/core/ids.ts';
import { createEmbeddedQueue } from '../packages/server/src/core/jobs/embedded/embedded-queue.ts';
import { jobsMigrations } from '../packages/server/src/core/jobs/embedded/migrations.ts';
import type { Queue } from '../packages/server/src/core/jobs/queue.ts';
import { createRedisQueue } from '../packages/server/src/core/jobs/redis/redis-queue.ts';
import { createLogger } from '../packages/server/src/core/log.ts';
import {
  createServerDatabase,
  enqueueAll,
  type JobLoad,
  type JobRound,
  perSecond,
  runPlainBullmq,
  runPlainTable,
  type TemporaryDatabase,
  trivialJob,
} from '../packages/server/src/testing/job-contenders.ts';

const jobs = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 5);
const load: JobLoad = { jobs, timed: Math.min(5_000, jobs), concurrency: 100 };

const log = createLogger({ level: 'silent' });
const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));
const newFile = () => join(folder, `${createId()}.db`);

interface Contender {
  readonly name: string;
  round(): Promise<JobRound>;
}

async function measure(queue: Queue): Promise<JobRound> {
  const { promise: allRan, resolve } = Promise.withResolvers<void>();
  queue.register(trivialJob(load, resolve));
  const enqueueMs = await enqueueAll(load, (n) => queue.enqueue('bench.trivial', { n }));
  const start = performance.now();
  await queue.start();
  await allRan;
  // Stopping writes the last endings: they belong to the work.
  await queue.stop();
  return { enqueueMs, perSecond: perSecond(jobs, start) };
}

function embedded(name: string, create: () => Promise<TemporaryDatabase>): Contender {
  return {
    name,
    async round() {
      const { url, remove } = await create();
      const db = await openDatabase({ url, poolSize: 10, log });
      await migrate(db, jobsMigrations);
      try {
        return await measure(createEmbeddedQueue({ db, log }));
      } finally {
        await db.stop();
        await remove();
      }
    },
  };
}

const {
  KIZASHI_TEST_POSTGRES_URL: postgres,
  KIZASHI_TEST_MYSQL_URL: mysql,
  KIZASHI_TEST_REDIS_URL: redis,
} = process.env;
const contenders: Contender[] = [
  embedded('queue on SQLite', async () => ({ url: `sqlite:${newFile()}`, remove: async () => {} })),
  { name: 'plain SQLite table, one at a time', round: () => runPlainTable(load, newFile()) },
];
if (postgres) {
  contenders.push(embedded('queue on PostgreSQL', () => createServerDatabase(postgres)));
}
if (mysql) contenders.push(embedded('queue on MySQL', () => createServerDatabase(mysql)));
if (redis) {
  contenders.push(
    {
      name: 'queue on Redis',
      round: () => measure(createRedisQueue({ url: redis, prefix: `{bench-${createId()}}`, log })),
    },
    { name: 'BullMQ by itself', round: () => runPlainBullmq(load, redis) },
  );
}

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0;

console.log(
  `${jobs} jobs, ${rounds} rounds, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`,
);
console.log('enqueue p50, p95, p99 in ms over all rounds; jobs/s as median (least to most)\n');
let reference: number | undefined;
try {
  for (const contender of contenders) {
    const results: JobRound[] = [];
    for (let round = 0; round < rounds; round++) results.push(await contender.round());
    const enqueueMs = results.flatMap((result) => result.enqueueMs);
    const rates = results.map((result) => result.perSecond);
    const median = quantile(rates, 0.5);
    reference ??= median;
    const times = [0.5, 0.95, 0.99].map((q) => quantile(enqueueMs, q).toFixed(3)).join('  ');
    const spread = `${Math.round(Math.min(...rates))} to ${Math.round(Math.max(...rates))}`;
    console.log(
      `${contender.name.padEnd(34)} ${times}   ${String(Math.round(median)).padStart(6)} jobs/s (${spread})   ` +
        `${(median / reference).toFixed(2)} × the first`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
