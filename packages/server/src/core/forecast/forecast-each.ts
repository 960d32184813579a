import { basename } from 'node:path';
import {
  FEWEST_POOLED_SERIES,
  type ForecastPointsOptions,
  forecastPoints,
  InvalidInput,
  type TimedPoints,
} from '@kizashi/series';
import type { Compute } from '../compute/compute.ts';
import type { SeriesLayout } from '../series-source/contract.ts';
import { type FileSeries, readFileSeries } from '../series-source/file-series.ts';
import { createSeriesProgress, type ReportProgress } from '../series-source/series-progress.ts';
import type { EventDay } from './contract.ts';
import { forecastErrors } from './errors.ts';
import { createFinishTogether, isDraft } from './finish-together.ts';
import { type AskedForecast, optionInvalid, run } from './forecast-batch-task.ts';
import { knownDays } from './known-days.ts';
import { finishSeries, type SeriesDraft, type UntoldForecast } from './series-forecast.ts';
import { warningText } from './warning-texts.ts';

/** What the forecasts of a file and what is computed from them have in common. */
export interface ForecastRun {
  readonly file: string;
  readonly layout: SeriesLayout;
  /** ISO country of the holidays for `prophet`, and of the days on which a series of business days is closed. */
  readonly country?: string;
  /** Further days that `prophet` should know of. */
  readonly events?: readonly EventDay[];
  /**
   * Whether the widths of intervals are learnt from all series of a step and horizon together, where these are ten or more.
   * Default true. Forecasts are then told after the last was made.
   */
  readonly pooled?: boolean;
  /** Worker threads to forecast with where there is much to do. Default 1: this thread. */
  readonly threads?: number;
  /** Work left that they are started for, default 2,000: what loading the library in each of them costs. */
  readonly worthThreadsMs?: number;
  /** Called when threads are started: what it gives stops them. This thread alone is not interrupted. */
  readonly stopSignal?: () => AbortSignal;
  readonly progress?: ReportProgress;
}

export interface ForecastFileSummary {
  readonly series: number;
  readonly rowsRejected: number;
}

const WORTH_THREADS_MS = 2_000;
/** The first ones are slow: code is loaded and compiled. */
const WARM = 3;
const SLOW_MS = 1_000;
/** Work that a thread is given at once: sending it costs little beside it, and nobody waits long for the last. */
const BATCH_MS = 200;
const MOST_AT_ONCE = 64;
/** Batches in flight for each thread: the next is there when one ends, and little waits in memory. */
const AHEAD = 3;
/** Of so few series it is told how far each is. */
const FEW = 5;

/**
 * Forecasts every series of a CSV or Parquet file, without server or database, and calls back in the order of the file.
 * Neither threads nor the order of the series change the results.
 *
 * @param ask what is asked about a series; its points may be others than those of the file
 * @throws FORECAST_OPTION_INVALID, FORECAST_COUNTRY_UNKNOWN, FORECAST_EVENTS_UNUSED, FORECAST_FUTURE_IN_PAST,
 *   FORECAST_FILE_NO_VALUES, SERIES_…; the reason of `stopSignal`
 */
export async function forecastEach(
  options: ForecastRun,
  model: string,
  ask: (series: FileSeries) => {
    readonly points: TimedPoints;
    readonly options: ForecastPointsOptions;
    readonly futureName?: string;
  },
  onForecast: (id: string, forecast: UntoldForecast) => void,
): Promise<ForecastFileSummary> {
  const { file, layout } = options;
  if ((options.events ?? []).length > 0 && model !== 'prophet') {
    throw forecastErrors.FORECAST_EVENTS_UNUSED({ model });
  }
  const { closedDays, events } = await knownDays(options.country, options.events);
  const progress = createSeriesProgress(options.progress);
  const reading = await readFileSeries(file, layout, progress.read);
  const asked = (series: FileSeries): AskedForecast => {
    const { points, options: own, futureName = file } = ask(series);
    const { id, timeKind, unsorted } = series;
    const additive = { ...own.additive, events };
    const name = basename(futureName);
    return {
      id,
      points,
      timeKind,
      unsorted,
      options: { ...own, closedDays, additive },
      futureName: name,
    };
  };
  const together =
    options.pooled !== false && reading.series >= FEWEST_POOLED_SERIES
      ? createFinishTogether()
      : null;
  // Nothing is said of series without a forecast before there is one: without any, the whole file is refused.
  const waiting: [string, UntoldForecast][] = [];
  let forecasts = 0;
  const finished = (id: string, forecast: UntoldForecast): void => {
    if (forecast.model !== null) forecasts++;
    waiting.push([id, forecast]);
    if (forecasts > 0) for (const one of waiting.splice(0)) onForecast(...one);
  };
  const made = (
    batch: readonly { readonly id: string }[],
    results: readonly (SeriesDraft | UntoldForecast)[],
  ): void => {
    for (const [i, { id }] of batch.entries()) {
      const result = results[i]!;
      if (together !== null) together.add(id, result);
      else finished(id, isDraft(result) ? finishSeries(result, null) : result);
      progress.made(reading.series);
    }
  };
  try {
    const each = reading.each();
    let done = 0;
    const few = reading.series <= FEW;
    const onProgress = (share: number) => progress.within(share, reading.series);
    for (let next = each.next(); next.done !== true; next = each.next()) {
      const began = performance.now();
      const one = asked(next.value);
      made([next.value], run([few ? { ...one, options: { ...one.options, onProgress } } : one]));
      done++;
      const took = performance.now() - began;
      const left = took * (reading.series - done);
      const isKnown = done >= WARM || took >= SLOW_MS;
      const { threads = 1, worthThreadsMs = WORTH_THREADS_MS } = options;
      if (threads < 2 || !isKnown || left <= worthThreadsMs) continue;
      const atOnce = Math.min(MOST_AT_ONCE, Math.max(1, Math.round(BATCH_MS / took)));
      await inThreads(each, { threads, atOnce, stopSignal: options.stopSignal }, asked, made);
    }
    for (const { id, forecast } of together?.each() ?? []) finished(id, forecast);
  } finally {
    reading.close();
    together?.close();
  }
  if (forecasts === 0) {
    const [, refused] = waiting[0] ?? [];
    const last = refused?.warnings.at(-1);
    throw forecastErrors.FORECAST_FILE_NO_VALUES({
      name: basename(file),
      reason: last === undefined ? '' : warningText(last, 'en'),
      reasonJa: last === undefined ? '' : warningText(last, 'ja'),
    });
  }
  return { series: reading.series, rowsRejected: reading.rowsRejected };
}

/** Forecasts what is left. */
async function inThreads(
  left: Iterable<FileSeries>,
  {
    threads,
    atOnce,
    stopSignal,
  }: {
    readonly threads: number;
    readonly atOnce: number;
    readonly stopSignal: ForecastRun['stopSignal'] | undefined;
  },
  asked: (series: FileSeries) => AskedForecast,
  made: (
    batch: readonly { readonly id: string }[],
    results: readonly (SeriesDraft | UntoldForecast)[],
  ) => void,
): Promise<void> {
  // Loaded here: most files need no threads.
  const { createCompute } = await import('../compute/worker-pool.ts');
  const compute: Compute = createCompute({ threads });
  const signal = stopSignal?.();
  const task = new URL('./forecast-batch-task.ts', import.meta.url);
  const underWay: [{ readonly id: string }[], Promise<(SeriesDraft | UntoldForecast)[]>][] = [];
  const takeOldest = async (): Promise<void> => {
    const [batch, results] = underWay.shift()!;
    made(batch, await results);
  };
  const send = (batch: FileSeries[]): void => {
    const results = compute.run<(SeriesDraft | UntoldForecast)[]>(task, batch.map(asked), {
      ...(signal && { signal }),
    });
    // The oldest is waited for: one that fails before its turn must not count as unheard.
    results.catch(() => undefined);
    underWay.push([batch.map(({ id }) => ({ id })), results]);
  };
  try {
    let batch: FileSeries[] = [];
    for (const series of left) {
      batch.push(series);
      if (batch.length < atOnce) continue;
      send(batch);
      batch = [];
      if (underWay.length >= AHEAD * threads) await takeOldest();
    }
    if (batch.length > 0) send(batch);
    while (underWay.length > 0) await takeOldest();
  } finally {
    await compute.stop();
  }
}

/** Before any reading: a wrong option must not cost the reading of a large file. @throws FORECAST_OPTION_INVALID */
export function requireForecastOptions(options: ForecastPointsOptions): void {
  const one = Float64Array.of(0);
  try {
    forecastPoints({ t: one, y: one }, options);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw optionInvalid(error);
  }
}
