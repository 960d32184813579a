import { requireLevels, requireWhole } from '../invalid-input.ts';
import { makeNonDecreasing } from '../math/isotonic.ts';
import { planRolling, rollForecasts } from './backtest/rolling-forecasts.ts';
import type { FoldForecast } from './backtest/rolling-origins.ts';
import { ONE_SIGMA } from './one-sigma.ts';
import { independenceOf, type NearErrors, PastErrors } from './past-errors.ts';
import type { Fit, FittedModel, Forecast, PredictionInterval, SeriesWarning } from './types.ts';
import { warning } from './warnings.ts';
import { USUAL_BELIEF, type WidthBelief, widthFactor } from './width-factor.ts';

export interface ConformalOptions {
  /** Fits the model to a training stretch. */
  readonly model: Fit;
  readonly m: number;
  readonly h: number;
  /** Levels in (0, 1) whose past coverage is measured. */
  readonly levels: readonly number[];
  /** At most this many past origins; default 60. */
  readonly origins?: number;
  /** At most this many fits; between two the parameters are kept and only the states move on. Default 4. */
  readonly fits?: number;
}

/** How often past values fell into intervals made only from what was known before them. */
export interface MeasuredCoverage {
  /** Nominal probability. */
  readonly level: number;
  /** Share inside, or null when nothing could be tested. */
  readonly coverage: number | null;
  /** Mean width of those intervals, unit of y; null likewise. */
  readonly width: number | null;
  /** Number of (origin, step) pairs behind the share. */
  readonly tested: number;
}

/** Past forecast errors by step, ready to make intervals from. */
export interface ConformalCalibration {
  readonly h: number;
  readonly m: number;
  /** One array for each step that could be tested, h at most, ascending: |error| over the model's own deviation at that step, times the root of its mean deviation. */
  readonly scores: readonly Float64Array[];
  /** How much news an error is after those of the origins beside it, in (0, 1]; default 0.25, for origins at every value. */
  readonly independence?: number;
  readonly coverage: readonly MeasuredCoverage[];
}

/** An error of more deviations shows that the deviation was no estimate; it counts as this many. */
const LARGEST_ERROR = 1000;

/**
 * Gathers the errors of a model at past origins (in the newer half of the series) and measures how intervals made from them
 * would have covered.
 *
 * Each error is divided by the deviation that the model itself gave for that step, so that a growing or seasonal spread is
 * allowed for. Deviations estimated from little data are wrong at times, so of the change of their mean from then to now only
 * the root is believed. Coverage is measured in order of time: an interval at one origin uses only errors known at that origin.
 *
 * @param y n values, oldest first; one that is not finite counts as missing and is not scored.
 * @throws InvalidInput (`m`, `h`, `levels`, `origins`, `fits`, or what `model` throws).
 *
 * Cost: `fits` fits, `origins` passes, and O(origins · h² + origins² · h) for the coverage.
 * Source: Lei et al. (2018), section 5.2 (locally weighted split conformal). Departures: errors of a time series are not
 *   exchangeable, so the coverage is approximate and is therefore measured; see also `widthFactor`.
 */
export function calibrateConformal(
  y: Float64Array,
  { model, m, h, levels, origins = 60, fits = 4 }: ConformalOptions,
): ConformalCalibration {
  requireWhole('m', m, 1);
  requireWhole('h', h, 1);
  requireWhole('origins', origins, 1);
  requireWhole('fits', fits, 1);
  requireLevels(levels);
  const plan = planRolling(y, m, { h, origins });
  return calibrateFromFolds(y, rollForecasts(y, model, plan, { h, fits }), { m, h, levels });
}

/**
 * `calibrateConformal` from forecasts that were made already.
 *
 * @param folds  forecasts of up to h steps, all of as many, at past origins, earliest first, each with one interval of level `ONE_SIGMA`.
 * @param belief what is believed of errors beforehand, for the coverage.
 */
export function calibrateFromFolds(
  y: Float64Array,
  folds: readonly FoldForecast[],
  { m, h, levels }: Pick<ConformalOptions, 'm' | 'h' | 'levels'>,
  belief: WidthBelief = USUAL_BELIEF,
): ConformalCalibration {
  const inside = levels.map(() => 0);
  const tested = levels.map(() => 0);
  const widths = levels.map(() => 0);
  const past = walkErrors(y, folds, h, ({ near, step, share, size, score, deviation }) => {
    if (near.perStep < 1) return;
    for (let i = 0; i < levels.length; i++) {
      const question = { level: levels[i]!, deviation: size, step, share };
      const factor = size && widthFactor(near, question, belief);
      tested[i]!++;
      widths[i]! += 2 * factor * deviation;
      if (score <= factor * size) inside[i]!++;
    }
  });
  return {
    h,
    m,
    independence: past.independence,
    scores: past.byStep(),
    coverage: levels.map((level, i) => ({
      level,
      coverage: tested[i] === 0 ? null : inside[i]! / tested[i]!,
      width: tested[i] === 0 ? null : widths[i]! / tested[i]!,
      tested: tested[i]!,
    })),
  };
}

/** One past error with what was known when its forecast was made. */
export interface PastError {
  /** Errors near its step that were known at its origin. */
  readonly near: NearErrors;
  /** 0 is the first. */
  readonly step: number;
  /** Steps ahead as a share of the history at its origin. */
  readonly share: number;
  /** See `ConformalCalibration.scores`. */
  readonly score: number;
  /** Root of the mean deviation of its forecast, the unit of the score. */
  readonly size: number;
  /** Deviation that the model stated, unit of y. */
  readonly deviation: number;
}

/** Visits the errors of folds in order of time; returns all of them. */
export function walkErrors(
  y: Float64Array,
  folds: readonly FoldForecast[],
  h: number,
  visit: (error: PastError) => void,
): PastErrors {
  const n = y.length;
  const steps = folds[0]?.forecast.mean.length ?? Math.min(h, n);
  const past = new PastErrors(
    Array.from({ length: steps }, (_, i) => folds.filter(({ origin }) => origin + i < n).length),
    independenceOf(folds.map(({ origin }) => origin)),
  );
  const waiting: { readonly scores: Float64Array; readonly origin: number; known: number }[] = [];
  const learn = (time: number) => {
    for (const one of waiting) {
      for (; one.known < Math.min(steps, time - one.origin); one.known++) {
        past.add(one.known, one.scores[one.known]!);
      }
    }
  };
  for (const { origin, forecast } of folds) {
    learn(origin);
    const size = rootOfMeanDeviation(forecast, steps);
    const scores = errorScores(forecast, size, y, origin);
    const { lower, upper } = forecast.intervals[0]!;
    for (let step = 0; step < steps && origin + step < n; step++) {
      const score = scores[step]!;
      if (Number.isNaN(score)) continue;
      const deviation = (upper[step]! - lower[step]!) / 2;
      visit({ near: past.near(step), step, share: step / origin, score, size, deviation });
    }
    waiting.push({ scores, origin, known: 0 });
  }
  learn(n);
  return past;
}

/** Over the first steps, those that were tested: the same ones of every forecast. */
function rootOfMeanDeviation({ intervals }: Forecast, steps: number): number {
  const { lower, upper } = intervals[0]!;
  let mean = 0;
  for (let step = 0; step < steps; step++) mean += (upper[step]! - lower[step]!) / 2 / steps;
  return Math.sqrt(mean);
}

/** `ConformalCalibration.scores` of one origin; `NaN` where the actual value is missing or yet to come. */
function errorScores(forecast: Forecast, size: number, y: Float64Array, origin: number) {
  const { lower, upper } = forecast.intervals[0]!;
  return forecast.mean.map((mean, step) => {
    const actual = y[origin + step] ?? Number.NaN;
    if (!Number.isFinite(actual)) return Number.NaN;
    const error = Math.abs(actual - mean);
    const deviation = (upper[step]! - lower[step]!) / 2;
    if (error === 0) return 0;
    // A perfect past leaves no deviation; then only a perfect forecast is inside, and the error has no scale to learn from.
    return deviation > 0
      ? Math.min(LARGEST_ERROR, error / deviation) * size
      : Number.POSITIVE_INFINITY;
  });
}

/** Whether the k errors at a step are too few for one of them to be expected outside. */
function tooFew(k: number, level: number): boolean {
  return (k + 1) * (1 - level) < 1 - 1e-9;
}

/**
 * Prediction intervals whose width comes from past errors: mean ± factor · deviation, the factor at each step from the errors
 * near it (`widthFactor`). Where they are too few for a level, the factor rests mostly on the model's own deviation, with the
 * warning `intervals-from-model`.
 *
 * Afterwards a step is made at least as wide as the same season's step before it (m = 1: the step before) by isotonic
 * regression, which keeps the mean width, and a higher level at least as wide as a lower one: sampling noise alone would break
 * both.
 *
 * @param fitted      the model to forecast with, fitted to everything known.
 * @param calibration past errors of the same kind of model, from `calibrateConformal`.
 * @param levels      fractions in (0, 1).
 * @throws InvalidInput (`h`, `levels`).
 */
export function conformalForecast(
  fitted: FittedModel,
  calibration: ConformalCalibration,
  levels: readonly number[],
): { readonly forecast: Forecast; readonly warnings: readonly SeriesWarning[] } {
  const base = fitted.forecast(calibration.h, [ONE_SIGMA]);
  return conformalIntervals(base, fitted.fitted.length, calibration, levels);
}

/**
 * `conformalForecast` from a forecast that was made already.
 *
 * @param base   forecast of h steps with one interval of level `ONE_SIGMA`.
 * @param n      number of values it was made from.
 * @param belief what is believed of errors beforehand.
 */
export function conformalIntervals(
  base: Forecast,
  n: number,
  { h, m, scores, independence }: ConformalCalibration,
  levels: readonly number[],
  belief: WidthBelief = USUAL_BELIEF,
): { readonly forecast: Forecast; readonly warnings: readonly SeriesWarning[] } {
  requireLevels(levels);
  const { lower, upper } = base.intervals[0]!;
  const size = rootOfMeanDeviation(base, Math.min(h, Math.max(1, scores.length)));
  const past = PastErrors.of(scores, independence);
  const warnings: SeriesWarning[] = [];
  const made = new Map<number, PredictionInterval>();
  let narrower: Float64Array | null = null;
  for (const level of [...levels].sort((a, b) => a - b)) {
    const half: Float64Array = new Float64Array(h);
    for (let step = 0; step < h; step++) {
      const question = { level, deviation: size, step, share: step / n };
      half[step] =
        size &&
        (widthFactor(past.near(step), question, belief) * (upper[step]! - lower[step]!)) / 2;
    }
    for (let season = 0; season < Math.min(m, h); season++) makeNonDecreasing(half, season, m);
    if (narrower) for (let i = 0; i < h; i++) half[i] = Math.max(half[i]!, narrower[i]!);
    const residuals = scores[0]?.length ?? 0;
    // A forecast without a deviation, of a constant, has no width that could rest on anything.
    if (size > 0 && tooFew(residuals, level)) {
      warnings.push(warning('intervals-from-model', { level, residuals }));
    }
    made.set(level, {
      level,
      lower: base.mean.map((value, i) => value - half[i]!),
      upper: base.mean.map((value, i) => value + half[i]!),
    });
    narrower = half;
  }
  return {
    forecast: { mean: base.mean, intervals: levels.map((level) => made.get(level)!) },
    warnings,
  };
}
