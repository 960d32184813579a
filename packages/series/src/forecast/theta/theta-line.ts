import { minimumBetween } from '../../math/golden-section.ts';

/**
 * Which member of the theta family. `standard` fixes θ = 2; `optimised` estimates it. The `dynamic` ones draw the straight
 * line anew at each point from the values so far, so that a change of trend is followed. `ses-drift` is the simplest: simple
 * smoothing, to whose forecasts half the slope of the line is added (Hyndman & Billah 2003), as R's `thetaf()` has it.
 */
export type ThetaVariant =
  | 'standard'
  | 'optimised'
  | 'dynamic-standard'
  | 'dynamic-optimised'
  | 'ses-drift';

/** A fitted theta model of a series without a season. */
export interface ThetaEstimate {
  readonly variant: ThetaVariant;
  /** Smoothing weight in [ALPHA_LOW, ALPHA_HIGH]. */
  readonly alpha: number;
  /** Share of the line, 1 − 1/θ, in [0, 1): θ = 2 gives ½. */
  readonly lineShare: number;
  /** Level before the first value. */
  readonly level: number;
}

/** One run of a theta model over a series. */
export interface ThetaRun {
  /** n one-step-ahead values. */
  readonly fitted: Float64Array;
  readonly level: number;
  readonly intercept: number;
  readonly slope: number;
  readonly mean: number;
}

export const ALPHA_LOW = 1e-4;
export const ALPHA_HIGH = 0.9999;
const GRID = 24;
const PRECISION = 1e-7;
// θ beyond this is a straight line plus nothing; the cap keeps θ itself finite.
const LARGEST_SHARE = 1 - 1e-6;

// Enough to tie the initial level down when a large alpha forgets it within the burn-in.
const BURN_IN_TRUST = 0.01;

/** How many first values a dynamic line needs before its errors mean something; 0 for the others. */
export function thetaBurnIn(variant: ThetaVariant, n: number): number {
  return isDynamic(variant) ? Math.min(3, n - 2) : 0;
}

/** Number of values that an estimate takes from the errors: alpha, the first level and, with a line in them, its share. */
export function estimatedCount(variant: ThetaVariant): number {
  return variant === 'ses-drift' ? 2 : 3;
}

export function isDynamic(variant: ThetaVariant): boolean {
  return variant.startsWith('dynamic');
}

/**
 * Least-squares estimate of a theta model.
 *
 * For a given alpha the one-step values are linear in the initial level and in the line's share, so those two have a closed
 * form and only alpha is searched.
 *
 * @param y     n ≥ 3 values without a season, none missing.
 * @param alphaLow, alphaHigh range of alpha that is searched.
 *
 * Cost: about 60 passes. Source: Fiorucci et al. (2016), International Journal of Forecasting 32(4), eqs. 9–16.
 */
export function estimateTheta(
  y: Float64Array,
  variant: ThetaVariant,
  alphaLow: number = ALPHA_LOW,
  alphaHigh: number = ALPHA_HIGH,
): ThetaEstimate {
  const n = y.length;
  const line = new LineTrack(y, isDynamic(variant));
  const free = variant.endsWith('optimised');
  const drift = variant === 'ses-drift';
  const from = thetaBurnIn(variant, n);
  let lineShare = 0.5;
  let level = 0;

  function cost(alpha: number): number {
    // e_t = r_t − level · w_t − share · g_t
    let ww = 0;
    let wg = 0;
    let gg = 0;
    let wr = 0;
    let gr = 0;
    let rr = 0;
    let smoothed = 0;
    let weight = 1;
    for (let t = 0; t < n; t++) {
      const g = drift ? 0 : line.pull(t, alpha, weight);
      const r = y[t]! - smoothed;
      const trust = t < from ? BURN_IN_TRUST : 1;
      ww += trust * weight * weight;
      wg += trust * weight * g;
      gg += trust * g * g;
      wr += trust * weight * r;
      gr += trust * g * r;
      rr += trust * r * r;
      smoothed += alpha * (y[t]! - smoothed);
      weight *= 1 - alpha;
    }
    const determinant = ww * gg - wg * wg;
    lineShare = 0.5;
    if (free && determinant > 1e-12 * ww * gg) {
      const best = (ww * gr - wg * wr) / determinant;
      lineShare = Math.min(LARGEST_SHARE, Math.max(0, best));
    }
    level = ww > 0 ? (wr - lineShare * wg) / ww : 0;
    return (
      rr -
      2 * (level * wr + lineShare * gr) +
      level * level * ww +
      2 * level * lineShare * wg +
      lineShare * lineShare * gg
    );
  }

  const alpha = minimumBetween(cost, alphaLow, alphaHigh, GRID, PRECISION);
  cost(alpha);
  return { variant, alpha, lineShare, level };
}

/** Runs a theta model over a series. Cost: O(n). */
export function runTheta(y: Float64Array, estimate: ThetaEstimate): ThetaRun {
  const n = y.length;
  const { alpha, lineShare } = estimate;
  const line = new LineTrack(y, isDynamic(estimate.variant));
  const fitted = new Float64Array(n);
  const drift = estimate.variant === 'ses-drift';
  let level = estimate.level;
  let weight = 1;
  for (let t = 0; t < n; t++) {
    fitted[t] = drift ? level : level + lineShare * line.pull(t, alpha, weight);
    level += alpha * (y[t]! - level);
    weight *= 1 - alpha;
  }
  return { fitted, level, ...line.after() };
}

/** The next h values of a theta model. A dynamic line goes on being drawn through the forecasts themselves. */
export function forecastTheta(
  { variant, alpha, lineShare }: ThetaEstimate,
  run: ThetaRun,
  n: number,
  h: number,
): Float64Array {
  const result = new Float64Array(h);
  let { level, intercept, slope, mean } = run;
  let weight = (1 - alpha) ** n;
  if (variant === 'ses-drift') {
    const ahead = (1 - weight) / alpha;
    return result.map((_, i) => level + lineShare * slope * (i + ahead));
  }
  for (let i = 0; i < h; i++) {
    const t = n + i;
    result[i] = level + lineShare * pullOf(intercept, slope, alpha, weight);
    level += alpha * (result[i]! - level);
    weight *= 1 - alpha;
    if (!isDynamic(variant)) continue;
    slope = nextSlope(slope, result[i]!, mean, t + 1);
    mean += (result[i]! - mean) / (t + 1);
    intercept = mean - (slope * (t + 2)) / 2;
  }
  return result;
}

/** What the line adds at the time whose weight is (1 − α)^t, before its share: eq. 9 of the source. */
export function pullOf(intercept: number, slope: number, alpha: number, weight: number): number {
  return weight * intercept + ((1 - weight * (1 - alpha)) / alpha) * slope;
}

/** Slope of the least-squares line after its `count`-th value. */
export function nextSlope(slope: number, value: number, meanBefore: number, count: number): number {
  if (count < 2) return 0;
  return ((count - 2) * slope + (6 * (value - meanBefore)) / count) / (count + 1);
}

/** The straight line of a theta model: one for the whole series, or one after every value. */
class LineTrack {
  readonly #intercepts: Float64Array;
  readonly #slopes: Float64Array;
  readonly #dynamic: boolean;
  #mean = 0;

  constructor(y: Float64Array, dynamic: boolean) {
    const n = y.length;
    this.#dynamic = dynamic;
    // Element t is the line through the first t values.
    this.#intercepts = new Float64Array(n + 1);
    this.#slopes = new Float64Array(n + 1);
    // Before any value there is no line; taking the first value keeps a shift of the series a shift of the forecast.
    this.#intercepts[0] = y[0] ?? 0;
    let slope = 0;
    for (let t = 0; t < n; t++) {
      slope = nextSlope(slope, y[t]!, this.#mean, t + 1);
      this.#mean += (y[t]! - this.#mean) / (t + 1);
      this.#slopes[t + 1] = slope;
      this.#intercepts[t + 1] = this.#mean - (slope * (t + 2)) / 2;
    }
  }

  pull(t: number, alpha: number, weight: number): number {
    const at = this.#dynamic ? t : this.#slopes.length - 1;
    return pullOf(this.#intercepts[at]!, this.#slopes[at]!, alpha, weight);
  }

  after(): { intercept: number; slope: number; mean: number } {
    const last = this.#slopes.length - 1;
    return {
      intercept: this.#intercepts[last]!,
      slope: this.#slopes[last]!,
      mean: this.#mean,
    };
  }
}
