import { normalCdf } from '../math/normal.ts';
import { medianInPlace } from '../math/running-median.ts';

/** Outcome of the runs test; `NaN` where it is not defined. */
export interface RunsTest {
  /** Stretches of values on one side of the median. */
  readonly runs: number;
  /** How many there would be on average in random order. */
  readonly expected: number;
  /** (runs − expected) / standard deviation: below 0 for slow changes, above for too regular ones. */
  readonly statistic: number;
  /** Two-sided p-value of "the order is random", by the normal approximation. */
  readonly pValue: number;
}

/**
 * Wald and Wolfowitz's runs test about the median.
 *
 * @param y n values in order; what is not finite and what equals the median is left out.
 * @returns `NaN` but for `runs` when fewer than two values lie on a side.
 *
 * Source: Wald & Wolfowitz (1940), Annals of Mathematical Statistics 11.
 */
export function runsTest(y: Float64Array): RunsTest {
  const known = y.filter(Number.isFinite);
  const median = medianInPlace(known.slice());
  let [above, below, runs] = [0, 0, 0];
  let last = 0;
  for (let t = 0; t < known.length; t++) {
    const side = Math.sign(known[t]! - median);
    if (side === 0) continue;
    if (side > 0) above++;
    else below++;
    if (side !== last) runs++;
    last = side;
  }
  const n = above + below;
  if (above < 2 || below < 2) {
    return { runs, expected: Number.NaN, statistic: Number.NaN, pValue: Number.NaN };
  }
  const product = 2 * above * below;
  const expected = product / n + 1;
  const variance = (product * (product - n)) / (n * n * (n - 1));
  const statistic = (runs - expected) / Math.sqrt(variance);
  return { runs, expected, statistic, pValue: 2 * normalCdf(-Math.abs(statistic)) };
}
