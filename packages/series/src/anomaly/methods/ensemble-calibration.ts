/** Sums of the ensemble, and −log₁₀ of how often a point of a simulated series in which nothing happens reaches them. */
const SUMS = [0, 1.14, 2.42, 3.48, 4.65, 5.92, 7.21, 8.58] as const;
const SURPRISES = [0, 1, 1.5, 2, 2.5, 3, 3.5, 4] as const;

/**
 * −log₁₀ of the probability that the ensemble's sum reaches `sum` in usual times.
 *
 * The quantiles are of 7 kinds of simulated series, 3 × 19,000 points each (white noise, autoregressions of 0.5 and 0.9,
 * Student's t with 3 degrees of freedom, log-normal values, counts of mean 2, a day's wave with noise), pooled; between them
 * and beyond the last the line through the neighbours. Kinds differ: one in 600 reaches from 3.1 (wave) to 6.5
 * (autoregression of 0.9). `bench/anomaly.ts` measures the rates of alarms again.
 */
export function ensembleSurprise(sum: number): number {
  let k = 1;
  while (k < SUMS.length - 1 && sum > SUMS[k]!) k++;
  const share = (sum - SUMS[k - 1]!) / (SUMS[k]! - SUMS[k - 1]!);
  return SURPRISES[k - 1]! + share * (SURPRISES[k]! - SURPRISES[k - 1]!);
}
