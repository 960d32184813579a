import {
  type AutoForecastResult,
  bucketStart,
  createZoneCalendar,
  isoDate,
  type NoForecast,
  nextBucketStart,
  parseIsoDate,
  type Scores,
} from '@kizashi/series';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Compute } from '../compute/compute.ts';
import type { Locale } from '../errors.ts';
import { completeHistory } from '../measures/history.ts';
import type { Measure, MeasureSeries } from '../measures/measure.ts';
import type { OrganisationSettings } from '../settings/settings.ts';
import type { ForecastReply, forecastModelSchema, scoresSchema } from './contract.ts';
import { forecastErrors } from './errors.ts';
import type { OneStep } from './forecast-task.ts';
import { createRememberedTask } from './remembered-task.ts';
import { seasonLength } from './season-length.ts';
import { warningText } from './warning-texts.ts';

export interface ForecastRequest {
  readonly measure: Measure;
  readonly horizon: number;
  readonly bucket: 'day' | 'week' | 'month';
  readonly model: z.infer<typeof forecastModelSchema>;
  readonly levels: readonly number[];
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface CheckedPoint {
  /** First local day of the bucket. */
  readonly t: string;
  readonly y: number | null;
  readonly expected: OneStep | null;
}

/** Forecasts of measures: history from the measure, numbers from a worker thread. */
export interface Forecasts {
  /** @throws FORECAST_NO_HISTORY */
  forecast(request: ForecastRequest, locale: Locale, signal?: AbortSignal): Promise<ForecastReply>;
  /**
   * The newest `count` whole buckets with, when `level` is given, the interval that was expected for each from the ones
   * before it. Empty when there are none.
   */
  check(
    request: Pick<ForecastRequest, 'measure' | 'bucket' | 'filters'>,
    options: { count: number; level?: number },
    signal?: AbortSignal,
  ): Promise<readonly CheckedPoint[]>;
}

export function createForecasts(deps: {
  compute: Compute;
  settings: OrganisationSettings;
  clock: Clock;
}): Forecasts {
  const task = createRememberedTask(deps.compute);

  async function calendar() {
    const { timeZone, weekStartsOn } = await deps.settings.get();
    const today = createZoneCalendar(timeZone).dayOf(deps.clock.now());
    return { today, weekStart: weekStartsOn === 7 ? ('sunday' as const) : ('monday' as const) };
  }

  return {
    async forecast(request, locale, signal) {
      const { measure, bucket, horizon } = request;
      const noHistory = () =>
        forecastErrors.FORECAST_NO_HISTORY({ bucket, measure: measure.title[locale] });
      const { today, weekStart } = await calendar();
      const history = await completeHistory(measure, request, { today, weekStart });
      if (history === undefined || history.y.length === 0) throw noHistory();
      const y = toValues(history);
      const levels = [...new Set(request.levels)];
      const m = seasonLength(bucket, y.length);
      const options = {
        m,
        h: horizon,
        levels,
        nonNegative: measure.nonNegative,
        ...(request.model === 'auto' ? {} : { model: request.model }),
      };
      const result = await task<AutoForecastResult | NoForecast>('run', { y, options }, signal);
      if (result.status === 'no-data') throw noHistory();
      return {
        measure: {
          id: measure.id,
          title: measure.title,
          unit: measure.unit,
          dimensions: [...measure.dimensions],
        },
        bucket,
        model: result.model,
        seasonLength: m,
        history: { t: [...history.t], y: [...history.y] },
        t: nextBuckets(history.t.at(-1)!, horizon, bucket, weekStart),
        mean: [...result.forecast.mean],
        intervals: intervalsOf(result),
        backtest: backtestOf(result),
        warnings: result.warnings.map((warning) => ({
          code: warning.code,
          message: warningText(warning, locale),
        })),
      };
    },

    async check(request, { count, level }, signal) {
      const history = await completeHistory(request.measure, request, await calendar());
      if (history === undefined) return [];
      const points = history.t.slice(-count).map((t, i, { length }) => ({
        t,
        y: history.y[history.y.length - length + i] ?? null,
        expected: null as OneStep | null,
      }));
      if (level === undefined) return points;
      const y = toValues(history);
      const { nonNegative } = request.measure;
      const steps = await task<readonly (OneStep | null)[]>(
        'oneStepAhead',
        { y, count: points.length, bucket: request.bucket, options: { nonNegative, level } },
        signal,
      );
      return points.map((point, i) => ({ ...point, expected: steps[i] ?? null }));
    },
  };
}

function toValues(history: MeasureSeries): Float64Array<ArrayBuffer> {
  return Float64Array.from(history.y, (value) => value ?? Number.NaN);
}

function nextBuckets(
  last: string,
  count: number,
  bucket: 'day' | 'week' | 'month',
  weekStart: 'monday' | 'sunday',
): string[] {
  const days: string[] = [];
  let day = bucketStart(parseIsoDate(last), bucket, weekStart);
  for (let i = 0; i < count; i++) {
    day = nextBucketStart(day, bucket, weekStart);
    days.push(isoDate(day));
  }
  return days;
}

function intervalsOf(result: AutoForecastResult): ForecastReply['intervals'] {
  return result.forecast.intervals
    .map(({ level, lower, upper }) => ({
      level,
      lower: [...lower],
      upper: [...upper],
      coverage: result.coverage.find((measured) => measured.level === level)?.coverage ?? null,
      width: lower.reduce((sum, low, i) => sum + (upper[i]! - low), 0) / lower.length,
      method: result.warnings.some(
        (w) => w.code === 'intervals-from-model' && w.values.level === level,
      )
        ? ('model' as const)
        : ('conformal' as const),
    }))
    .sort((a, b) => a.level - b.level);
}

function backtestOf(result: AutoForecastResult): ForecastReply['backtest'] {
  const model = result.candidates.find(({ choice }) => choice === result.choice);
  const naive = result.candidates.find(({ choice }) => choice === 'seasonal-naive');
  if (!model || !naive) return null;
  const { mae } = naive.scores;
  return {
    folds: result.origins.length,
    horizon: result.testedSteps,
    model: scoresOf(model.scores),
    seasonalNaive: scoresOf(naive.scores),
    ratio: model.scores.mae === null || !mae ? null : model.scores.mae / mae,
  };
}

function scoresOf({ mae, rmse, mape, smape, mase, bias }: Scores): z.infer<typeof scoresSchema> {
  return { mae, rmse, mape, smape, mase, bias };
}
