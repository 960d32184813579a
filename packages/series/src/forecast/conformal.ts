import { requireLevels, requireWhole } from '../invalid-input.ts';
import { normalHalfWidth } from '../math/normal.ts';
import { shortestTraining } from './backtest/backtest.ts';
import { SortedScores } from './sorted-scores.ts';
import type { Fit, FittedModel, Forecast, PredictionInterval, SeriesWarning } from './types.ts';
import { warning } from './warnings.ts';

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
  /** Number of (origin, step) pairs behind the share. */
  readonly tested: number;
}

/** Past forecast errors by step, ready to make intervals from. */
export interface ConformalCalibration {
  readonly h: number;
  readonly m: number;
  /** h arrays, ascending: |error| over the model's own deviation at that step. */
  readonly scores: readonly Float64Array[];
  readonly coverage: readonly MeasuredCoverage[];
}

/** The level whose normal interval is mean ± one deviation. */
const ONE_SIGMA = 0.6826894921370859;

/**
 * Gathers the errors of a model at past origins (in the newer half of the series) and measures how intervals made from them would have covered.
 *
 * Each error is divided by the deviation that the model itself gave for that step, so that a growing or seasonal spread is
 * allowed for. Coverage is measured in order of time: an interval at one origin uses only errors known at that origin.
 *
 * @param y n values, oldest first; one that is not finite counts as missing and is not scored.
 * @throws InvalidInput (`m`, `h`, `levels`, `origins`, `fits`, or what `model` throws).
 *
 * Cost: `fits` fits, `origins` passes, and O(origins² · h) for the coverage.
 * Source: Lei et al. (2018), section 5.2 (locally weighted split conformal); errors of a time series are not exchangeable, so
 *   the coverage is approximate and is therefore measured.
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
  const n = y.length;
  // A model fitted to a small part of the history says little about the one fitted to all of it.
  const first = Math.max(shortestTraining(y, m), Math.floor(n / 2), n - origins);
  const sorted = new SortedScores(h, Math.max(0, n - first));
  const refitEvery = Math.ceil((n - first) / fits);
  const waiting: { readonly score: Float64Array; readonly origin: number }[] = [];
  const inside = levels.map(() => 0);
  const tested = levels.map(() => 0);
  let fitted: FittedModel | null = null;
  for (let origin = first; origin < n; origin++) {
    for (const past of waiting) {
      const step = origin - past.origin;
      if (step <= h) sorted.add(step - 1, past.score[step - 1]!);
    }
    const known = y.subarray(0, origin);
    fitted =
      fitted === null || (origin - first) % refitEvery === 0 ? model(known) : fitted.applyTo(known);
    const score = normalisedErrors(fitted.forecast(h, [ONE_SIGMA]), y, origin);
    levels.forEach((level, i) => {
      for (let step = 0; step < h; step++) {
        const factor = sorted.factor(step, level);
        if (factor === null || Number.isNaN(score[step]!)) continue;
        tested[i]!++;
        if (score[step]! <= factor) inside[i]!++;
      }
    });
    waiting.push({ score, origin });
  }
  for (const past of waiting) {
    const step = n - past.origin;
    // Everything that came true at the very end and was not needed for testing.
    if (step <= h) sorted.add(step - 1, past.score[step - 1]!);
  }
  return {
    h,
    m,
    scores: sorted.byStep(),
    coverage: levels.map((level, i) => ({
      level,
      coverage: tested[i] === 0 ? null : inside[i]! / tested[i]!,
      tested: tested[i]!,
    })),
  };
}

/** |actual − mean| over the model's deviation, for each step; `NaN` where the actual value is missing or yet to come. */
function normalisedErrors(forecast: Forecast, y: Float64Array, origin: number): Float64Array {
  const { lower, upper } = forecast.intervals[0]!;
  return forecast.mean.map((mean, step) => {
    const actual = y[origin + step] ?? Number.NaN;
    if (!Number.isFinite(actual)) return Number.NaN;
    const size = Math.abs(actual - mean);
    const deviation = (upper[step]! - lower[step]!) / 2;
    // A perfect past leaves no deviation; then only a perfect forecast is inside.
    return size === 0 ? 0 : size / deviation;
  });
}

/**
 * Prediction intervals whose width comes from past errors at each step: mean ± factor · deviation, where the factor is the
 * ⌈(k + 1) · level⌉-th smallest of k past scores. With fewer than that many scores at a step, those of all steps are taken
 * together; with too few of them as well, the model's own interval is kept, with the warning `intervals-from-model`.
 *
 * Afterwards a step is made at least as wide as the same season's step before it (m = 1: the step before), and a higher level
 * at least as wide as a lower one: sampling noise alone would break both. This only widens.
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
  requireLevels(levels);
  const { h, m, scores } = calibration;
  const base = fitted.forecast(h, [ONE_SIGMA]);
  const { lower, upper } = base.intervals[0]!;
  const sorted = SortedScores.of(scores);
  const warnings: SeriesWarning[] = [];
  const ascending = [...levels].sort((a, b) => a - b);
  const made = new Map<number, PredictionInterval>();
  let narrower: Float64Array | null = null;
  for (const level of ascending) {
    const half: Float64Array = new Float64Array(h);
    let fromModel = false;
    for (let step = 0; step < h; step++) {
      const factor = sorted.factor(step, level);
      if (factor === null || !Number.isFinite(factor)) fromModel = true;
      const used = factor === null || !Number.isFinite(factor) ? normalHalfWidth(level) : factor;
      half[step] = Math.max(
        (used * (upper[step]! - lower[step]!)) / 2,
        step >= m ? half[step - m]! : 0,
        narrower?.[step] ?? 0,
      );
    }
    if (fromModel) {
      warnings.push(warning('intervals-from-model', { level, residuals: sorted.total }));
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
