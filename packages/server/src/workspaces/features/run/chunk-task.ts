import type { MessagePort } from 'node:worker_threads';
import { InvalidInput } from '@kizashi/series';
import { sql } from 'kysely';
import type { Database } from '../../../core/db/database.ts';
import { openDatabase } from '../../../core/db/open-database.ts';
import {
  AppError,
  type AppErrorData,
  type StoredFailure,
  toStoredFailure,
} from '../../../core/errors.ts';
import { createLogger } from '../../../core/log.ts';
import { featuresErrors } from '../errors.ts';
import type { GpuChoice } from '../gpu/open-gpu.ts';
import { gpuForRun } from '../gpu/thread-gpu.ts';
import { nextTimes } from '../next-times.ts';
import { findRun, waitingSeries } from '../store/runs.ts';
import { findSeries, readPoints, type StoredPoints } from '../store/series.ts';
import {
  type FeaturesQuery,
  featuresQuery,
  type RunSeriesRow,
  type SeriesRow,
} from '../store/tables.ts';
import { cacheKey, createResultCache, type ResultCache } from './cache.ts';
import {
  createSeriesComputer,
  MOST_VALUES,
  refuseTooLong,
  type SeriesComputer,
  type SeriesInput,
  type SetResult,
} from './compute-series.ts';
import { computeOnGpu, type GpuResult, hasGpuForm } from './gpu-results.ts';
import { createGroupReader, type GroupReader } from './group-reader.ts';
import type { PlannedSet } from './planned-set.ts';
import { createResultWriter, type SeriesResult, type SetCost } from './result-writer.ts';
import type { NamedBlock } from './rows-json.ts';

export interface ChunkTask {
  readonly databaseUrl: string;
  readonly runId: string;
  readonly epoch: number;
  readonly chunk: number;
  readonly sets: readonly PlannedSet[];
  readonly horizon: number;
  /** Days since 1970-01-01. */
  readonly holidays: readonly number[];
  readonly fresh: boolean;
  readonly cacheMs: number;
  readonly gpu: GpuChoice;
  /** Numbers that a series may have; lower in tests. */
  readonly mostValues?: number;
  /** Told after each transaction. */
  readonly port: MessagePort;
}

/** `stopped`: paused, cancelled or taken over; `failed`: a set failed whose errors end the run, or there is no GPU. */
export type ChunkOutcome =
  | { readonly state: 'done' | 'stopped' }
  | { readonly state: 'failed'; readonly error: AppErrorData };

/**
 * Computes and stores the series of a chunk that are not done yet, one after the other: in memory is one at a time, or with a GPU
 * all of the chunk.
 */
export async function run(task: ChunkTask): Promise<ChunkOutcome> {
  const db = await openDatabase({
    url: task.databaseUrl,
    poolSize: 1,
    log: createLogger({ level: 'silent' }),
  });
  try {
    // It writes much and reads each row once: pages kept for later would be 32 MB a thread for nothing.
    if (db.engine.name === 'sqlite') await sql`pragma cache_size = -2000`.execute(db.query);
    return await computeChunk(db, task);
  } finally {
    task.port.close();
    await db.stop();
  }
}

async function computeChunk(db: Database, task: ChunkTask): Promise<ChunkOutcome> {
  const { runId: id, epoch } = task;
  const query = featuresQuery(db);
  const writer = createResultWriter(
    db,
    { id, epoch },
    { now: Date.now, written: () => task.port.postMessage(null) },
  );
  const worker: Worker = {
    task,
    computer: createSeriesComputer(),
    cache: createResultCache(db, { now: Date.now(), keptMs: task.cacheMs, fresh: task.fresh }),
    groups: createGroupReader(query),
    onGpu: new Set(),
    ready: new Map(),
  };
  const rows = await waitingSeries(query, id, task.chunk);
  try {
    await computeAhead(worker, query, rows);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { state: 'failed', error: error.toData() };
  }
  for (const row of rows) {
    const run = await findRun(query, id);
    if (run?.state !== 'running' || run.epoch !== epoch) return { state: 'stopped' };
    const stored = await readStored(query, row);
    if (stored === undefined) {
      await writer.fail(row, [toStoredFailure(featuresErrors.FEATURES_SERIES_NOT_FOUND())]);
      continue;
    }
    // Rows that an earlier attempt wrote of values that were replaced since are written again.
    const isNewer = stored.series.imported_at > (run.started_at ?? 0);
    const at = isNewer ? { ...row, hist_rows: 0 } : row;
    try {
      const result = await computeSeries(worker, at, stored);
      if (!(await writer.write(at, result))) return { state: 'stopped' };
    } catch (error) {
      if (!(error instanceof RaisedError)) throw error;
      await writer.fail(row, [toStoredFailure(error.failure)]);
      await writer.flush();
      return { state: 'failed', error: error.failure.toData() };
    }
  }
  return { state: (await writer.flush()) ? 'done' : 'stopped' };
}

/** How often a series is read that imports replace again and again. */
const READS = 3;

interface StoredSeries {
  readonly series: SeriesRow;
  readonly points: StoredPoints;
}

/** A series with all its points; undefined when it is gone. */
async function readStored(
  query: FeaturesQuery,
  { loto, unique_id }: RunSeriesRow,
): Promise<StoredSeries | undefined> {
  for (let read = 0; read < READS; read++) {
    const series = await findSeries(query, { loto, uniqueId: unique_id });
    if (series === undefined) return undefined;
    const points = await readPoints(query, series);
    // Fewer: an import replaced the series between the two statements.
    if (points.t.length === series.n) return { series, points };
  }
  return undefined;
}

interface Worker {
  readonly task: ChunkTask;
  readonly computer: SeriesComputer;
  readonly cache: ResultCache;
  readonly groups: GroupReader;
  /** Sets that a GPU computes, and what it has computed, by cache key. */
  onGpu: ReadonlySet<PlannedSet>;
  ready: ReadonlyMap<string, GpuResult>;
}

/**
 * What a GPU computes of a chunk, for all its series at once: one by one it would wait for each of them longer than it works.
 * @throws FEATURES_GPU_NOT_INSTALLED, FEATURES_GPU_ABSENT, FEATURES_GPU_FAILED where the run requires one
 */
async function computeAhead(
  worker: Worker,
  query: FeaturesQuery,
  rows: readonly RunSeriesRow[],
): Promise<void> {
  const { task, cache } = worker;
  const sets = task.gpu.mode === 'off' ? [] : task.sets.filter(hasGpuForm);
  if (sets.length === 0) return;
  const gpu = await gpuForRun(task.gpu);
  if (gpu === undefined) return;
  worker.onGpu = new Set(sets);
  const stored: StoredSeries[] = [];
  for (const row of rows) {
    const one = await readStored(query, row);
    if (one !== undefined) stored.push(one);
  }
  const keys = (planned: PlannedSet) => stored.map(({ series }) => keyOf(worker, planned, series));
  const cached = await cache.find(sets.flatMap(keys));
  const wanted = sets.map((planned) => {
    const inputs = new Map<string, SeriesInput>();
    for (const [k, key] of keys(planned).entries()) {
      if (!cached.has(key)) inputs.set(key, inputOf(task, stored[k]!));
    }
    return { planned, inputs };
  });
  const ready = await computeOnGpu(gpu, task.gpu.mode, wanted, task.mostValues ?? MOST_VALUES);
  if (ready === undefined) worker.onGpu = new Set();
  else worker.ready = ready;
}

/** Where the result of a set is kept, by all that it depends on. */
function keyOf(
  { task, onGpu }: Worker,
  planned: PlannedSet,
  { hash }: SeriesRow,
  group?: { readonly hash: string },
): string {
  // What a set looks at besides the series itself.
  const besides =
    planned.set === 'lottery'
      ? `:${group?.hash ?? ''}`
      : planned.set === 'calendar'
        ? `:${JSON.stringify(task.holidays)}`
        : '';
  return cacheKey(hash + besides, planned, onGpu.has(planned));
}

function inputOf({ holidays }: ChunkTask, { series, points }: StoredSeries): SeriesInput {
  return { timeKind: series.time_kind, t: points.t, y: points.y, holidays };
}

/** A failure of a set whose mode is `raise`. */
class RaisedError extends Error {
  readonly failure: AppError;
  constructor(failure: AppError) {
    super(failure.message);
    this.failure = failure;
  }
}

async function computeSeries(
  worker: Worker,
  row: RunSeriesRow,
  stored: StoredSeries,
): Promise<SeriesResult> {
  const { task, computer, cache, groups, ready } = worker;
  const { series, points } = stored;
  const { t, x } = points;
  const isGame = task.sets.some(({ set }) => set === 'lottery');
  const group = isGame ? await groups.of(series, t, x) : undefined;
  const input: SeriesInput = {
    ...inputOf(task, stored),
    ...(group === undefined ? {} : { game: group.game, draws: group.draws }),
  };
  const keys = new Map(
    task.sets.map((planned) => [planned, keyOf(worker, planned, series, group)]),
  );
  const cached = await cache.find([...keys.values()]);

  const hist: NamedBlock[] = [];
  const futrBlocks: NamedBlock[] = [];
  const stat: string[] = [];
  const messages: StoredFailure[] = [];
  const costs: SetCost[] = [];
  const future = nextTimes(t, series.time_kind, task.horizon);
  let valuesLeft = task.mostValues ?? MOST_VALUES;

  for (const planned of task.sets) {
    const key = keys.get(planned)!;
    const known = cached.get(key);
    const early = ready.get(key);
    const started = performance.now() - (early?.ms ?? 0);
    let result: SetResult | undefined = known ?? early?.result;
    try {
      if (known === undefined && typeof result === 'object')
        refuseTooLong(t.length, result.names.length, valuesLeft);
      result ??= attempt(planned, () => computer.compute(planned, input, valuesLeft));
    } catch (error) {
      const failure = describe(error, planned, row);
      if (planned.errors === 'raise') throw new RaisedError(failure);
      if (planned.errors === 'warn') messages.push(toStoredFailure(failure));
      costs.push({ name: planned.name, ms: performance.now() - started, hits: 0, failures: 1 });
      continue;
    }
    const ms = performance.now() - started;
    costs.push({ name: planned.name, ms, hits: known === undefined ? 0 : 1, failures: 0 });
    if (result === undefined) continue;
    if (known === undefined) await cache.keep(key, result, ms);
    if (typeof result === 'string') {
      stat.push(`${JSON.stringify(planned.name)}:${result}`);
      continue;
    }
    valuesLeft -= result.names.length * t.length;
    hist.push({ set: planned.name, ...result });
    const ahead = future.length === 0 ? undefined : computer.ahead(planned, input, future);
    if (ahead !== undefined) futrBlocks.push({ set: planned.name, ...ahead });
  }
  const isByTime = task.sets.some(({ form }) => form !== 'whole');
  const hasStat = task.sets.some(({ form }) => form === 'whole');
  return {
    t,
    hist,
    futr: { t: futrBlocks.length === 0 ? new Float64Array(0) : future, blocks: futrBlocks },
    stat: hasStat ? `{${stat.join(',')}}` : null,
    writes: { hist: isByTime, futr: task.sets.some(({ set }) => set === 'calendar') },
    messages,
    sets: costs,
  };
}

function attempt<R>({ retries }: PlannedSet, work: () => R): R {
  for (let left = retries; ; left--) {
    try {
      return work();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

function describe(error: unknown, { name }: PlannedSet, row: RunSeriesRow): AppError {
  // Ours and the caller's faults are told as they are; of anything else the words, and the cause stays for the log.
  const isKnown = error instanceof AppError || error instanceof InvalidInput;
  const reason = isKnown || error instanceof Error ? (error as Error).message : String(error);
  const series = `${row.loto}/${row.unique_id}`;
  return featuresErrors.FEATURES_PIPELINE_FAILED({ set: name, series, reason }, { cause: error });
}
