import { InvalidInput, requireWhole } from '../invalid-input.ts';
import { chiSquareSurvival } from '../math/gamma.ts';

/** Outcome of a test whose statistic follows a chi-square distribution; `NaN` where it is not defined. */
export interface ChiSquareTest {
  readonly statistic: number;
  /** Degrees of freedom. */
  readonly freedom: number;
  /** Probability of a larger statistic by chance. */
  readonly pValue: number;
}

/**
 * Chi-square test of "every number is drawn equally often".
 *
 * Numbers drawn together without replacement cannot repeat, which keeps their counts closer together than those of single
 * draws; the statistic is enlarged by (N − 1) / (N − k) to allow for that.
 *
 * @param counts how often each of N ≥ 2 numbers was drawn.
 * @param together k, how many different numbers a draw has, 1 ≤ k < N; 1 for digits drawn with replacement.
 * @throws InvalidInput (`counts`, `together`)
 *
 * Source: Pearson (1900); Joe (1993), Statistics & Probability Letters 16, 181–188, for k > 1.
 */
export function uniformityTest(counts: ArrayLike<number>, together = 1): ChiSquareTest {
  const n = counts.length;
  if (n < 2) throw new InvalidInput('counts', `must hold at least two numbers, got ${n}`);
  requireWhole('together', together, 1, n - 1);
  let total = 0;
  for (let i = 0; i < n; i++) total += counts[i]!;
  const expected = total / n;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (counts[i]! - expected) ** 2;
  const statistic = total > 0 ? (sum / expected) * ((n - 1) / (n - together)) : Number.NaN;
  return { statistic, freedom: n - 1, pValue: chiSquareSurvival(statistic, n - 1) };
}
