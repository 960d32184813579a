import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { safeScale } from '../../math/safe-scale.ts';
import type { SharedSeries } from '../shared-series.ts';

/** The finite values as every feature of the set sees them: none of them depends on the unit. */
export interface Values {
  /** Divided by a power of two where their squares would overflow or vanish. */
  readonly x: Float64Array;
  readonly n: number;
  /** Σ x / n, added pairwise as NumPy does, so that a value at the mean counts on the same side. */
  readonly mean: number;
  /** Divisor n. */
  readonly sd: number;
  readonly constant: boolean;
}

export function valuesOf(series: SharedSeries): Values {
  return series.once('antropy.values', () => {
    const { y, n } = series;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < n; t++) {
      if (y[t]! < min) min = y[t]!;
      if (y[t]! > max) max = y[t]!;
    }
    const scale = n === 0 ? 1 : safeScale(Math.max(-min, max));
    const x = scale === 1 ? y : y.map((value) => value / scale);
    return { x, n, mean: pairwiseSum(x) / n, sd: Math.sqrt(variance(x)), constant: min === max };
  });
}

/** Divisor n, two passes, both added pairwise. */
export function variance(x: Float64Array): number {
  const mean = pairwiseSum(x) / x.length;
  const squares = new Float64Array(x.length);
  for (let t = 0; t < x.length; t++) squares[t] = (x[t]! - mean) * (x[t]! - mean);
  return pairwiseSum(squares) / x.length;
}

export function differences(x: Float64Array): Float64Array {
  const out = new Float64Array(Math.max(0, x.length - 1));
  for (let t = 0; t < out.length; t++) out[t] = x[t + 1]! - x[t]!;
  return out;
}
