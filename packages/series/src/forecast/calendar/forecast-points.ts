import { finishForecast } from '../auto-forecast.ts';
import { roundOutwards } from '../integer.ts';
import { type IntervalParts, makeIntervals } from '../interval-parts.ts';
import { clampAtZero } from '../non-negative.ts';
import { FEWEST_POOLED_SERIES } from '../panel/forecast-panel.ts';
import { poolErrors } from '../panel/pool-errors.ts';
import type { Forecast, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import type { WidthBelief } from '../width-factor.ts';
import { draftPoints } from './draft-points.ts';
import type {
  AutoDraft,
  ForecastPointsOptions,
  ModelDraft,
  PointsDraft,
  PointsForecast,
} from './points-forecast.ts';
import type { NoSeries, TimedPoints } from './regular-series.ts';
import { stepLabel } from './time-step.ts';

/**
 * Forecasts values at any times: puts them on a regular grid (`toRegularSeries`), forecasts with the model that is asked for, or
 * with the average of the best, makes intervals and tests it on the past. Many series that are alike: `draftPoints`.
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
  const draft = draftPoints(points, options);
  return draft.status === 'ok' ? finishPoints(draft) : draft;
}

/**
 * What drafts have to share for their errors to say something about each other's: step and horizon, as `day, 28 steps`.
 *
 * @returns null where a draft has nothing to learn or to tell: its intervals are the model's own.
 */
export function poolName({ made, series }: PointsDraft): string | null {
  const parts = partsOf(made);
  return parts && `${stepLabel(series.step)}, ${parts.h} steps`;
}

/** What errors usually are, learnt from many series; for `finishPoints`. */
export interface PointsPool {
  readonly belief: WidthBelief;
  /** How many it was learnt from. */
  readonly series: number;
}

/**
 * Learns from the past errors of many series what errors usually are: how much larger than the deviations that models state, step
 * by step, and how heavy their tails. Each error is taken in the scale of its own series.
 *
 * @param drafts of equal `poolName`; walked twice. Their order changes nothing.
 * @returns null for fewer than ten: each is then finished by itself.
 *
 * Cost: two walks over 60 past forecasts of each, and sorting their errors.
 * Source: as `forecastPanel`, of which this is the form for values at any times.
 */
export function poolPoints(drafts: Iterable<PointsDraft>): PointsPool | null {
  let series = 0;
  for (const _ of drafts) series++;
  if (series < FEWEST_POOLED_SERIES) return null;
  const members = {
    *[Symbol.iterator]() {
      for (const { made } of drafts) {
        const parts = partsOf(made);
        if (parts !== null) yield parts;
      }
    },
  };
  return { belief: poolErrors(members), series };
}

/**
 * The forecast of a draft with its intervals. They contain the mean, and a higher level contains the lower ones.
 *
 * @param pool of the drafts that have its `poolName`; default null: the widths come from past errors of the series itself.
 * @returns as `forecastPoints`; `intervals.series` says of how many series the errors were.
 *
 * Cost: O(60² · h) for the coverage on the past, no fit.
 */
export function finishPoints(draft: PointsDraft, pool: PointsPool | null = null): PointsForecast {
  const { made, series, components } = draft;
  const finished = made.kind === 'auto' ? finishAuto(made, pool) : finishModel(made, pool);
  const warnings = [...draft.warnings, ...finished.warnings];
  const result = withinBounds(finished.forecast, draft);
  if (result.clamped > 0) warnings.push(warning('clamped-at-zero', { steps: result.clamped }));
  return {
    status: 'ok',
    model: finished.model,
    asked: draft.asked,
    series,
    forecast: result.forecast,
    intervals:
      partsOf(made) === null
        ? { kind: 'model', series: 1 }
        : { kind: 'conformal', series: pool?.series ?? 1 },
    backtest: finished.backtest,
    components,
    warnings: distinct(warnings),
  };
}

function partsOf(made: PointsDraft['made']): IntervalParts | null {
  return made.kind === 'auto' ? made.parts.intervals : made.parts;
}

type Finished = Pick<PointsForecast, 'model' | 'forecast' | 'backtest' | 'warnings'>;

function finishAuto({ parts }: AutoDraft, pool: PointsPool | null): Finished {
  const result = finishForecast(parts, pool?.belief);
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
    warnings: result.warnings,
  };
}

function finishModel(
  { model, forecast, parts, backtest: test }: ModelDraft,
  pool: PointsPool | null,
): Finished {
  if (parts === null) return { model, forecast, backtest: test, warnings: [] };
  const made = makeIntervals(parts, pool?.belief);
  return {
    model,
    forecast: { mean: forecast.mean, intervals: made.forecast.intervals },
    backtest: test && { ...test, coverage: made.coverage },
    warnings: made.warnings,
  };
}

function withinBounds(
  forecast: Forecast,
  { nonNegative, integer }: Pick<PointsDraft, 'nonNegative' | 'integer'>,
): { readonly forecast: Forecast; readonly clamped: number } {
  const result = nonNegative ? clampAtZero(forecast) : { forecast, clamped: 0 };
  return integer ? { ...result, forecast: roundOutwards(result.forecast) } : result;
}

function distinct(warnings: readonly SeriesWarning[]): SeriesWarning[] {
  return warnings.filter(
    ({ message }, i) => warnings.findIndex((other) => other.message === message) === i,
  );
}
