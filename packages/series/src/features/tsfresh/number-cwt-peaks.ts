import { argsort } from '../../math/argsort.ts';
import { createRankTree } from '../../math/rank-tree.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';
import { ridgeLines } from './ridge-lines.ts';

/** Share of the values around a place below which there is noise. */
const NOISE_SHARE = 0.1;

/** The Mexican hat of width `a` at `points` places around 0. */
function mexicanHat(points: number, a: number): Float64Array {
  const height = 2 / (Math.sqrt(3 * a) * Math.PI ** 0.25);
  return Float64Array.from({ length: points }, (_, i) => {
    const square = (i - (points - 1) / 2) ** 2;
    return height * (1 - square / (a * a)) * Math.exp(-square / (2 * a * a));
  });
}

/** y convolved with the wavelet of one width, at the n places of y; y is 0 outside. */
function smoothed(series: SharedSeries, width: number): Float64Array {
  return series.once(`tsfresh.hat ${width}`, () => {
    const { y, n } = series;
    const hat = mexicanHat(Math.min(10 * width, n), width);
    const out = new Float64Array(n);
    const before = hat.length >> 1;
    const last = n - hat.length + before;
    for (let t = 0; t < before; t++) out[t] = cutSum(y, t - before, hat);
    for (let t = last + 1; t < n; t++) out[t] = cutSum(y, t - before, hat);
    wholeSums(y, hat, out.subarray(before, last + 1));
    return out;
  });
}

/**
 * out[t] = Σ y[t + i] hat[i]; the hat is symmetric, so that it need not be turned round. Four at a time, but each in order:
 * where stretches mirror each other, rounding decides which of two equal sums is the larger.
 */
function wholeSums(y: Float64Array, hat: Float64Array, out: Float64Array): void {
  const blocks = out.length - (out.length % 4);
  for (let t = 0; t < blocks; t += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < hat.length; i++) {
      const weight = hat[i]!;
      const at = t + i;
      a += y[at]! * weight;
      b += y[at + 1]! * weight;
      c += y[at + 2]! * weight;
      d += y[at + 3]! * weight;
    }
    out[t] = a;
    out[t + 1] = b;
    out[t + 2] = c;
    out[t + 3] = d;
  }
  for (let t = blocks; t < out.length; t++) out[t] = cutSum(y, t, hat);
}

/** The same where the hat reaches over an end. */
function cutSum(y: Float64Array, from: number, hat: Float64Array): number {
  let sum = 0;
  const last = Math.min(hat.length, y.length - from);
  for (let i = Math.max(0, -from); i < last; i++) sum += y[from + i]! * hat[i]!;
  return sum;
}

/** At each place, the 10 % quantile of the values within n / 40 of it. */
function noiseFloor(series: SharedSeries): Float64Array {
  return series.once('tsfresh.hat noise', () => {
    const { n } = series;
    const row = smoothed(series, 1);
    const window = Math.ceil(n / 20);
    const before = window >> 1;
    const after = window - before;
    const order = argsort(row);
    const rankOf = new Int32Array(n);
    for (let rank = 0; rank < n; rank++) rankOf[order[rank]!] = rank;
    const near = createRankTree(n);
    const noise = new Float64Array(n);
    for (let t = 1 - after; t < n; t++) {
      if (t + after <= n) near.add(rankOf[t + after - 1]!);
      if (t > before) near.remove(rankOf[t - before - 1]!);
      if (t < 0) continue;
      const place = NOISE_SHARE * (near.size - 1);
      const below = Math.floor(place);
      const share = place - below;
      const low = row[order[near.select(below)]!]!;
      noise[t] =
        share === 0 ? low : low * (1 - share) + row[order[near.select(below + 1)]!]! * share;
    }
    return noise;
  });
}

export const numberCwtPeaks = calculator({
  name: 'number_cwt_peaks',
  formula:
    'How many ridges of relative maxima run through at least a quarter of the rows of the Mexican hat transforms of widths 1 … n, and start with a value at least as large as the 10 % quantile around it (ceil(length / 20) values of width 1).',
  source: 'Du, Kibbe & Lin (2006), Bioinformatics 22(17), 2059–2065',
  unit: 'samples',
  cost: 'n·window',
  parameters: { n: whole(1, 1000) },
  create:
    ({ n: widths }) =>
    (series) => {
      if (series.n === 0) return Number.NaN;
      const rows = Array.from({ length: widths }, (_, i) => smoothed(series, i + 1));
      const longEnough = Math.ceil(widths / 4);
      let peaks = 0;
      for (const { length, row, column } of ridgeLines(rows)) {
        if (length < longEnough) continue;
        // NaN, which is 0 / 0, counts as loud enough.
        const loudness = Math.abs(rows[row]![column]! / noiseFloor(series)[column]!);
        if (!(loudness < 1)) peaks++;
      }
      return peaks;
    },
});
