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
  type Words,
} from '../../../core/errors.ts';
import { invalidInputWords } from '../../../core/invalid-input-words.ts';
import { createLogger } from '../../../core/log.ts';
import { featuresErrors } from '../errors.ts';
import type { GpuChoice } from '../gpu/open-gpu.ts';
import { nextTimes } from '../next-times.ts';
import { findRun, waitingSeries } from '../store/runs.ts';
import { featuresQuery, type RunSeriesRow } from '../store/tables.ts';
import { createResultCache, type ResultCache } from './cache.ts';
import {
  createSeriesComputer,
  MOST_VALUES,
  refuseTooLong,
  type SeriesComputer,
  type SeriesInput,
  type SetResult,
} from './compute-series.ts';
import { computeAhead, type GpuAhead } from './gpu-ahead.ts';
import { createGroupReader, type GroupReader } from './group-reader.ts';
import type { PlannedSet } from './planned-set.ts';
import { createResultWriter, type SeriesResult, type SetCost } from './result-writer.ts';
import type { NamedBlock } from './rows-json.ts';
import { inputOf, keyOf, readStored, type StoredSeries } from './stored-series.ts';

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
  const rows = await waitingSeries(query, id, task.chunk);
  const cache = createResultCache(db, { now: Date.now(), keptMs: task.cacheMs, fresh: task.fresh });
  let gpu: GpuAhead;
  try {
    gpu = await computeAhead({ task, cache, query, rows });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { state: 'failed', error: error.toData() };
  }
  const worker: Worker = {
    task,
    computer: createSeriesComputer(),
    cache,
    groups: createGroupReader(query),
    gpu,
  };
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

interface Worker {
  readonly task: ChunkTask;
  readonly computer: SeriesComputer;
  readonly cache: ResultCache;
  readonly groups: GroupReader;
  readonly gpu: GpuAhead;
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
  { task, computer, cache, groups, gpu }: Worker,
  row: RunSeriesRow,
  stored: StoredSeries,
): Promise<SeriesResult> {
  const { series, points } = stored;
  const { t, x } = points;
  const isGame = task.sets.some(({ set }) => set === 'lottery');
  const group = isGame ? await groups.of(series, t, x) : undefined;
  const input: SeriesInput = {
    ...inputOf(task, stored),
    ...(group === undefined ? {} : { game: group.game, draws: group.draws }),
  };
  const keys = new Map(
    task.sets.map((planned) => [
      planned,
      keyOf({ planned, series, group, task, isGpu: gpu.sets.has(planned) }),
    ]),
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
    const early = gpu.ready.get(key);
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

function reasonOf(error: unknown): string | Words {
  if (error instanceof AppError) return { en: error.text('en'), ja: error.text('ja') };
  if (error instanceof InvalidInput) return invalidInputWords(error);
  return error instanceof Error ? error.message : String(error);
}

function describe(error: unknown, { name }: PlannedSet, row: RunSeriesRow): AppError {
  // Ours and the caller's faults are told as they are; of anything else the words, and the cause stays for the log.
  const reason = reasonOf(error);
  const series = `${row.loto}/${row.unique_id}`;
  return featuresErrors.FEATURES_PIPELINE_FAILED({ set: name, series, reason }, { cause: error });
}
