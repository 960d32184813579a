import { type AutoMember, fitAutoModel } from './auto-model.ts';
import { type AutoForecastOptions, reachOf, type SettledOptions, settle } from './auto-options.ts';
import type { ModelChoice } from './candidates.ts';
import {
  type ClosedSeasons,
  findClosedSeasons,
  openSteps,
  openValues,
  positionOfOpen,
  withClosedSteps,
  withZeros,
} from './closed-seasons.ts';
import type { MeasuredCoverage } from './conformal.ts';
import { explainForecast, type ForecastPart } from './explain/explain-forecast.ts';
import { forecastInfluence, type PointInfluence } from './explain/forecast-influence.ts';
import { roundOutwards } from './integer.ts';
import { type IntervalParts, makeIntervals } from './interval-parts.ts';
import type { CandidateTest } from './model-choice.ts';
import { clampAtZero } from './non-negative.ts';
import { ONE_SIGMA } from './one-sigma.ts';
import type { Forecast, SeriesWarning } from './types.ts';
import { warning } from './warnings.ts';
import { USUAL_BELIEF, type WidthBelief } from './width-factor.ts';

/** A forecast with everything needed to judge it. Plain data: it can be sent between threads or stored. */
export interface AutoForecastResult extends CandidateTest {
  readonly status: 'ok';
  readonly choice: ModelChoice;
  /** The chosen model as a statistician writes it. */
  readonly model: string;
  /** What was averaged, the heaviest first; one entry when a single model is used. */
  readonly members: readonly AutoMember[];
  /** The season lengths that were used, shortest first; empty when there is none. */
  readonly seasons: readonly number[];
  readonly forecast: Forecast;
  /** One-step values over the history used, newest last; `NaN` before a model can predict. */
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  readonly parameters: Readonly<Record<string, number>>;
  /** How the intervals would have covered past values; one entry per level. */
  readonly coverage: readonly MeasuredCoverage[];
  /** Only with `explain`. */
  readonly explanation?: AutoExplanation;
  readonly warnings: readonly SeriesWarning[];
}

/** Why a forecast is as it is. */
export interface AutoExplanation {
  /** Trend, seasons and remainder, h values each; they add up to the mean. See `explainForecast`. */
  readonly parts: readonly ForecastPart[];
  /** The newest values by how far they moved the forecast, `index` being their place in `y`. See `forecastInfluence`. */
  readonly influence: readonly PointInfluence[];
}

/** There was nothing to forecast from. */
export interface NoForecast {
  readonly status: 'no-data';
  readonly warnings: readonly SeriesWarning[];
}

/**
 * Forecasts a series with the average of the models that did best on its own past, with intervals made from its past errors.
 *
 * Every candidate forecasts `h` steps from up to 60 origins in the newer half of the series, with up to `folds` fits. From
 * their errors follow the weights of the average (`testCandidates`); good ones share it, bad ones are dropped, and one clearly
 * better than all others is used alone. Where nothing beat the seasonal naive, that is the answer, with the warning
 * `seasonal-naive-not-beaten`, or `seasonal-naive-ahead` where the tests are too few to rely on. A series too short to test
 * gets the average of ETS and Theta (`too-short-for-backtest`). The errors of that same average at those same origins make the
 * intervals (`conformalIntervals`).
 *
 * Seasons that are always zero, such as a closed weekday, are left out of all that and forecast as zero (`closed-seasons`); steps
 * and scores then count open ones only. Isolated outliers are replaced in what the models learn from if past forecasts of the
 * real values were better so (`outliers-replaced`); scores, residuals and intervals are always measured against the real values.
 *
 * @param y n values at equal spacing, oldest first; one that is not finite counts as missing. Values must lie within ±1e150.
 * @returns `no-data` when no value is finite; otherwise forecasts without any `NaN`. A constant series is repeated with
 *   intervals of no width.
 * @throws InvalidInput (`m`, `seasons`, `h`, `levels`, `folds`, `longestHistory`, `work`, `timeMs`, `y`).
 *
 * Cost: `folds` + 1 fits of every candidate over at most `longestHistory` values, and 60 passes of each. Measured in
 *   bench/forecast-accuracy.ts.
 */
export function autoForecast(
  y: Float64Array,
  options: AutoForecastOptions,
): AutoForecastResult | NoForecast {
  const parts = autoParts(y, settle(y, options));
  return parts === null ? noForecast(y) : finishForecast(parts);
}

/** Nothing to forecast from: no value, or none that is present. */
export function noForecast(y: Float64Array): NoForecast {
  const code = y.length === 0 ? 'empty' : 'all-missing';
  return { status: 'no-data', warnings: [warning(code, { n: y.length })] };
}

/** All that a forecast needs but its intervals, which may come from other series too. Plain data. */
export interface AutoParts {
  /** Values of the series, and steps that were asked for. */
  readonly n: number;
  readonly h: number;
  readonly closed: ClosedSeasons | null;
  /** Values of the open seasons. */
  readonly openCount: number;
  /** For the open series, as everything below. */
  readonly options: SettledOptions;
  readonly intervals: IntervalParts;
  /** What the intervals change nothing of. */
  readonly answer: Pick<
    AutoForecastResult,
    'choice' | 'model' | 'members' | 'seasons' | 'fitted' | 'residuals' | 'parameters'
  > &
    CandidateTest;
  readonly influence: readonly PointInfluence[] | null;
  readonly warnings: readonly SeriesWarning[];
}

/** Chooses and fits the model of a series; null when no value is present. @param onProgress told the share of work done */
export function autoParts(
  y: Float64Array,
  settled: SettledOptions,
  onProgress?: (done: number) => void,
): AutoParts | null {
  const { m, h } = settled;
  const closed = findClosedSeasons(y, m);
  const open = closed === null ? y : openValues(y, closed);
  if (!open.some((value) => Number.isFinite(value))) return null;
  const options =
    closed === null
      ? settled
      : {
          ...settled,
          m: closed.open,
          seasons: closed.open > 1 ? [closed.open] : [],
          h: Math.max(1, openSteps(closed, y.length, h)),
        };
  const recent = open.slice(Math.max(0, open.length - options.longestHistory));
  // A history whose newest part is missing altogether is forecast from what there is.
  const history = recent.some((value) => Number.isFinite(value)) ? recent : open.slice();
  const { fitted, test, choice, members, folds, warnings } = fitAutoModel(
    history,
    options,
    onProgress,
  );
  const since = history.length - reachOf(options);
  return {
    ...{ n: y.length, h, closed, openCount: open.length, options },
    intervals: {
      ...{ history, m: options.m, h: options.h, levels: options.levels },
      base: fitted.forecast(options.h, [ONE_SIGMA]),
      folds: folds.filter(({ origin }) => origin >= since),
    },
    answer: {
      ...{ choice, model: fitted.name, members, seasons: options.seasons, ...test },
      ...{ fitted: fitted.fitted, residuals: fitted.residuals, parameters: fitted.parameters },
    },
    influence: options.explain
      ? forecastInfluence(history, fitted, { h: options.h }).map((point) => ({
          ...point,
          index: point.index + open.length - history.length,
        }))
      : null,
    warnings: [...warnings, ...fitted.warnings],
  };
}

/** The forecast with its intervals, from what is believed of errors beforehand. */
export function finishForecast(
  parts: AutoParts,
  belief: WidthBelief = USUAL_BELIEF,
): AutoForecastResult {
  const result = finishOpen(parts, belief);
  return parts.closed === null ? result : withClosed(result, parts.closed, parts);
}

/** The answer for open seasons as one for all of them. */
function withClosed(
  result: AutoForecastResult,
  closed: ClosedSeasons,
  { n, h, openCount }: AutoParts,
): AutoForecastResult {
  // Open values before the history that was used.
  const unused = openCount - result.fitted.length;
  const start = positionOfOpen(closed, n, unused);
  return {
    ...result,
    forecast: withClosedSteps(result.forecast, closed, n, h),
    fitted: withZeros(result.fitted, closed, start, n - start),
    residuals: withZeros(result.residuals, closed, start, n - start),
    origins: result.origins.map((k) => positionOfOpen(closed, n, unused + k) - start),
    ...(result.explanation && {
      explanation: {
        parts: result.explanation.parts.map((part) => ({
          ...part,
          values: withZeros(part.values, closed, n, h),
        })),
        influence: result.explanation.influence.map((point) => ({
          ...point,
          index: positionOfOpen(closed, n, point.index),
        })),
      },
    }),
    warnings: [
      warning('closed-seasons', { closed: closed.m - closed.open, m: closed.m }),
      ...result.warnings,
    ],
  };
}

/** The answer for a series without closed seasons. */
function finishOpen(
  { options, intervals, answer, influence, warnings: notes }: AutoParts,
  belief: WidthBelief,
): AutoForecastResult {
  const made = makeIntervals(intervals, belief);
  const warnings = [...notes, ...made.warnings];
  let { forecast } = made;
  if (options.nonNegative) {
    const result = clampAtZero(forecast);
    forecast = result.forecast;
    if (result.clamped > 0) warnings.push(warning('clamped-at-zero', { steps: result.clamped }));
  }
  if (options.integer) forecast = roundOutwards(forecast);
  for (const { level, coverage, tested } of made.coverage) {
    if (coverage === null || !isUnderCovered(level, coverage, tested, options.h)) continue;
    warnings.push(warning('under-covered', { level, coverage }));
  }
  const { seasons } = options;
  return {
    status: 'ok',
    ...answer,
    forecast,
    coverage: made.coverage,
    ...(influence && {
      explanation: {
        parts: explainForecast(intervals.history, forecast.mean, { seasons }),
        influence,
      },
    }),
    warnings,
  };
}

/** Below the nominal level by more than 2.5 standard errors of a share; the h errors of one origin say as much as one. */
function isUnderCovered(level: number, coverage: number, tested: number, h: number): boolean {
  const error = Math.sqrt((level * (1 - level) * h) / tested);
  return tested >= 20 && level - coverage > 2.5 * error;
}
