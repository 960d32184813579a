import { InvalidInput, requireLevels, requireWhole, show } from '../../invalid-input.ts';
import { fitAdditive } from '../additive/fit-additive.ts';
import { autoParts } from '../auto-forecast.ts';
import { type AutoForecastOptions, settle } from '../auto-options.ts';
import { backtest } from '../backtest/backtest.ts';
import { planRolling, rollForecasts } from '../backtest/rolling-forecasts.ts';
import { shortestTraining } from '../backtest/shortest-training.ts';
import type { IntervalParts } from '../interval-parts.ts';
import { ONE_SIGMA } from '../one-sigma.ts';
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
import type {
  ForecastPointsOptions,
  ModelDraft,
  PointsDraft,
  PointsForecast,
} from './points-forecast.ts';
import {
  type NoSeries,
  type RegularSeries,
  type TimedPoints,
  toRegularSeries,
} from './regular-series.ts';
import { fixedLength, usualSeasons } from './time-step.ts';

const MOST_STEPS = 10_000;
const DEFAULT_LEVELS: readonly number[] = [0.8, 0.95];
const DAY = 86_400_000;
/** Past forecasts that intervals are made from. */
const ORIGINS = 60;
/** Shares of the work of one model: its fit, and the fits of the past that intervals need. */
const AFTER_FIT = 0.2;
const AFTER_PAST = 0.6;

/**
 * `forecastPoints` without its intervals, for many series: draft each, learn from those of equal `poolName` together what errors
 * usually are (`poolPoints`), and finish each with that (`finishPoints`).
 *
 * @param points, options as for `forecastPoints`.
 * @returns a draft, plain data that can be sent between threads; or why there is no series, as `forecastPoints`.
 * @throws InvalidInput as `forecastPoints`.
 *
 * Cost: that of `forecastPoints`; 60 past forecasts stay in the draft, h · 24 bytes each.
 */
export function draftPoints(
  points: TimedPoints,
  options: ForecastPointsOptions,
): PointsDraft | NoSeries {
  const { h, model = 'auto', levels = DEFAULT_LEVELS, timeZone = 'UTC' } = options;
  const { onProgress = () => {} } = options;
  requireWhole('h', h, 1, MOST_STEPS);
  requireLevels(levels);
  if (!POINT_MODELS.includes(model)) {
    throw new InvalidInput(
      'model',
      `must be one of ${POINT_MODELS.join(', ')}, got ${show(model)}`,
    );
  }
  const regular = toRegularSeries(points, options);
  if (regular.status !== 'ok') return regular;
  const series = withoutUnseenSeason(regular, model);
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
  const [made, notes, components] =
    model === 'auto'
      ? automatic(series, { h, levels, ...autoSeasons(series, options) }, onProgress)
      : single(series, context, { h, levels, model, intervals: options.intervals, onProgress });
  const warnings = [...series.warnings, ...notes];
  const columns = Object.keys(series.future.x).length;
  const used = model !== 'auto' && pointModel(model).usesColumns ? Object.keys(known).length : 0;
  if (columns > used) warnings.push(warning('columns-unused', { columns: columns - used }));
  const { nonNegative = 'auto', integer = false } = options;
  return {
    status: 'ok',
    asked: model,
    series,
    made,
    components,
    nonNegative: nonNegative === 'auto' ? !y.some((value) => value < 0) : nonNegative,
    integer,
    warnings,
  };
}

/** A season that was asked for but not seen twice says nothing; the seasonal naive can repeat one. */
function withoutUnseenSeason(series: RegularSeries, model: PointModel): RegularSeries {
  const { y, m } = series;
  const seen = m * (model === 'seasonal-naive' ? 1 : 2);
  if (m === 1 || y.length >= seen) return series;
  const note = warning('too-short-for-season', { n: y.length, m });
  return { ...series, m: 1, warnings: [...series.warnings, note] };
}

type Drafted = readonly [
  PointsDraft['made'],
  warnings: readonly SeriesWarning[],
  components: PointsForecast['components'],
];

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

function automatic(
  { y }: RegularSeries,
  options: AutoForecastOptions,
  onProgress: (done: number) => void,
): Drafted {
  const parts = autoParts(y, settle(y, options), onProgress);
  if (parts === null) throw new Error('a regular series holds a value');
  return [{ kind: 'auto', parts }, [], null];
}

function single(
  { y, m, t }: RegularSeries,
  context: ModelContext,
  asked: {
    readonly h: number;
    readonly levels: readonly number[];
    readonly model: Exclude<PointModel, 'auto'>;
    readonly intervals: ForecastPointsOptions['intervals'];
    readonly onProgress: (done: number) => void;
  },
): Drafted {
  const { h, levels, model, onProgress } = asked;
  const { fit: fitOf, pastFits } = pointModel(model);
  const fit = fitOf(context);
  const fitted = fit(y);
  const warnings = [...fitted.warnings];
  onProgress(AFTER_FIT);
  const isProphet = model === 'prophet';
  const conformal = (asked.intervals ?? (isProphet ? 'model' : 'conformal')) === 'conformal';
  let forecast: Forecast;
  let components: PointsForecast['components'] = null;
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
  const parts = conformal ? intervalParts() : null;
  onProgress(AFTER_PAST);
  // Of a short series fewer steps can be tested.
  const testedSteps = Math.min(h, Math.floor((y.length - shortestTraining(y, m)) / 2));
  const test =
    testedSteps < 1
      ? null
      : backtest(y, { model: fit, m, h: testedSteps, levels, folds: pastFits });
  if (test?.status !== 'ok') warnings.push(warning('too-short-for-backtest', { n: y.length, h }));
  const made: ModelDraft = {
    kind: 'model',
    model: fitted.name,
    forecast,
    parts,
    backtest:
      test?.model == null || test.seasonalNaive === null
        ? null
        : {
            h: testedSteps,
            origins: test.origins.length,
            model: test.model,
            seasonalNaive: test.seasonalNaive,
            coverage: test.model.levels,
          },
  };
  return [made, warnings, components];

  function intervalParts(): IntervalParts {
    const plan = planRolling(y, m, { h, origins: ORIGINS });
    return {
      ...{ history: y, m, h, levels },
      base: fitted.forecast(h, [ONE_SIGMA]),
      folds: rollForecasts(y, fit, plan, { h, fits: pastFits }),
    };
  }
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
