import BetterSqlite3 from 'better-sqlite3';
import { Queue as BullQueue, Worker as BullWorker } from 'bullmq';
import { sql } from 'kysely';
import { z } from 'zod';
import { openDatabase } from '../core/db/open-database.ts';
import { createId } from '../core/ids.ts';
import type { JobDefinition } from '../core/jobs/queue.ts';
import { silentLog } from './databases.ts';

/** One measured run: how long each timed enqueue took, and how many jobs ran in a second. */
export interface JobRound {
  readonly enqueueMs: readonly number[];
  readonly perSecond: number;
}

export interface JobLoad {
  readonly jobs: number;
  /** Enqueued one after the other for the percentiles; the rest in groups, as a busy server would. */
  readonly timed: number;
  readonly concurrency: number;
}

/** A job that does nothing but be counted; `onAll` is called after the last. */
export function trivialJob(
  { jobs, concurrency }: JobLoad,
  onAll: () => void,
): JobDefinition<{ n: number }> {
  let ran = 0;
  return {
    name: 'bench.trivial',
    payload: z.object({ n: z.number() }),
    timeoutMs: 60_000,
    maxAttempts: 3,
    backoffMs: 1_000,
    concurrency,
    async handler() {
      ran += 1;
      if (ran === jobs) onAll();
    },
  };
}

/** Enqueues all jobs of a load; gives how long each timed one took. */
export async function enqueueAll(
  { jobs, timed, concurrency }: JobLoad,
  enqueue: (n: number) => Promise<unknown>,
): Promise<number[]> {
  const enqueueMs: number[] = [];
  for (let n = 0; n < timed; n++) {
    const start = performance.now();
    await enqueue(n);
    enqueueMs.push(performance.now() - start);
  }
  for (let n = timed; n < jobs; n += concurrency) {
    const size = Math.min(concurrency, jobs - n);
    await Promise.all(Array.from({ length: size }, (_, i) => enqueue(n + i)));
  }
  return enqueueMs;
}

export function perSecond(jobs: number, sinceMs: number): number {
  return (jobs / (performance.now() - sinceMs)) * 1_000;
}

export interface TemporaryDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** A fresh database on a server. */
export async function createServerDatabase(server: string): Promise<TemporaryDatabase> {
  const name = `kizashi_bench_${createId()}`;
  const administer = async (statement: string): Promise<void> => {
    const admin = await openDatabase({ url: server, poolSize: 1, log: silentLog });
    await sql.raw(statement).execute(admin.query);
    await admin.stop();
  };
  await administer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(`drop database ${name}`) };
}

/** A table in SQLite and a loop over it: what a queue without a queue's duties would cost. */
export async function runPlainTable(load: JobLoad, file: string): Promise<JobRound> {
  const db = new BetterSqlite3(file);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = normal');
  db.exec(`create table jobs (id text primary key, state text not null, payload text not null);
    create index jobs_state on jobs (state, id)`);
  const insert = db.prepare("insert into jobs values (?, 'waiting', ?)");
  const next = db.prepare(
    "select id, payload from jobs where state = 'waiting' order by id limit 1",
  );
  const mark = db.prepare('update jobs set state = ? where id = ?');
  const enqueueMs = await enqueueAll(load, async (n) =>
    insert.run(createId(), JSON.stringify({ n })),
  );
  const start = performance.now();
  for (let ran = 0; ran < load.jobs; ran++) {
    const job = next.get() as { id: string; payload: string };
    mark.run('running', job.id);
    JSON.parse(job.payload);
    mark.run('done', job.id);
  }
  const rate = perSecond(load.jobs, start);
  db.close();
  return { enqueueMs, perSecond: rate };
}

/** BullMQ as its own documentation shows it. */
export async function runPlainBullmq(load: JobLoad, url: string): Promise<JobRound> {
  const { hostname: host, port } = new URL(url);
  const base = { connection: { host, port: Number(port) }, prefix: `{bench-${createId()}}` };
  const queue = new BullQueue('trivial', base);
  const enqueueMs = await enqueueAll(load, (n) => queue.add('trivial', { n }));
  const { promise: allRan, resolve } = Promise.withResolvers<void>();
  let ran = 0;
  const start = performance.now();
  const worker = new BullWorker(
    'trivial',
    async () => {
      ran += 1;
      if (ran === load.jobs) resolve();
    },
    { ...base, concurrency: load.concurrency },
  );
  await allRan;
  await worker.close();
  const rate = perSecond(load.jobs, start);
  await queue.obliterate({ force: true });
  await queue.close();
  return { enqueueMs, perSecond: rate };
}
