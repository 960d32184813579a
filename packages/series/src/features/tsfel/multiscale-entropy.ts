import { templateCounts } from '../../stats/template-counts.ts';
import type { SharedSeries } from '../shared-series.ts';

const M = 3;
const TOLERANCE_SD = 0.2;
/** The longest stretch averaged is n over this. */
const LARGEST_SCALE_DIVISOR = 13;

/** Area under the sample entropies of ever coarser means, divided by their number; NaN where none is finite. */
export function multiscaleEntropy({ y, n, sd }: SharedSeries): number {
  const entropies: number[] = [];
  for (let scale = 1; scale <= Math.floor(n / LARGEST_SCALE_DIVISOR); scale++) {
    const entropy = sampleEntropy(meansOf(y, scale), TOLERANCE_SD * sd);
    if (Number.isFinite(entropy)) entropies.push(entropy);
  }
  if (entropies.length === 0) return Number.NaN;
  let area = 0;
  for (let i = 1; i < entropies.length; i++) area += (entropies[i - 1]! + entropies[i]!) / 2;
  return area / entropies.length;
}

/** ln of how many pairs of stretches of 3 values resemble each other for each that does with 4; the last stretch has no 4th. */
function sampleEntropy(y: Float64Array, tolerance: number): number {
  const counts = templateCounts(y, M + 1, tolerance);
  const short = counts.of(M);
  const last = short.length - 1;
  // Every pair is counted at both of its stretches, one with the last stretch only once after leaving that out.
  const pairs = (sumOf(short.subarray(0, last)) - short[last]!) / 2;
  return Math.log(pairs / (sumOf(counts.of(M + 1)) / 2));
}

function sumOf(counts: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** Means of every `scale` values in turn; a rest at the end is left out. */
function meansOf(y: Float64Array, scale: number): Float64Array {
  const out = new Float64Array(Math.floor(y.length / scale));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let t = i * scale; t < (i + 1) * scale; t++) sum += y[t]!;
    out[i] = sum / scale;
  }
  return out;
}
