import { pairwiseSum } from '../math/pairwise-sum.ts';

/** Σ (value − mean)² / (n − 1); NaN for fewer than two values. Cost: O(n). */
export function sampleVariance(values: Float64Array): number {
  const n = values.length;
  if (n < 2) return Number.NaN;
  const mean = pairwiseSum(values) / n;
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) squares[i] = (values[i]! - mean) ** 2;
  return pairwiseSum(squares) / (n - 1);
}
