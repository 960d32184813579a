import { InvalidInput, requireWhole, show } from '../invalid-input.ts';
import { boundedMinimum } from '../math/bounded-minimum.ts';

/** Powers smaller than this count as the logarithm, which is their limit. */
const NEARLY_LOGARITHM = 1e-6;
const LOWEST = -1;
const HIGHEST = 2;
/** How exactly R's `optimize` finds a minimum by default: the fourth root of its rounding unit. */
const PRECISION = 2 ** -13;

/**
 * Box–Cox transformation: (sign(y)·|y|^λ − 1) / λ, and log y for λ = 0. Bickel & Doksum's form, so for λ > 0 any sign is allowed.
 *
 * @param y n values; `NaN` stays `NaN`.
 * @param lambda the power, finite; usually within [−1, 2].
 * @throws InvalidInput (`lambda`, `y`) when λ ≤ 0 and a value is not positive.
 *
 * Source: Box & Cox (1964); Bickel & Doksum (1981). Compare: R forecast 8.20 `BoxCox`.
 */
export function boxCox(y: Float64Array, lambda: number): Float64Array {
  requireLambda(lambda);
  if (lambda <= NEARLY_LOGARITHM) {
    const wrong = y.find((value) => value <= 0);
    if (wrong !== undefined) {
      throw new InvalidInput('y', `must be positive for lambda <= 0, got ${show(wrong)}`);
    }
  }
  if (Math.abs(lambda) < NEARLY_LOGARITHM) return y.map(Math.log);
  return y.map((value) => (Math.sign(value) * Math.abs(value) ** lambda - 1) / lambda);
}

/**
 * The way back from `boxCox`.
 *
 * @param z n transformed values. One below the range of the transformation (λ < 0 knows an upper end, λ > 0 with negative values
 *   none) becomes the end of the range: infinite values come out as the largest double.
 * @param variance n variances on the transformed scale. Given these, the result is the mean on the scale of y, to second order,
 *   instead of the median: y · (1 + ½ variance · (1 − λ) / (λz + 1)²).
 * @throws InvalidInput (`lambda`).
 *
 * Source: Guerrero (1993), Journal of Forecasting 12, 37–48, for the adjustment. Compare: R forecast 8.20 `InvBoxCox`.
 */
export function inverseBoxCox(
  z: Float64Array,
  lambda: number,
  variance?: Float64Array,
): Float64Array {
  requireLambda(lambda);
  const logarithm = Math.abs(lambda) < NEARLY_LOGARITHM;
  return z.map((value, i) => {
    const base = lambda * value + 1;
    let y = logarithm
      ? Math.exp(value)
      : base <= 0 && lambda < 0
        ? Number.MAX_VALUE
        : Math.sign(base) * Math.abs(base) ** (1 / lambda);
    const spread = variance?.[i];
    if (spread !== undefined) {
      const factor = logarithm ? 1 : (1 - lambda) / (base * base);
      if (Number.isFinite(factor)) y *= 1 + 0.5 * spread * factor;
    }
    return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, y));
  });
}

/**
 * The power that makes the spread within a season depend least on its level: the least coefficient of variation of
 * sd / mean^(1 − λ) over the seasons (pairs of values when m = 1).
 *
 * @param y n values; one that is not finite counts as missing.
 * @param m season length, whole number ≥ 1.
 * @returns λ in [−1, 2], in [0, 2] when a value is not positive; 1, that is no transformation, for up to two seasons, for
 *   constant seasons, and where the seasonal means are not all positive.
 * @throws InvalidInput (`m`).
 *
 * Cost: some 20 passes of O(n / m) after one of O(n). Source: Guerrero (1993).
 * Compare: R forecast 8.20 `BoxCox.lambda(method = "guerrero")`, which takes the same steps.
 */
export function guerreroLambda(y: Float64Array, m: number): number {
  requireWhole('m', m, 1);
  const n = y.length;
  const period = Math.max(2, m);
  if (n <= 2 * m || n < 2 * period) return 1;
  const { means, deviations } = seasonMoments(y, period);
  if (means.length < 2 || deviations.every((value) => value === 0)) return 1;
  // The spread relative to a power of a mean is only defined for positive ones.
  if (means.some((value) => !(value > 0))) return 1;
  const lowest = y.some((value) => value <= 0) ? 0 : LOWEST;
  const variation = (lambda: number) => {
    const ratios = deviations.map((deviation, i) => deviation / means[i]! ** (1 - lambda));
    const { mean, deviation } = moments(ratios);
    return deviation / mean;
  };
  return boundedMinimum(variation, lowest, HIGHEST, PRECISION).x;
}

/** Means and standard deviations of the newest whole seasons, relative to the largest value. */
function seasonMoments(y: Float64Array, period: number) {
  const seasons = Math.floor(y.length / period);
  const start = y.length - seasons * period;
  let largest = 0;
  for (let t = start; t < y.length; t++) {
    if (Number.isFinite(y[t]!)) largest = Math.max(largest, Math.abs(y[t]!));
  }
  const means: number[] = [];
  const deviations: number[] = [];
  for (let season = 0; season < seasons; season++) {
    const from = start + season * period;
    const present = y.slice(from, from + period).filter((value) => Number.isFinite(value));
    if (present.length < 2) continue;
    const { mean, deviation } = moments(Array.from(present, (value) => value / largest));
    means.push(mean);
    deviations.push(deviation);
  }
  return { means, deviations };
}

function moments(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

function requireLambda(lambda: number): void {
  if (Number.isFinite(lambda)) return;
  throw new InvalidInput('lambda', `must be a finite number, got ${show(lambda)}`);
}
