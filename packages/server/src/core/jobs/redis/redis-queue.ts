import { type Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Clock, systemClock } from '../../clock.ts';
import { coreErrors } from '../../core-errors.ts';
import type { Logger } from '../../log.ts';
import { isRedisAway, openRedis, whenReady } from '../../redis/connection.ts';
import { type After, systemAfter } from '../../timers.ts';
import { backoffDelay, RETRY_CAP_MS } from '../backoff.ts';
import { createChanges, waitUntilEnded } from '../changes.ts';
import { MAX_CRASHES } from '../crashes.ts';
import { checkPeriod, createDefinitions } from '../definitions.ts';
import { createJobIds } from '../job-ids.ts';
import type { JobDefinition, Queue } from '../queue.ts';
import { defaultRetention, type Retention } from '../retention.ts';
import { acceptedRecord, type JobData, toRecord } from './job-data.ts';
import { createProcessor } from './processor.ts';
import { createSchedules } from './schedules.ts';
import { createRedisStore } from './store.ts';

export interface RedisQueueOptions {
  readonly url: string;
  /** Before every key; with a hash tag all of them are in one slot of a cluster. */
  readonly prefix: string;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly after?: After;
  readonly random?: () => number;
  readonly retention?: Retention;
  /** A process that does not renew its jobs' locks for this long has lost them. */
  readonly leaseMs?: number;
  /** Milliseconds between two looks for cancellations and due times. */
  readonly tickMs?: number;
  /** Deaths of its process after which a job is given up. */
  readonly maxCrashes?: number;
  readonly connect?: typeof openRedis;
}

const DEFAULT_GRACE_MS = 10_000;
/** How long workers may take to say goodbye to Redis. */
const CLOSE_MS = 5_000;
/** How often `finished` looks for an end in another process. */
const POLL_MS = 500;

/** A queue on Redis with BullMQ, shared by any number of processes. Connects on first use; `stop` disconnects. */
export function createRedisQueue(options: RedisQueueOptions): Queue {
  const { url, log, prefix } = options;
  const clock = options.clock ?? systemClock;
  const after = options.after ?? systemAfter;
  const random = options.random ?? Math.random;
  const connect = options.connect ?? openRedis;
  const leaseMs = options.leaseMs ?? 6_000;
  const tickMs = options.tickMs ?? 1_000;
  const definitions = createDefinitions();
  const changes = createChanges((error) => log.error({ err: error }, 'jobs.listener.failed'));
  const newId = createJobIds(clock);
  /** Jobs whose acceptance is being told. */
  const accepting = new Map<string, Promise<unknown>>();
  let opened: ReturnType<typeof open> | undefined;
  let working: ReturnType<typeof startWorkers> | undefined;

  function open() {
    const connection = connect({ url, log, use: 'commands' });
    const retention = options.retention ?? defaultRetention;
    const store = createRedisStore({ connection, prefix, definitions, clock, retention });
    const schedules = createSchedules({
      ...{ connection, prefix, store, definitions, clock },
      onAdded: changes.tell,
    });
    return { connection, store, schedules };
  }

  /** Runs a call; while Redis is away the caller is told to come back. @throws UNAVAILABLE */
  async function use<R>(work: (on: ReturnType<typeof open>) => Promise<R>): Promise<R> {
    opened ??= open();
    const on = opened;
    try {
      await whenReady(on.connection);
      return await work(on);
    } catch (error) {
      throw isRedisAway(error) ? coreErrors.UNAVAILABLE({}, { cause: error }) : error;
    }
  }

  async function tell(id: string): Promise<void> {
    const job = changes.listened ? await use(({ store }) => store.get(id)) : undefined;
    if (job !== undefined) changes.tell(job);
  }

  function startWorkers(on: ReturnType<typeof open>) {
    const connection = connect({ url, log, use: 'listening' });
    const processor = createProcessor({
      ...{ store: on.store, changes, after, log },
      maxCrashes: options.maxCrashes ?? MAX_CRASHES,
      accepted: (id) => accepting.get(id),
    });
    const workers = definitions.all().map((definition) => createWorker(definition, connection));
    let stopTimer = () => {};
    let stopped = false;

    function createWorker(definition: JobDefinition, shared: Redis): Worker<JobData> {
      const worker = new Worker<JobData>(
        definition.name,
        (job, token = '') => processor.process(definition, job, token),
        {
          ...{ connection: shared, prefix, autorun: false, concurrency: definition.concurrency },
          lockDuration: leaseMs,
          stalledInterval: leaseMs / 2,
          // Attempts are counted by the processor.
          maxStalledCount: Number.MAX_SAFE_INTEGER,
          runRetryDelay: 1_000,
          settings: {
            backoffStrategy: (failures) =>
              backoffDelay(definition.backoffMs, failures, RETRY_CAP_MS, random),
          },
        },
      );
      worker.on('completed', (job) => {
        if (job.opts.removeOnComplete !== true) changes.tell(toRecord(job, 'done'));
      });
      worker.on('failed', (job: Job<JobData> | undefined) => {
        if (job === undefined) return;
        changes.tell(toRecord(job, job.finishedOn === undefined ? 'waiting' : 'failed'));
      });
      worker.on('stalled', (id) => {
        log.warn({ jobId: id, job: definition.name }, 'jobs.taken-over');
        tell(id).catch((error: unknown) => log.debug({ err: error }, 'jobs.tell.failed'));
      });
      worker.on('lockRenewalFailed', (ids) => {
        for (const id of ids) processor.abort(id, 'lost');
      });
      worker.on('error', (error) => {
        // The connection itself reports that Redis is away.
        if (!isRedisAway(error))
          log.warn({ err: error, job: definition.name }, 'jobs.worker.failed');
      });
      return worker;
    }

    async function tick(): Promise<void> {
      let next = Number.POSITIVE_INFINITY;
      try {
        for (const id of await on.store.cancelRequested(processor.running())) {
          processor.abort(id, 'cancelled');
        }
        next = await on.schedules.serve();
        await on.store.removeOldCancelled();
      } catch (error) {
        if (!isRedisAway(error)) log.error({ err: error }, 'jobs.tick.failed');
      }
      const waitMs = Math.min(tickMs, Math.max(0, next - clock.now()));
      if (!stopped) stopTimer = after(waitMs, () => void tick());
    }

    for (const worker of workers) {
      worker.run().catch((error: unknown) => log.error({ err: error }, 'jobs.worker.ended'));
    }
    void tick();
    return {
      processor,
      async stop(graceMs: number): Promise<void> {
        await Promise.all(workers.map((worker) => worker.pause(true)));
        await processor.drain(graceMs);
        stopped = true;
        stopTimer();
        // While Redis is away they would wait for it; nothing is lost by leaving their locks to run out.
        const waited = Promise.withResolvers<void>();
        const stopWaiting = after(CLOSE_MS, () => waited.resolve());
        await Promise.race([Promise.all(workers.map((worker) => worker.close())), waited.promise]);
        stopWaiting();
        connection.disconnect();
      },
    };
  }

  return {
    register: (definition: JobDefinition<never>) => definitions.add(definition),
    async enqueue(name, payload, { key, priority = 0, runAt, requestedBy } = {}) {
      const { maxAttempts } = definitions.check(name, payload);
      const now = clock.now();
      const id = newId();
      const data: JobData = {
        ...{ payload, priority, maxAttempts, putBacks: 0, forgivenCrashes: 0 },
        runAt: runAt ?? now,
        requestedBy: requestedBy ?? null,
        key: key ?? null,
      };
      const adding = use(({ store }) => store.add(id, name, data)).then((actual) => {
        if (actual === id) changes.tell(acceptedRecord(id, name, data, now));
        return actual;
      });
      accepting.set(
        id,
        adding.catch(() => undefined),
      );
      try {
        return await adding;
      } finally {
        accepting.delete(id);
      }
    },
    async schedule(id, name, payload, everyMs) {
      definitions.check(name, payload);
      checkPeriod(everyMs);
      await use(({ schedules }) => schedules.set(id, name, payload, everyMs));
    },
    unschedule: (id) => use(({ schedules }) => schedules.remove(id)),
    get: (id) => use(({ store }) => store.get(id)),
    list: (filter) => use(({ store }) => store.list(filter)),
    counts: () => use(({ store }) => store.counts()),
    cancel: (id) =>
      use(async ({ store }) => {
        // It may start, or be put back, between two looks.
        for (;;) {
          const found = await store.find(id);
          if (found === undefined || found.state === 'done' || found.state === 'failed') {
            return false;
          }
          const { job, state } = found;
          if (state === 'running') {
            await store.requestCancel(id);
            working?.processor.abort(id, 'cancelled');
            return true;
          }
          if (await wasRemoved(job)) {
            changes.tell(await store.keepCancelled(toRecord(job, 'waiting'), job.data));
            return true;
          }
        }
      }),
    async retry(id) {
      const done = await use(async ({ store }) => {
        const found = await store.find(id);
        if (found === undefined) return store.restore(id);
        return found.state === 'failed' && store.revive(found.job);
      });
      if (done) await tell(id);
      return done;
    },
    finished: (id, signal) =>
      waitUntilEnded(id, signal, {
        get: (wanted) => use(({ store }) => store.get(wanted)),
        isUnavailable: (error) => isRedisAway((error as Error).cause ?? error),
        ...{ changes, after, pollMs: POLL_MS },
      }),
    onChange: (listener) => changes.listen(listener),
    async start() {
      opened ??= open();
      working ??= startWorkers(opened);
    },
    async stop(graceMs = DEFAULT_GRACE_MS) {
      const [workers, on] = [working, opened];
      await workers?.stop(graceMs);
      working = undefined;
      opened = undefined;
      await on?.store.close();
      on?.connection.disconnect();
    },
  };
}

/** False when it was fetched by a worker just before, and so cannot be removed. */
async function wasRemoved(job: Job<JobData>): Promise<boolean> {
  try {
    await job.remove();
    return true;
  } catch (error) {
    if (isRedisAway(error)) throw error;
    return false;
  }
}
