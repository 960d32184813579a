import type { ZScores } from './z-scores.ts';

/** Scales asked for; equal ones after rounding count once. */
const SCALES = 50;
const SMALLEST_SCALE = 5;
/** Points that each of the two lines needs. */
const LEAST_POINTS = 6;

/** Which spread of what a line leaves in a window is its fluctuation. */
type Spread = 'range' | 'residual';

/**
 * Where the scaling of fluctuations changes: the running sum of every `step`-th z-score is cut into windows of each scale
 * (50 between 5 and n / 2, evenly spaced in their logarithm), a straight line is taken off each window, and the root mean
 * square of the spread left is plotted over the scale, both as logarithms. The plot is fitted by two lines that share a
 * point; the result is the number of scales up to it over the number of all, 0 where there are fewer than 12.
 *
 * Cost: O(n · scales). Checked by: reference/catch22-by-definition.ts.
 */
export function fluctuationBreak({ z, n }: ZScores, step: number, spread: Spread): number {
  const scales = windowScales(n);
  if (scales.length < 2 * LEAST_POINTS) return 0;
  const walk = new Float64Array(Math.floor(n / step));
  let sum = 0;
  for (let t = 0; t < walk.length; t++) {
    sum += z[t * step]!;
    walk[t] = sum;
  }
  const fluctuation = spread === 'range' ? meanSquaredRange : meanSquaredResidual;
  const x = new Float64Array(scales.length);
  const y = new Float64Array(scales.length);
  for (let i = 0; i < scales.length; i++) {
    x[i] = Math.log(scales[i]!);
    y[i] = Math.log(fluctuation(walk, scales[i]!)) / 2;
  }
  return lineBreak(x, y) / scales.length;
}

function windowScales(n: number): readonly number[] {
  const low = Math.log(SMALLEST_SCALE);
  const width = (Math.log(Math.floor(n / 2)) - low) / (SCALES - 1);
  const scales: number[] = [];
  for (let i = 0; i < SCALES; i++) {
    const scale = Math.round(Math.exp(low + i * width));
    if (scale !== scales.at(-1)) scales.push(scale);
  }
  return scales;
}

function meanSquaredRange(walk: Float64Array, scale: number): number {
  const windows = Math.floor(walk.length / scale);
  const spread = (scale * (scale * scale - 1)) / 12;
  let total = 0;
  for (let w = 0; w < windows; w++) {
    const from = w * scale;
    const slope = slopeProduct(walk, from, scale) / spread;
    let low = walk[from]!;
    let high = low;
    for (let i = 1; i < scale; i++) {
      const rest = walk[from + i]! - slope * i;
      if (rest < low) low = rest;
      else if (rest > high) high = rest;
    }
    total += (high - low) * (high - low);
  }
  return total / windows;
}

/** Σ (i − (scale − 1) / 2) · walk[from + i], from both ends to the middle. */
function slopeProduct(walk: Float64Array, from: number, scale: number): number {
  const centre = (scale - 1) / 2;
  const to = from + scale - 1;
  let product = 0;
  for (let i = 0; i < centre; i++) product += (centre - i) * (walk[to - i]! - walk[from + i]!);
  return product;
}

function meanSquaredResidual(walk: Float64Array, scale: number): number {
  const windows = Math.floor(walk.length / scale);
  const spread = (scale * (scale * scale - 1)) / 12;
  let total = 0;
  for (let w = 0; w < windows; w++) {
    const from = w * scale;
    const product = slopeProduct(walk, from, scale);
    // Against the first value, so that a walk that has gone far does not swallow the digits.
    const start = walk[from]!;
    let sum = 0;
    let squares = 0;
    for (let i = 1; i < scale; i++) {
      const value = walk[from + i]! - start;
      sum += value;
      squares += value * value;
    }
    total += Math.max(0, squares - (sum * sum) / scale - (product * product) / spread);
  }
  return total / (windows * scale);
}

/** How many points the first of two lines takes, the second beginning with its last point, when both together fit best. */
function lineBreak(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  let best = Number.POSITIVE_INFINITY;
  let at = 0;
  for (let i = LEAST_POINTS; i <= n - LEAST_POINTS; i++) {
    const error = lineError(x, y, 0, i) + lineError(x, y, i - 1, n);
    if (error < best) {
      best = error;
      at = i;
    }
  }
  return at;
}

/** Length of the residual vector of a straight line through the points from … to − 1. */
function lineError(x: Float64Array, y: Float64Array, from: number, to: number): number {
  const n = to - from;
  let mx = 0;
  let my = 0;
  for (let i = from; i < to; i++) {
    mx += x[i]!;
    my += y[i]!;
  }
  mx /= n;
  my /= n;
  let xx = 0;
  let xy = 0;
  for (let i = from; i < to; i++) {
    xx += (x[i]! - mx) * (x[i]! - mx);
    xy += (x[i]! - mx) * (y[i]! - my);
  }
  let squares = 0;
  for (let i = from; i < to; i++) {
    const rest = y[i]! - my - (xy / xx) * (x[i]! - mx);
    squares += rest * rest;
  }
  return Math.sqrt(squares);
}
