import { InvalidInput } from '../invalid-input.ts';

/**
 * How far point forecasts were from what happened. A pair whose actual value is not finite is left out. A measure is null
 * when it is not defined: no pair at all, or a division by zero that its definition does not settle.
 */
export interface PointAccuracy {
  /** Pairs counted. */
  readonly count: number;
  /** Mean |forecast − actual|, unit of y. */
  readonly mae: number | null;
  /** Root of the mean squared error, unit of y. */
  readonly rmse: number | null;
  /** Mean forecast − actual, unit of y: positive means forecasts were too high. */
  readonly bias: number | null;
  /** Mean |error| / |actual|, a fraction; null as soon as one actual value is zero. */
  readonly mape: number | null;
  /** Mean 2·|error| / (|actual| + |forecast|), a fraction from 0 to 2; a pair of zeros counts as 0. */
  readonly smape: number | null;
}

/**
 * Measures of point forecasts: MAE, RMSE and bias (forecast − actual, so above 0 is too high) in the unit of y, MAPE and sMAPE
 * as fractions.
 *
 * @param actual   h values; one that is not finite is left out.
 * @param forecast h finite values.
 * @returns null for each measure where nothing was counted; MAPE also where an actual value is 0.
 * @throws InvalidInput (`forecast`) when the lengths differ.
 *
 * Source: Hyndman & Koehler (2006); sMAPE as in the M4 competition, which prints it times 100.
 */
export function pointAccuracy(actual: Float64Array, forecast: Float64Array): PointAccuracy {
  requireSameLength('forecast', actual, forecast);
  let count = 0;
  let absolute = 0;
  let squared = 0;
  let signed = 0;
  let percentage = 0;
  let symmetric = 0;
  for (let i = 0; i < actual.length; i++) {
    const y = actual[i]!;
    if (!Number.isFinite(y)) continue;
    const error = forecast[i]! - y;
    const size = Math.abs(error);
    count++;
    absolute += size;
    squared += error * error;
    signed += error;
    percentage += size / Math.abs(y);
    if (size > 0) symmetric += (2 * size) / (Math.abs(y) + Math.abs(forecast[i]!));
  }
  if (count === 0) {
    return { count, mae: null, rmse: null, bias: null, mape: null, smape: null };
  }
  return {
    count,
    mae: absolute / count,
    rmse: Math.sqrt(squared / count),
    bias: signed / count,
    mape: Number.isFinite(percentage) ? percentage / count : null,
    smape: symmetric / count,
  };
}

/** What the errors of scaled measures are divided by: the seasonal naive method's errors within the training data. */
export interface ErrorScale {
  /** Mean |y_t − y_(t−m)|; null when no pair is present or all changes are zero. */
  readonly absolute: number | null;
  /** Mean (y_t − y_(t−m))²; null likewise. */
  readonly squared: number | null;
}

/**
 * Scale of MASE, RMSSE and MSIS: the errors of the seasonal naive method within the training data.
 *
 * @param train training values, oldest first; a pair with one that is not finite is left out.
 * @param m     season length, whole number ≥ 1.
 * @returns the mean size in the unit of y, the mean square in its square; both null when no pair is present or nothing changes.
 *
 * Source: Hyndman & Koehler (2006), International Journal of Forecasting 22(4).
 */
export function errorScale(train: Float64Array, m: number): ErrorScale {
  let absolute = 0;
  let squared = 0;
  let count = 0;
  for (let t = m; t < train.length; t++) {
    const change = train[t]! - train[t - m]!;
    if (!Number.isFinite(change)) continue;
    absolute += Math.abs(change);
    squared += change * change;
    count++;
  }
  if (!(absolute > 0)) return { absolute: null, squared: null };
  return { absolute: absolute / count, squared: squared / count };
}

/** How well an interval held what happened. */
export interface IntervalAccuracy {
  /** Nominal probability. */
  readonly level: number;
  /** Pairs counted. */
  readonly count: number;
  /** Share of actual values within [lower, upper]. */
  readonly coverage: number | null;
  /** Mean of upper − lower over the pairs counted, unit of y. */
  readonly width: number | null;
  /** Mean width plus 2/(1 − level) times the distance of the values outside, unit of y. Lower is better. */
  readonly intervalScore: number | null;
  /** Mean pinball loss of the two ends as quantiles (1 ± level)/2, unit of y. Lower is better. */
  readonly pinball: number | null;
}

/**
 * Measures of a prediction interval.
 *
 * @param actual h values; one that is not finite is left out. @param lower, upper h values each, unit of y; ends belong to it.
 * @param level  nominal probability, a fraction in (0, 1).
 * @returns null for each measure where nothing was counted.
 * @throws InvalidInput (`lower`, `upper`) when the lengths differ.
 *
 * Source: Gneiting & Raftery (2007), section 6.2. MSIS of the M4 competition is `intervalScore` over `errorScale().absolute`.
 */
export function intervalAccuracy(
  actual: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  level: number,
): IntervalAccuracy {
  requireSameLength('lower', actual, lower);
  requireSameLength('upper', actual, upper);
  let count = 0;
  let inside = 0;
  let width = 0;
  let outside = 0;
  let pinball = 0;
  for (let i = 0; i < actual.length; i++) {
    const y = actual[i]!;
    if (!Number.isFinite(y)) continue;
    const below = lower[i]! - y;
    const above = y - upper[i]!;
    count++;
    if (below <= 0 && above <= 0) inside++;
    width += upper[i]! - lower[i]!;
    outside += Math.max(0, below) + Math.max(0, above);
    pinball += quantileLoss(-below, (1 - level) / 2) + quantileLoss(above, (1 + level) / 2);
  }
  if (count === 0) {
    return { level, count, coverage: null, width: null, intervalScore: null, pinball: null };
  }
  return {
    level,
    count,
    coverage: inside / count,
    width: width / count,
    intervalScore: (width + (2 / (1 - level)) * outside) / count,
    pinball: pinball / (2 * count),
  };
}

/** Pinball loss of a quantile forecast, given actual − quantile. */
function quantileLoss(distance: number, probability: number): number {
  return distance >= 0 ? probability * distance : (probability - 1) * distance;
}

function requireSameLength(argument: string, actual: Float64Array, other: Float64Array): void {
  if (actual.length === other.length) return;
  throw new InvalidInput(
    argument,
    `must be as long as actual (${actual.length}), got ${other.length}`,
  );
}
