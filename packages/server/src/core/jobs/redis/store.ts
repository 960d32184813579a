import { Queue as BullQueue, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Clock } from '../../clock.ts';
import type { Definitions } from '../definitions.ts';
import type { JobFilter, JobRecord, JobState } from '../queue.ts';
import type { Retention } from '../retention.ts';
import { type JobData, listsOf, optionsOf, stateOf, toRecord } from './job-data.ts';

export interface RedisStoreOptions {
  readonly connection: Redis;
  readonly prefix: string;
  readonly definitions: Definitions;
  readonly clock: Clock;
  readonly retention: Retention;
}

interface Cancelled {
  readonly record: JobRecord;
  readonly data: JobData;
}

/** A request to cancel a running job is forgotten after a day. */
const CANCEL_REQUEST_MS = 86_400_000;

/**
 * The jobs in Redis: one BullMQ queue for each kind, so that each has its own concurrency, and what BullMQ has no
 * place for: cancelled jobs (kept as records beside it) and requests to cancel.
 */
export type RedisStore = ReturnType<typeof createRedisStore>;

export function createRedisStore(options: RedisStoreOptions) {
  const { connection, prefix, definitions, clock, retention } = options;
  const queues = new Map<string, BullQueue<JobData>>();

  const cancelledKey = (name: string) => `${prefix}:cancelled:${name}`;
  const requestKey = (id: string) => `${prefix}:cancel:${id}`;
  const names = () => definitions.all().map(({ name }) => name);

  function queueOf(name: string): BullQueue<JobData> {
    let queue = queues.get(name);
    if (queue === undefined) {
      queue = new BullQueue<JobData>(name, { connection, prefix });
      // Calls fail by themselves; this one only repeats what the connection reported.
      queue.on('error', () => {});
      queues.set(name, queue);
    }
    return queue;
  }

  /** The queue that has the job: its id does not say which kind it is. */
  async function queueWith(id: string): Promise<BullQueue<JobData> | undefined> {
    const all = names().map(queueOf);
    const found = await Promise.all(all.map((queue) => connection.exists(queue.toKey(id))));
    return all.find((_, index) => found[index] === 1);
  }

  /** The state is read before the job: read after it, a job could be done and still without its result. */
  async function find(
    id: string,
  ): Promise<{ readonly job: Job<JobData>; readonly state: JobState } | undefined> {
    const queue = await queueWith(id);
    const state = queue && stateOf(await queue.getJobState(id));
    const job = await queue?.getJob(id);
    return job && state && { job, state };
  }

  async function findCancelled(id: string): Promise<Cancelled | undefined> {
    const texts = await Promise.all(names().map((name) => connection.hget(cancelledKey(name), id)));
    const text = texts.find((one) => one !== null);
    return text === undefined || text === null ? undefined : (JSON.parse(text) as Cancelled);
  }

  async function get(id: string): Promise<JobRecord | undefined> {
    const found = await find(id);
    if (found !== undefined) return toRecord(found.job, found.state);
    return (await findCancelled(id))?.record;
  }

  async function add(id: string, name: string, data: JobData): Promise<string> {
    const job = await queueOf(name).add(name, data, optionsOf(id, data, clock.now(), retention));
    return job.id ?? id;
  }

  async function idsOf(name: string, state: JobState): Promise<readonly string[]> {
    if (state === 'cancelled') return connection.hkeys(cancelledKey(name));
    return queueOf(name).getRanges([...listsOf[state]], 0, -1);
  }

  return {
    queueOf,
    find,
    get,
    /** Gives the id of the job: an earlier one's when that has the same key and is still active. */
    add,
    /** Keeps a job that BullMQ is done with as a cancelled one. */
    async keepCancelled(before: JobRecord, data: JobData): Promise<JobRecord> {
      const record: JobRecord = { ...before, state: 'cancelled', finishedAt: clock.now() };
      const entry: Cancelled = { record, data };
      await connection.hset(cancelledKey(record.name), record.id, JSON.stringify(entry));
      return record;
    },
    /** Reads the ids of all jobs of the wanted states, some 30 bytes each, then only the jobs of the page. */
    async list({ name, state, limit, after }: JobFilter): Promise<readonly JobRecord[]> {
      const states = state === undefined ? ALL_STATES : [state];
      const wanted = name === undefined ? names() : names().filter((known) => known === name);
      const ids = await Promise.all(wanted.flatMap((of) => states.map((each) => idsOf(of, each))));
      // A job may have changed its state between two answers and be in both.
      const page = [...new Set(ids.flat())]
        .filter((id) => after === undefined || id < after)
        .sort((a, b) => (a < b ? 1 : -1))
        .slice(0, limit);
      const jobs = await Promise.all(page.map(get));
      return jobs.filter((job) => job !== undefined);
    },
    async counts(): Promise<{ name: string; state: JobState; count: number }[]> {
      const rows = await Promise.all(
        names().flatMap((name) =>
          ALL_STATES.map(async (state) => {
            const count =
              state === 'cancelled'
                ? await connection.hlen(cancelledKey(name))
                : await queueOf(name).getJobCountByTypes(...listsOf[state]);
            return { name, state, count };
          }),
        ),
      );
      return rows.filter(({ count }) => count > 0);
    },
    async requestCancel(id: string): Promise<void> {
      await connection.set(requestKey(id), '1', 'PX', CANCEL_REQUEST_MS);
    },
    /** Which of these jobs somebody asked to cancel. */
    async cancelRequested(ids: readonly string[]): Promise<readonly string[]> {
      if (ids.length === 0) return [];
      const replies = await connection.mget(ids.map(requestKey));
      return ids.filter((_, index) => replies[index] !== null);
    },
    /** Takes a cancelled job back into its queue. False while another one holds its key. */
    async restore(id: string): Promise<boolean> {
      const entry = await findCancelled(id);
      if (entry === undefined) return false;
      const { record, data } = entry;
      await connection.del(requestKey(id));
      const fresh = { ...data, runAt: clock.now(), putBacks: 0, forgivenCrashes: 0 };
      if ((await add(id, record.name, fresh)) !== id) return false;
      await connection.hdel(cancelledKey(record.name), id);
      return true;
    },
    /** Puts a failed job back. False while another one holds its key. */
    async revive(job: Job<JobData>): Promise<boolean> {
      const { key } = job.data;
      const queue = queueOf(job.name);
      // As BullMQ itself marks the holder of a key; it removes the mark when the job ends.
      const mark = key === null ? undefined : queue.toKey(`de:${key}`);
      if (mark !== undefined && (await connection.set(mark, job.id ?? '', 'NX')) === null) {
        return false;
      }
      try {
        await connection.del(requestKey(job.id ?? ''));
        const { stalledCounter: forgivenCrashes } = job;
        await job.updateData({ ...job.data, runAt: clock.now(), putBacks: 0, forgivenCrashes });
        await job.updateProgress({ fraction: 0, note: null });
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
        return true;
      } catch (error) {
        if (key !== null) await queue.removeDeduplicationKey(key);
        throw error;
      }
    },
    async removeOldCancelled(): Promise<void> {
      const before = clock.now() - retention.endedMs;
      for (const name of names()) {
        for (const [id, text] of Object.entries(await connection.hgetall(cancelledKey(name)))) {
          const { record } = JSON.parse(text) as Cancelled;
          if ((record.finishedAt ?? 0) < before) await connection.hdel(cancelledKey(name), id);
        }
      }
    },
    async close(): Promise<void> {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

const ALL_STATES: readonly JobState[] = ['waiting', 'running', 'done', 'failed', 'cancelled'];
