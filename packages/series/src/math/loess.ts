/** One pass of locally weighted regression over equally spaced values. */
export interface LoessPass {
  /** Number of neighbours that count, odd. */
  readonly window: number;
  /** 0: local mean, 1: local line. */
  readonly degree: 0 | 1;
  /** Fit at every `jump`-th point only and interpolate between. */
  readonly jump: number;
}

/**
 * Locally weighted regression (loess) of values at 0 … n − 1.
 *
 * @param weights n robustness weights in [0, 1], or null for all 1.
 * @returns n smoothed values. Where all weights are 0 the value itself is kept.
 *
 * Cost: O(n · window / jump). Source: Cleveland, Cleveland, McRae & Terpenning (1990), section 2 and their Fortran (netlib
 * `stl`, routines `ess` and `est`), whose choice of neighbours and of interpolation is kept.
 */
export function loess(
  y: Float64Array,
  { window, degree, jump }: LoessPass,
  weights: Float64Array | null,
): Float64Array {
  const n = y.length;
  if (n < 2) return Float64Array.from(y);
  const step = Math.min(jump, n - 1);
  const result = new Float64Array(n);
  const half = (window + 1) >> 1;
  const fit = (at: number) => {
    const left = window >= n ? 0 : Math.min(Math.max(at - half + 1, 0), n - window);
    const right = window >= n ? n - 1 : left + window - 1;
    const value = loessAt(y, at, left, right, window, degree, weights);
    return Number.isNaN(value) ? y[at]! : value;
  };
  let last = 0;
  result[0] = fit(0);
  for (let at = step; at < n; at += step) {
    result[at] = fit(at);
    interpolate(result, last, at);
    last = at;
  }
  if (last < n - 1) {
    result[n - 1] = fit(n - 1);
    interpolate(result, last, n - 1);
  }
  return result;
}

function interpolate(values: Float64Array, from: number, to: number): void {
  const slope = (values[to]! - values[from]!) / (to - from);
  for (let i = from + 1; i < to; i++) values[i] = values[from]! + slope * (i - from);
}

/**
 * The local fit at one place, which may lie outside 0 … n − 1, from the values left … right; `NaN` when none of them counts.
 */
export function loessAt(
  y: Float64Array,
  at: number,
  left: number,
  right: number,
  window: number,
  degree: 0 | 1,
  weights: Float64Array | null,
): number {
  const n = y.length;
  let reach = Math.max(at - left, right - at);
  if (window > n) reach += (window - n) >> 1;
  const w = new Float64Array(right - left + 1);
  let sum = 0;
  for (let j = left; j <= right; j++) {
    const distance = Math.abs(j - at);
    if (distance > 0.999 * reach) continue;
    const tricube = distance <= 0.001 * reach ? 1 : (1 - (distance / reach) ** 3) ** 3;
    w[j - left] = tricube * (weights === null ? 1 : weights[j]!);
    sum += w[j - left]!;
  }
  if (sum <= 0) return Number.NaN;
  let centre = 0;
  for (let j = left; j <= right; j++) {
    w[j - left]! /= sum;
    centre += w[j - left]! * j;
  }
  let tilt = 0;
  if (degree === 1 && reach > 0) {
    let spread = 0;
    for (let j = left; j <= right; j++) spread += w[j - left]! * (j - centre) ** 2;
    if (Math.sqrt(spread) > 0.001 * (n - 1)) tilt = (at - centre) / spread;
  }
  let result = 0;
  for (let j = left; j <= right; j++) result += w[j - left]! * (1 + tilt * (j - centre)) * y[j]!;
  return result;
}
