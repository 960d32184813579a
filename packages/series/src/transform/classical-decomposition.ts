import { InvalidInput, requireWhole } from '../invalid-input.ts';

export type SeasonType = 'additive' | 'multiplicative';

/** A series taken apart: `y = trend + seasonal + remainder`, or the product of the three. */
export interface Decomposition {
  readonly type: SeasonType;
  /** m values; `indices[t % m]` is the seasonal effect at time t. Sum 0 (additive) or m (multiplicative). */
  readonly indices: Float64Array;
  /** n values; `NaN` for the first and last ⌊m/2⌋ points, where the moving average has no full window. */
  readonly trend: Float64Array;
  /** n values: `indices` repeated. */
  readonly seasonal: Float64Array;
  /** n values; `NaN` where `trend` is. */
  readonly remainder: Float64Array;
}

/**
 * Classical seasonal decomposition: centred moving average, then the mean of each season's deviations from it.
 *
 * @param y    n ≥ 2m values, oldest first, none missing. For `multiplicative`: none negative, no season of zeros alone.
 * @param m    season length in samples, whole number ≥ 2.
 * @throws InvalidInput (`m`, `y`).
 *
 * Cost: O(n). Source: Makridakis, Wheelwright & Hyndman (1998), section 3/4. Compare: R `decompose()`, equal to rounding.
 */
export function classicalDecomposition(
  y: Float64Array,
  m: number,
  type: SeasonType = 'additive',
): Decomposition {
  const n = y.length;
  requireWhole('m', m, 2);
  if (n < 2 * m) throw new InvalidInput('y', `must hold at least 2 seasons (${2 * m}), got ${n}`);
  const multiplicative = type === 'multiplicative';
  const trend = centredMovingAverage(y, m);
  if (multiplicative && !(y.every((value) => value >= 0) && !trend.some((value) => value <= 0))) {
    throw new InvalidInput(
      'y',
      'must be positive, or zero now and then, for a multiplicative decomposition',
    );
  }
  const indices = new Float64Array(m);
  const counts = new Float64Array(m);
  for (let t = 0; t < n; t++) {
    if (Number.isNaN(trend[t]!)) continue;
    indices[t % m]! += multiplicative ? y[t]! / trend[t]! : y[t]! - trend[t]!;
    counts[t % m]!++;
  }
  let mean = 0;
  for (let i = 0; i < m; i++) {
    indices[i]! /= counts[i]!;
    mean += indices[i]! / m;
  }
  for (let i = 0; i < m; i++) indices[i] = multiplicative ? indices[i]! / mean : indices[i]! - mean;

  const seasonal = new Float64Array(n);
  const remainder = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    const s = indices[t % m]!;
    seasonal[t] = s;
    remainder[t] = multiplicative ? y[t]! / trend[t]! / s : y[t]! - trend[t]! - s;
  }
  return { type, indices, trend, seasonal, remainder };
}

/**
 * Moving average over one season, centred (for even m the two ends weigh half).
 *
 * @returns n values; `NaN` for the first and last ⌊m/2⌋.
 */
export function centredMovingAverage(y: Float64Array, m: number): Float64Array {
  requireWhole('m', m, 1);
  const n = y.length;
  const half = Math.floor(m / 2);
  const result = new Float64Array(n).fill(Number.NaN);
  for (let t = half; t < n - half; t++) {
    let sum = 0;
    for (let j = t - half; j <= t + half; j++) sum += y[j]! / m;
    if (m % 2 === 0) sum -= (y[t - half]! + y[t + half]!) / (2 * m);
    result[t] = sum;
  }
  return result;
}
