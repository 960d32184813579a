import { templateMatches } from '../../math/template-matches.ts';
import type { SharedSeries } from '../shared-series.ts';

const M = 3;
const TOLERANCE_SD = 0.2;
/** The longest stretch averaged is n over this. */
const LARGEST_SCALE_DIVISOR = 13;

/** Area under the sample entropies of ever coarser means, divided by their number; NaN where none is finite. */
export function multiscaleEntropy({ y, n, sd }: SharedSeries): number {
  const entropies: number[] = [];
  for (let scale = 1; scale <= Math.floor(n / LARGEST_SCALE_DIVISOR); scale++) {
    const { short, long } = templateMatches(meansOf(y, scale), M, TOLERANCE_SD * sd);
    if (long > 0) entropies.push(Math.log(short / long));
  }
  if (entropies.length === 0) return Number.NaN;
  let area = 0;
  for (let i = 1; i < entropies.length; i++) area += (entropies[i - 1]! + entropies[i]!) / 2;
  return area / entropies.length;
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
