import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '../../clock.ts';
import { createId } from '../../ids.ts';
import type { Definitions } from '../definitions.ts';
import { isStranded, nextDue } from '../due-times.ts';
import type { JobRecord } from '../queue.ts';
import { acceptedRecord, type JobData } from './job-data.ts';
import type { RedisStore } from './store.ts';

interface Schedule {
  readonly name: string;
  readonly payload: unknown;
  readonly everyMs: number;
  readonly dueAt: number;
}

/** Replaces a schedule unless another process has meanwhile. */
const REPLACE = `
  if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  return 1
`;

/**
 * Schedules with the same rules as the embedded queue's. BullMQ's own job schedulers are not used: they start over
 * when set again, pile up jobs while one takes longer than the period, and fall silent when the clock is set back.
 */
export function createSchedules(options: {
  readonly connection: Redis;
  readonly prefix: string;
  readonly store: RedisStore;
  readonly definitions: Definitions;
  readonly clock: Clock;
  onAdded(job: JobRecord): void;
}) {
  const { connection, prefix, store, definitions, clock } = options;
  const key = `${prefix}:schedules`;

  async function replace(id: string, before: string, after: Schedule): Promise<void> {
    await connection.eval(REPLACE, 1, key, id, before, JSON.stringify(after));
  }

  /** Gives the next due time. */
  async function serveOne(id: string, text: string): Promise<number> {
    const schedule = JSON.parse(text) as Schedule;
    const { name, payload, everyMs, dueAt } = schedule;
    const now = clock.now();
    if (isStranded(dueAt, everyMs, now)) {
      await replace(id, text, { ...schedule, dueAt: now + everyMs });
      return now + everyMs;
    }
    // A kind this process does not know belongs to one of another version.
    if (dueAt > now || !definitions.has(name)) return Math.max(dueAt, now + 1_000);
    const data: JobData = {
      ...{ payload, priority: 0, runAt: now, requestedBy: null, putBacks: 0, forgivenCrashes: 0 },
      maxAttempts: definitions.get(name).maxAttempts,
      key: `schedule:${id}`,
    };
    // The job comes first, so that none is lost; its id follows from the due time, so that none comes twice.
    const jobId = idOf(id, dueAt);
    const isNew = (await store.get(jobId)) === undefined;
    if ((await store.add(jobId, name, data)) === jobId && isNew) {
      options.onAdded(acceptedRecord(jobId, name, data, now));
    }
    const next = nextDue(dueAt, everyMs, now);
    await replace(id, text, { ...schedule, dueAt: next });
    return next;
  }

  return {
    /** One that repeats as before keeps its due time, so that restarts do not put it off for ever. */
    async set(id: string, name: string, payload: unknown, everyMs: number): Promise<number> {
      const text = await connection.hget(key, id);
      const earlier = text === null ? undefined : (JSON.parse(text) as Schedule);
      const repeats = earlier?.name === name && earlier.everyMs === everyMs;
      const dueAt = repeats ? earlier.dueAt : clock.now() + everyMs;
      await connection.hset(key, id, JSON.stringify({ name, payload, everyMs, dueAt }));
      return dueAt;
    },
    async remove(id: string): Promise<void> {
      await connection.hdel(key, id);
    },
    /** Adds a job for every due time that has come; gives the next one. */
    async serve(): Promise<number> {
      let next = Number.POSITIVE_INFINITY;
      for (const [id, text] of Object.entries(await connection.hgetall(key))) {
        next = Math.min(next, await serveOne(id, text));
      }
      return next;
    },
  };
}

/** The same id in every process: the time as in all ids, then a digest in place of chance. */
function idOf(scheduleId: string, dueAt: number): string {
  const digest = createHash('sha256').update(`${scheduleId}\0${dueAt}`).digest('hex');
  return createId(dueAt).slice(0, 10) + digest.slice(0, 16);
}
