import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AppError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Analytics, AnalyticsValue } from './analytics.ts';
import { analyticsErrors } from './errors.ts';
import type { EngineCall, EngineOptions, EngineReply } from './messages.ts';
import { createResultCache } from './result-cache.ts';

/** A sync makes millions of short-lived rows; left alone, their part of the heap grows to a hundred megabytes. */
const YOUNG_GENERATION_MB = 48;

/** Results kept: some hundred views of Home, and at most some fifty megabytes. */
const KEPT_RESULTS = { entries: 3_000, rows: 200_000 };

export interface AnalyticsOptions {
  /** Folder of the cache file. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly memoryMb: number;
  /** Modules of the workspaces (`Workspace.facts`). */
  readonly factSources: readonly URL[];
  /** IANA zone in which days are counted, asked at each `sync`. */
  timeZone(): Promise<string>;
  readonly log: Logger;
  /** See `Analytics.onDemand`; default false. */
  readonly onDemand?: boolean;
  /** Processors the engine may use; default all. */
  readonly threads?: number;
}

/** Starts the analytics thread. A thread that dies fails its calls; the next call starts another. */
export function createAnalytics(options: AnalyticsOptions): Analytics {
  const { log } = options;
  const results = createResultCache<Promise<readonly object[]>>(KEPT_RESULTS);
  let thread: EngineThread | undefined;
  let version = 0;
  let stopped = false;
  let threadsStarted = 0;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function engine(): EngineThread {
    if (stopped) throw analyticsErrors.ANALYTICS_UNAVAILABLE();
    if (thread !== undefined) return thread;
    threadsStarted++;
    thread = startThread(options, {
      opened(opened) {
        version = Math.max(version, opened);
        // The first thread is filled by the product's start; one that found its file gone, by nobody else.
        if (opened === 0 && threadsStarted > 1) {
          analytics.sync().catch((err) => log.error({ err }, 'analytics.refill.failed'));
        }
      },
      exited(error) {
        thread = undefined;
        results.clear();
        if (!stopped) log.error({ err: error }, 'analytics.thread.died');
      },
    });
    return thread;
  }

  async function syncOnce(): Promise<void> {
    const timeZone = await options.timeZone();
    const synced = (await engine().call({ type: 'sync', timeZone })) as number;
    if (synced === version) return;
    version = synced;
    results.clear();
  }

  const analytics: Analytics = {
    onDemand: options.onDemand ?? false,
    async query<R extends object>(sql: string, values: readonly AnalyticsValue[] = []) {
      if (analytics.onDemand && threadsStarted === 0) await analytics.sync();
      const key = JSON.stringify([version, sql, values], plainBigints);
      let result = results.get(key);
      if (result === undefined) {
        result = engine().call({ type: 'query', sql, values }) as Promise<readonly object[]>;
        results.set(key, result);
      }
      return (await result) as readonly R[];
    },
    sync() {
      if (running === undefined) {
        running = syncOnce().finally(() => {
          running = undefined;
        });
        return running;
      }
      // What changed after a run began may have been missed by it: those who ask now share the run after it.
      next ??= running
        .catch(() => {})
        .then(() => {
          next = undefined;
          return analytics.sync();
        });
      return next;
    },
    version: () => version,
    async stop() {
      const ending = thread;
      stopped = true;
      await ending?.close();
    },
  };
  return analytics;
}

interface EngineThread {
  call(request: EngineCall): Promise<unknown>;
  close(): Promise<void>;
}

function startThread(
  options: AnalyticsOptions,
  events: { opened(version: number): void; exited(error: unknown): void },
): EngineThread {
  const workerData: EngineOptions = {
    folder: options.folder,
    databaseUrl: options.databaseUrl,
    memoryMb: options.memoryMb,
    threads: options.threads ?? availableParallelism(),
    factSources: options.factSources.map((url) => url.href),
  };
  const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const calls = new Map<number, PromiseWithResolvers<unknown>>();
  const exit = Promise.withResolvers<void>();
  let calledSoFar = 0;
  let cause: unknown;
  let closing = false;

  worker.on('message', (reply: EngineReply) => {
    switch (reply.type) {
      case 'opened':
        events.opened(reply.version);
        break;
      case 'log':
        options.log[reply.level](reply.fields, reply.event);
        break;
      case 'answer':
        calls.get(reply.id)?.resolve(reply.value);
        calls.delete(reply.id);
        break;
      case 'failure':
        calls.get(reply.id)?.reject(failure(reply.reason));
        calls.delete(reply.id);
        break;
    }
  });
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', () => {
    events.exited(cause);
    for (const call of calls.values()) {
      call.reject(analyticsErrors.ANALYTICS_UNAVAILABLE({}, { cause }));
    }
    exit.resolve();
  });

  /** What is cut short by closing failed for no reason of its own. */
  function failure(reason: string): AppError {
    return closing
      ? analyticsErrors.ANALYTICS_UNAVAILABLE()
      : analyticsErrors.ANALYTICS_FAILED({ reason });
  }

  function call(request: EngineCall): Promise<unknown> {
    const id = ++calledSoFar;
    const pending = Promise.withResolvers<unknown>();
    calls.set(id, pending);
    worker.postMessage({ ...request, id });
    return pending.promise;
  }
  return {
    call,
    async close() {
      closing = true;
      // The thread ends by itself once nothing native is in flight; ending it from here would abort the process.
      await call({ type: 'close' }).catch(() => {});
      await exit.promise;
    },
  };
}

function plainBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
