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
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { migrate } from '../packages/server/src/core/db/migrate.ts';
import { openDatabase } from '../packages/server/src/core/db/open-database.ts';
import { createId } from '../packages/server/src/core/ids.ts';
import { createEmbeddedQueue } from '../packages/server/src/core/jobs/embedded/embedded-queue.ts';
import { jobsMigrations } from '../packages/server/src/core/jobs/embedded/migrations.ts';
import type { Queue } from '../packages/server/src/core/jobs/queue.ts';
import { createRedisQueue } from '../packages/server/src/core/jobs/redis/redis-queue.ts';
import { createLogger } from '../packages/server/src/core/log.ts';

// Two packages of the server's; the root has none of its own.
const require = createRequire(new URL('../packages/server/package.json', import.meta.url));
const BetterSqlite3: typeof import('better-sqlite3') = require('better-sqlite3');
const bullmq: typeof import('bullmq') = require('bullmq');

const jobs = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 5);
const CONCURRENCY = 100;
/** Enqueued one after the other for the percentiles; the rest in groups, as a busy server would. */
const TIMED = Math.min(5_000, jobs);

const log = createLogger({ level: 'silent' });
const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-'));

interface Round {
  readonly enqueueMs: readonly number[];
  readonly perSecond: number;
}

interface Contender {
  readonly name: string;
  round(): Promise<Round>;
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function measureQueue(queue: Queue): Promise<Round> {
  const { promise: allRan, resolve } = Promise.withResolvers<void>();
  let ran = 0;
  queue.register({
    name: 'bench.trivial',
    payload: z.object({ n: z.number() }),
    timeoutMs: 60_000,
    maxAttempts: 3,
    backoffMs: 1_000,
    concurrency: CONCURRENCY,
    async handler() {
      ran += 1;
      if (ran === jobs) resolve();
    },
  });
  const enqueueMs: number[] = [];
  for (let n = 0; n < TIMED; n++) {
    enqueueMs.push(await timed(() => queue.enqueue('bench.trivial', { n })));
  }
  for (let n = TIMED; n < jobs; n += CONCURRENCY) {
    const size = Math.min(CONCURRENCY, jobs - n);
    await Promise.all(
      Array.from({ length: size }, (_, i) => queue.enqueue('bench.trivial', { n: n + i })),
    );
  }
  const start = performance.now();
  await queue.start();
  await allRan;
  // Stopping writes the last endings: they belong to the work.
  await queue.stop();
  return { enqueueMs, perSecond: (jobs / (performance.now() - start)) * 1_000 };
}

function embedded(name: string, createUrl: () => Promise<string>): Contender {
  return {
    name,
    async round() {
      const db = await openDatabase({ url: await createUrl(), poolSize: 10, log });
      await migrate(db, jobsMigrations);
      try {
        return await measureQueue(createEmbeddedQueue({ db, log }));
      } finally {
        await db.stop();
      }
    },
  };
}

/** A fresh database on a server. */
function on(server: string): () => Promise<string> {
  return async () => {
    const admin = await openDatabase({ url: server, poolSize: 1, log });
    const name = `kizashi_bench_${createId()}`;
    await sql.raw(`create database ${name}`).execute(admin.query);
    await admin.stop();
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  };
}

const plainTable: Contender = {
  name: 'plain SQLite table, one at a time',
  async round() {
    const db = new BetterSqlite3(join(folder, `${createId()}.db`));
    db.pragma('journal_mode = wal');
    db.pragma('synchronous = normal');
    db.exec(`create table jobs (id text primary key, state text not null, payload text not null);
      create index jobs_state on jobs (state, id)`);
    const insert = db.prepare("insert into jobs values (?, 'waiting', ?)");
    const next = db.prepare(
      "select id, payload from jobs where state = 'waiting' order by id limit 1",
    );
    const mark = db.prepare('update jobs set state = ? where id = ?');
    const enqueueMs: number[] = [];
    for (let n = 0; n < jobs; n++) {
      enqueueMs.push(await timed(() => insert.run(createId(), JSON.stringify({ n }))));
    }
    const start = performance.now();
    for (let ran = 0; ran < jobs; ran++) {
      const job = next.get() as { id: string; payload: string };
      mark.run('running', job.id);
      JSON.parse(job.payload);
      mark.run('done', job.id);
    }
    const perSecond = (jobs / (performance.now() - start)) * 1_000;
    db.close();
    return { enqueueMs, perSecond };
  },
};

function plainBullmq(url: string): Contender {
  return {
    name: 'BullMQ by itself',
    async round() {
      const { hostname: host, port } = new URL(url);
      const base = { connection: { host, port: Number(port) }, prefix: `{bench-${createId()}}` };
      const queue = new bullmq.Queue('trivial', base);
      const { promise: allRan, resolve } = Promise.withResolvers<void>();
      const enqueueMs: number[] = [];
      for (let n = 0; n < TIMED; n++)
        enqueueMs.push(await timed(() => queue.add('trivial', { n })));
      for (let n = TIMED; n < jobs; n += CONCURRENCY) {
        const size = Math.min(CONCURRENCY, jobs - n);
        await Promise.all(
          Array.from({ length: size }, (_, i) => queue.add('trivial', { n: n + i })),
        );
      }
      let ran = 0;
      const start = performance.now();
      const worker = new bullmq.Worker(
        'trivial',
        async () => {
          ran += 1;
          if (ran === jobs) resolve();
        },
        { ...base, concurrency: CONCURRENCY },
      );
      await allRan;
      await worker.close();
      const perSecond = (jobs / (performance.now() - start)) * 1_000;
      await queue.obliterate({ force: true });
      await queue.close();
      return { enqueueMs, perSecond };
    },
  };
}

const { KIZASHI_TEST_POSTGRES_URL, KIZASHI_TEST_MYSQL_URL, KIZASHI_TEST_REDIS_URL } = process.env;
const contenders: Contender[] = [
  embedded('queue on SQLite', async () => `sqlite:${join(folder, `${createId()}.db`)}`),
  plainTable,
];
if (KIZASHI_TEST_POSTGRES_URL) {
  contenders.push(embedded('queue on PostgreSQL', on(KIZASHI_TEST_POSTGRES_URL)));
}
if (KIZASHI_TEST_MYSQL_URL) contenders.push(embedded('queue on MySQL', on(KIZASHI_TEST_MYSQL_URL)));
if (KIZASHI_TEST_REDIS_URL) {
  const url = KIZASHI_TEST_REDIS_URL;
  contenders.push(
    {
      name: 'queue on Redis',
      round: () => measureQueue(createRedisQueue({ url, prefix: `{bench-${createId()}}`, log })),
    },
    plainBullmq(url),
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
    const results: Round[] = [];
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
