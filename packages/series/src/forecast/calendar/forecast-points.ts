import { InvalidInput, requireLevels, requireWhole, show } from '../../invalid-input.ts';
import { fitAdditive } from '../additive/fit-additive.ts';
import type { AdditiveOptions } from '../additive/options.ts';
import { autoForecast } from '../auto-forecast.ts';
import type { AutoForecastOptions } from '../auto-options.ts';
import { backtest } from '../backtest/backtest.ts';
import type { Scores } from '../backtest/scores.ts';
import { shortestTraining } from '../backtest/shortest-training.ts';
import { calibrateConformal, conformalForecast } from '../conformal.ts';
import { roundOutwards } from '../integer.ts';
import type { LstmOptions } from '../lstm/fit-lstm.ts';
import { clampAtZero } from '../non-negative.ts';
import { LARGEST_VALUE } from '../prepared-series.ts';
import type { Forecast, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import {
  additiveInput,
  type ModelContext,
  POINT_MODELS,
  type PointModel,
  pointModel,
} from './point-models.ts';
import {
  type NoSeries,
  type RegularOptions,
  type RegularSeries,
  type TimedPoints,
  toRegularSeries,
} from './regular-series.ts';
import { fixedLength, usualSeasons } from './time-step.ts';

export interface ForecastPointsOptions extends Omit<RegularOptions, 'h'> {
  /** Steps ahead, 1 to 10,000. */
  readonly h: number;
  /** Default `auto`. */
  readonly model?: PointModel;
  /** Levels of the intervals; default 0.8 and 0.95. */
  readonly levels?: readonly number[];
  /**
   * Intervals from past errors (`conformal`) or as the model has them (`model`). Default: `model` for `prophet`, which
   * simulates them, `conformal` for all others; `auto` has no other.
   */
  readonly intervals?: 'conformal' | 'model';
  /** Whether the quantity cannot be negative; `auto` (default): when no value is. */
  readonly nonNegative?: boolean | 'auto';
  /** Whether the quantity is counted in whole numbers: interval ends are rounded outwards. Default false. */
  readonly integer?: boolean;
  /** For `prophet`: growth, events (holidays) and the like. Events count for steps up to a day. */
  readonly additive?: Omit<AdditiveOptions, 'regressors' | 'timeZone' | 'nonNegative'> &
    Pick<ModelContext, 'cap' | 'floor'>;
  readonly lstm?: Pick<LstmOptions, 'seed' | 'shouldStop'>;
}

/** A model at several past origins beside the seasonal naive. */
export interface PointsBacktest {
  /** Steps ahead that were tested. */
  readonly h: number;
  /** Number of past origins. */
  readonly origins: number;
  readonly model: Scores;
  readonly seasonalNaive: Scores;
  /** How often past values fell into intervals made as these are; null where too few could be tested. */
  readonly coverage: readonly { readonly level: number; readonly coverage: number | null }[];
}

/** A forecast of values at any times, with everything needed to judge it. Plain data. */
export interface PointsForecast {
  readonly status: 'ok';
  /** As a statistician writes it. */
  readonly model: string;
  readonly asked: PointModel;
  /** What was forecast from. */
  readonly series: RegularSeries;
  /** Mean and intervals at `series.future.t`. */
  readonly forecast: Forecast;
  /** null where the series is too short to test. */
  readonly backtest: PointsBacktest | null;
  /** For `prophet`: trend, seasons, events and regressors, in the unit of y; they add up to the mean. */
  readonly components: Readonly<Record<string, Float64Array>> | null;
  readonly warnings: readonly SeriesWarning[];
}

const MOST_STEPS = 10_000;
const DEFAULT_LEVELS: readonly number[] = [0.8, 0.95];
const DAY = 86_400_000;

/**
 * Forecasts values at any times: puts them on a regular grid (`toRegularSeries`), forecasts with the model that is asked for, or
 * with the average of the best, makes intervals and tests it on the past.
 *
 * @returns `no-data` when there is no value; otherwise a forecast without any `NaN`.
 * @throws InvalidInput as `toRegularSeries`; (`h`, `levels`, `model`), and what the options of the model are refused for.
 *
 * Cost: that of `autoForecast`, or about ten fits of the model (five where one is slow).
 *
 * @example forecastPoints({ t, y }, { h: 28, model: 'prophet', additive: { events } }).forecast.mean
 */
export function forecastPoints(
  points: TimedPoints,
  options: ForecastPointsOptions,
): PointsForecast | NoSeries {
  const { h, model = 'auto', levels = DEFAULT_LEVELS, timeZone = 'UTC' } = options;
  requireWhole('h', h, 1, MOST_STEPS);
  requireLevels(levels);
  if (!POINT_MODELS.includes(model)) {
    throw new InvalidInput(
      'model',
      `must be one of ${POINT_MODELS.join(', ')}, got ${show(model)}`,
    );
  }
  const series = toRegularSeries(points, options);
  if (series.status !== 'ok') return series;
  const { y, m } = series;
  const tooLarge = y.find((value) => Math.abs(value) > LARGEST_VALUE);
  if (tooLarge !== undefined) {
    throw new InvalidInput('y', `must lie within ±${LARGEST_VALUE}, got ${tooLarge}`);
  }
  const known = knownColumns(series);
  const isIndex = options.timeKind === 'index';
  const daily =
    (fixedLength(series.step) ?? DAY) <= DAY && !['week', 'month'].includes(series.step.unit);
  const { cap, floor, ...additive } = options.additive ?? {};
  const context: ModelContext = {
    m,
    ...(cap === undefined ? {} : { cap }),
    ...(floor === undefined ? {} : { floor }),
    t: isIndex ? null : joined(series.t, series.future.t),
    x: known,
    additive: {
      ...additive,
      timeZone,
      events: daily ? (additive.events ?? []) : [],
    },
    lstm: options.lstm ?? {},
  };
  const made =
    model === 'auto'
      ? automatic(series, { h, levels, ...autoSeasons(series, options) })
      : single(series, context, { h, levels, model, intervals: options.intervals });
  const warnings = [...series.warnings, ...made.warnings];
  const columns = Object.keys(series.future.x).length;
  const used = model !== 'auto' && pointModel(model).usesColumns ? Object.keys(known).length : 0;
  if (columns > used) warnings.push(warning('columns-unused', { columns: columns - used }));
  const { nonNegative = 'auto' } = options;
  const result = finished(made.forecast, {
    nonNegative: nonNegative === 'auto' ? !y.some((value) => value < 0) : nonNegative,
    integer: options.integer ?? false,
  });
  if (result.clamped > 0) warnings.push(warning('clamped-at-zero', { steps: result.clamped }));
  return {
    status: 'ok',
    model: made.model,
    asked: model,
    series,
    forecast: result.forecast,
    backtest: made.backtest,
    components: made.components,
    warnings: distinct(warnings),
  };
}

interface Made extends Pick<PointsForecast, 'model' | 'forecast' | 'backtest' | 'components'> {
  readonly warnings: readonly SeriesWarning[];
}

/** What is known of the seasons; the rest is detected. */
function autoSeasons(
  { y, m, step }: RegularSeries,
  given: ForecastPointsOptions,
): Pick<AutoForecastOptions, 'm' | 'seasons'> {
  if (given.m !== undefined) return { m };
  if (step.unit === 'index') return {};
  // A year of weeks and a week of hours are too weak for a test at times: they are tried wherever two of them were seen.
  const tried = ['week', 'hour'].includes(step.unit)
    ? usualSeasons(step).filter((one) => y.length >= 2 * one)
    : [];
  if (tried.length === 0) return { m };
  return step.unit === 'week' ? { seasons: tried } : { m, seasons: tried };
}

function automatic({ y }: RegularSeries, options: AutoForecastOptions): Made {
  const result = autoForecast(y, options);
  if (result.status !== 'ok') throw new Error('a regular series holds a value');
  const scoresOf = (choice: string) =>
    result.candidates.find((candidate) => candidate.choice === choice)?.scores;
  const tested = scoresOf(result.choice);
  const naive = scoresOf('seasonal-naive');
  return {
    model: result.model,
    forecast: result.forecast,
    backtest:
      tested === undefined || naive === undefined
        ? null
        : {
            h: result.testedSteps,
            origins: result.origins.length,
            model: tested,
            seasonalNaive: naive,
            coverage: result.coverage,
          },
    components: null,
    warnings: result.warnings,
  };
}

function single(
  { y, m, t }: RegularSeries,
  context: ModelContext,
  asked: {
    readonly h: number;
    readonly levels: readonly number[];
    readonly model: Exclude<PointModel, 'auto'>;
    readonly intervals: ForecastPointsOptions['intervals'];
  },
): Made {
  const { h, levels, model } = asked;
  const { fit: fitOf, pastFits } = pointModel(model);
  const fit = fitOf(context);
  const fitted = fit(y);
  const warnings = [...fitted.warnings];
  const isProphet = model === 'prophet';
  const conformal = (asked.intervals ?? (isProphet ? 'model' : 'conformal')) === 'conformal';
  let forecast: Forecast;
  let components: Made['components'] = null;
  let coverage: PointsBacktest['coverage'] | null = null;
  if (isProphet) {
    const [points, options] = additiveInput(context);
    const past = { ...points, t, regressors: between(points.regressors ?? {}, 0, t.length) };
    const later = {
      ...points,
      t: points.t!.subarray(t.length),
      regressors: between(points.regressors ?? {}, t.length, t.length + h),
    };
    const made = fitAdditive({ ...past, y }, options).predict(later, conformal ? [] : levels);
    forecast = { mean: made.mean, intervals: made.intervals };
    components = {
      trend: made.trend,
      ...Object.fromEntries(made.components.map(({ name, contribution }) => [name, contribution])),
    };
  } else {
    forecast = fitted.forecast(h, conformal ? [] : levels);
  }
  if (conformal) {
    const calibration = calibrateConformal(y, { model: fit, m, h, levels, fits: pastFits });
    const result = conformalForecast(fitted, calibration, levels);
    forecast = { mean: forecast.mean, intervals: result.forecast.intervals };
    warnings.push(...result.warnings);
    coverage = calibration.coverage;
  }
  // Of a short series fewer steps can be tested.
  const testedSteps = Math.min(h, Math.floor((y.length - shortestTraining(y, m)) / 2));
  const test =
    testedSteps < 1
      ? null
      : backtest(y, { model: fit, m, h: testedSteps, levels, folds: pastFits });
  if (test?.status !== 'ok') warnings.push(warning('too-short-for-backtest', { n: y.length, h }));
  return {
    model: fitted.name,
    forecast,
    backtest:
      test?.model == null || test.seasonalNaive === null
        ? null
        : {
            h: testedSteps,
            origins: test.origins.length,
            model: test.model,
            seasonalNaive: test.seasonalNaive,
            coverage: coverage ?? test.model.levels,
          },
    components,
    warnings,
  };
}

function finished(
  forecast: Forecast,
  { nonNegative, integer }: { readonly nonNegative: boolean; readonly integer: boolean },
): { readonly forecast: Forecast; readonly clamped: number } {
  const result = nonNegative ? clampAtZero(forecast) : { forecast, clamped: 0 };
  return integer ? { ...result, forecast: roundOutwards(result.forecast) } : result;
}

/** Columns that have a value at every time, the future included. */
function knownColumns({ x, future }: RegularSeries): Record<string, Float64Array> {
  return Object.fromEntries(
    Object.entries(x).flatMap(([name, past]) => {
      const all = joined(past, future.x[name] ?? new Float64Array(0));
      return all.length === past.length + future.t.length && all.every(Number.isFinite)
        ? [[name, all]]
        : [];
    }),
  );
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function between(
  columns: Readonly<Record<string, Float64Array>>,
  from: number,
  to: number,
): Record<string, Float64Array> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, values.subarray(from, to)]),
  );
}

function distinct(warnings: readonly SeriesWarning[]): SeriesWarning[] {
  return warnings.filter(
    ({ message }, i) => warnings.findIndex((other) => other.message === message) === i,
  );
}
