import type { Values } from './values.ts';

/** Part of the peer's formula for a slope: added to its denominator. */
const EPSILON = 1e-8;

/** Slope of y on x as the peer forms it, n Σxy − Σx Σy over n Σx² − (Σx)² + 1e-8. */
function slope(x: readonly number[], y: readonly number[]): number {
  const n = x.length;
  let [sx, sy, xx, xy] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    sx += x[i]!;
    sy += y[i]!;
    xx += x[i]! * x[i]!;
    xy += x[i]! * y[i]!;
  }
  return (n * xy - sx * sy) / (n * xx - sx * sx + EPSILON);
}

/**
 * Higuchi's fractal dimension: slope of the logarithm of the curve length at spacings k = 1 … kmax over log(1 / k). The peer
 * leaves out the last step of each curve, and so does this. NaN below 2 · kmax values and where a length is 0.
 *
 * Cost: O(n · kmax). Source: Higuchi (1988), Physica D 31(2), 277–283.
 */
export function higuchiDimension({ x, n }: Values, kmax: number): number {
  if (n < 2 * kmax) return Number.NaN;
  const inverse: number[] = [];
  const lengths: number[] = [];
  for (let k = 1; k <= kmax; k++) {
    let sum = 0;
    for (let m = 0; m < k; m++) {
      const steps = Math.floor((n - m - 1) / k);
      const last = m + (steps - 1) * k;
      let length = 0;
      for (let t = m; t < last; t += k) length += Math.abs(x[t + k]! - x[t]!);
      sum += ((length / k) * (n - 1)) / (k * steps);
    }
    if (sum === 0) return Number.NaN;
    inverse.push(Math.log(1 / k));
    lengths.push(Math.log(sum / k));
  }
  return slope(inverse, lengths);
}

const SMALLEST_SCALE = 4;
const SCALE_FACTOR = 1.2;

/**
 * Detrended fluctuation analysis: slope of log fluctuation over log scale. The running sum of the values without their mean is
 * cut into windows of each scale (4 · 1.2^i up to n / 10), a line is taken off each, and the fluctuation is the root mean
 * square of what is left. NaN below 4 values and where nothing is left; 0 with a single scale, as in the peer.
 *
 * Cost: O(n · scales). Source: Peng et al. (1994), Phys. Rev. E 49, 1685–1689.
 */
export function detrendedFluctuation({ x, n, mean, constant }: Values): number {
  if (n < SMALLEST_SCALE || constant) return Number.NaN;
  const walk = new Float64Array(n);
  let sum = 0;
  for (let t = 0; t < n; t++) {
    sum += x[t]! - mean;
    walk[t] = sum;
  }
  const logScales: number[] = [];
  const logFluctuations: number[] = [];
  for (const scale of scalesFor(n)) {
    const square = meanSquaredResidual(walk, scale);
    if (square === 0) continue;
    logScales.push(Math.log(scale));
    logFluctuations.push(Math.log(square) / 2);
  }
  return logScales.length === 0 ? Number.NaN : slope(logScales, logFluctuations);
}

function scalesFor(n: number): readonly number[] {
  const last = Math.floor(Math.log((0.1 * n) / SMALLEST_SCALE) / Math.log(SCALE_FACTOR));
  const scales = [SMALLEST_SCALE];
  for (let i = 0; i <= last; i++) {
    const scale = Math.floor(SMALLEST_SCALE * SCALE_FACTOR ** i);
    if (scale > scales.at(-1)!) scales.push(scale);
  }
  return scales;
}

function meanSquaredResidual(walk: Float64Array, scale: number): number {
  const windows = Math.floor(walk.length / scale);
  const centre = (scale - 1) / 2;
  // n Σx² − (Σx)² of x = 0 … scale − 1, over n.
  const spread = (scale * (scale * scale - 1)) / 12 + EPSILON / scale;
  let total = 0;
  for (let w = 0; w < windows; w++) {
    const from = w * scale;
    const start = walk[from]!;
    let sum = 0;
    let product = 0;
    for (let i = 1; i < scale; i++) {
      const value = walk[from + i]! - start;
      sum += value;
      product += (i - centre) * value;
    }
    const level = sum / scale;
    const rise = product / spread;
    for (let i = 0; i < scale; i++) {
      const rest = walk[from + i]! - start - level - rise * (i - centre);
      total += rest * rest;
    }
  }
  return total / (windows * scale);
}
