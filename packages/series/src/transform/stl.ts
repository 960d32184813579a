import { InvalidInput, requireWhole } from '../invalid-input.ts';
import { type LoessPass, loess, loessAt } from '../math/loess.ts';

export interface StlOptions {
  /** Season length in samples, whole number ≥ 2. */
  readonly m: number;
  /** How many seasons the seasonal shape is taken over, odd ≥ 7; default `periodic`: the same shape all along. */
  readonly seasonWindow?: number | 'periodic';
  /** Whether outliers should count less. Default false. */
  readonly robust?: boolean;
}

/** `y = trend + seasonal + remainder`, n values each, without gaps at the ends. */
export interface StlDecomposition {
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
  readonly remainder: Float64Array;
  /** n robustness weights in [0, 1]; all 1 unless `robust`. Near 0 marks an outlier. */
  readonly weights: Float64Array;
}

/**
 * Seasonal-trend decomposition by loess (STL).
 *
 * @param y n ≥ 2m + 1 values at equal spacing, oldest first, none missing (see `fillMissing`).
 * @throws InvalidInput (`m`, `y`, `seasonWindow`).
 *
 * Cost: O(n · m) per pass; 2 passes, or 16 with `robust`.
 * Source: Cleveland, Cleveland, McRae & Terpenning (1990), Journal of Official Statistics 6(1), with the defaults of R's
 *   `stl()` for windows, degrees and jumps. Compare: R 4.2.2 `stl(s.window = "periodic")`, on 36 series within 3e-10 of
 *   the range of the series.
 */
export function stl(
  y: Float64Array,
  { m, seasonWindow = 'periodic', robust = false }: StlOptions,
): StlDecomposition {
  requireWhole('m', m, 2);
  const n = y.length;
  if (n <= 2 * m) {
    throw new InvalidInput('y', `must hold more than 2 seasons (${2 * m} values), got ${n}`);
  }
  if (!y.every(Number.isFinite)) throw new InvalidInput('y', 'must hold no missing values');
  const passes = passesFor(n, m, seasonWindow);
  let weights: Float64Array | null = null;
  let trend: Float64Array = new Float64Array(n);
  let seasonal: Float64Array = new Float64Array(n);
  for (let outer = 0; outer <= (robust ? 15 : 0); outer++) {
    for (let inner = 0; inner < (robust ? 1 : 2); inner++) {
      seasonal = seasonalPart(difference(y, trend), m, passes, weights);
      trend = loess(difference(y, seasonal), passes.trend, weights);
    }
    if (robust && outer < 15)
      weights = robustnessWeights(difference(difference(y, seasonal), trend));
  }
  if (seasonWindow === 'periodic') seasonal = meanBySeason(seasonal, m);
  return {
    trend,
    seasonal,
    remainder: difference(difference(y, seasonal), trend),
    weights: weights ?? new Float64Array(n).fill(1),
  };
}

interface Passes {
  readonly season: LoessPass;
  readonly trend: LoessPass;
  readonly lowPass: LoessPass;
}

function passesFor(n: number, m: number, seasonWindow: number | 'periodic'): Passes {
  const periodic = seasonWindow === 'periodic';
  if (!periodic) {
    requireWhole('seasonWindow', seasonWindow, 7);
    if (seasonWindow % 2 === 0) {
      throw new InvalidInput('seasonWindow', `must be odd, got ${seasonWindow}`);
    }
  }
  const season = periodic ? 10 * n + 1 : seasonWindow;
  const pass = (window: number, degree: 0 | 1): LoessPass => ({
    window,
    degree,
    jump: Math.ceil(window / 10),
  });
  return {
    season: pass(season, 0),
    trend: pass(nextOdd(Math.ceil((1.5 * m) / (1 - 1.5 / season))), 1),
    lowPass: pass(nextOdd(m), 1),
  };
}

function nextOdd(value: number): number {
  return value % 2 === 0 ? value + 1 : value;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, t) => value - b[t]!);
}

/** Each season smoothed over the years, one season longer at both ends, less its own low-pass filtered level. */
function seasonalPart(
  detrended: Float64Array,
  m: number,
  { season, lowPass }: Passes,
  weights: Float64Array | null,
): Float64Array {
  const n = detrended.length;
  const extended = new Float64Array(n + 2 * m);
  for (let phase = 0; phase < m; phase++) {
    const years = everyMth(detrended, phase, m);
    const count = years.length;
    const own = weights === null ? null : everyMth(weights, phase, m);
    const smooth = loess(years, season, own);
    const { window, degree } = season;
    const before = loessAt(years, -1, 0, Math.min(window, count) - 1, window, degree, own);
    const from = Math.max(0, count - window);
    const after = loessAt(years, count, from, count - 1, window, degree, own);
    extended[phase] = Number.isNaN(before) ? smooth[0]! : before;
    for (let i = 0; i < count; i++) extended[(i + 1) * m + phase] = smooth[i]!;
    extended[(count + 1) * m + phase] = Number.isNaN(after) ? smooth[count - 1]! : after;
  }
  const level = movingAverage(movingAverage(movingAverage(extended, m), m), 3);
  const low = loess(level, lowPass, null);
  return difference(extended.subarray(m, m + n), low);
}

function everyMth(values: Float64Array, phase: number, m: number): Float64Array {
  const count = Math.floor((values.length - 1 - phase) / m) + 1;
  return Float64Array.from({ length: count }, (_, i) => values[phase + i * m]!);
}

/** n − window + 1 means of neighbours. */
function movingAverage(values: Float64Array, window: number): Float64Array {
  const result = new Float64Array(values.length - window + 1);
  for (let t = 0; t < result.length; t++) {
    let sum = 0;
    for (let j = 0; j < window; j++) sum += values[t + j]!;
    result[t] = sum / window;
  }
  return result;
}

/** Bisquare weights of the remainders: 0 beyond six times their median size. */
function robustnessWeights(remainder: Float64Array): Float64Array {
  const sizes = remainder.map(Math.abs).sort();
  const n = sizes.length;
  const limit = 3 * (sizes[Math.floor((n - 1) / 2)]! + sizes[Math.floor(n / 2)]!);
  return remainder.map((value) => {
    const size = Math.abs(value);
    if (size <= 0.001 * limit) return 1;
    return size <= 0.999 * limit ? (1 - (size / limit) ** 2) ** 2 : 0;
  });
}

function meanBySeason(seasonal: Float64Array, m: number): Float64Array {
  const means = new Float64Array(m);
  for (let phase = 0; phase < m; phase++) {
    const own = everyMth(seasonal, phase, m);
    means[phase] = own.reduce((sum, value) => sum + value, 0) / own.length;
  }
  return seasonal.map((_, t) => means[t % m]!);
}
