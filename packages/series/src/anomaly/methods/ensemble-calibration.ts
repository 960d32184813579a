/** The sum that is reached at one point in 10^(k/2), k = 0 … 8, of simulated series in which nothing happens. */
const REACHED = [0, 0.15, 1.1, 2.45, 3.45, 4.62, 5.83, 7.2, 8.1] as const;
const STEP = 0.5;

/**
 * −log₁₀ of the probability that the ensemble's sum reaches `sum` in usual times.
 *
 * The quantiles are of 7 kinds of simulated series, 2 × 19,000 points each (white noise, autoregressions of 0.5 and 0.9,
 * Student's t with 3 degrees of freedom, log-normal values, counts of mean 2, a day's wave with noise), pooled; between them
 * and beyond the last the line through the neighbours. Kinds differ: at one in a thousand from 2.7 (wave) to 7.1
 * (autoregression of 0.9) around 5.8. `bench/anomaly.ts` measures the rate again.
 */
export function ensembleSurprise(sum: number): number {
  let k = 1;
  while (k < REACHED.length - 1 && sum > REACHED[k]!) k++;
  const [from, to] = [REACHED[k - 1]!, REACHED[k]!];
  return Math.max(0, STEP * (k - 1 + (sum - from) / (to - from)));
}
