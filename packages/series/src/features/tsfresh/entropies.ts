import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { type TemplateCounts, templateCounts } from '../../stats/template-counts.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { momentsOf } from './moments.ts';
import { number, whole } from './parameter-rules.ts';

/** Template length and tolerance, in standard deviations, of sample entropy. */
const LENGTH = 2;
const TOLERANCE = 0.2;

/** How many other templates of m, and of m + 1, values are near each. */
function matchesOf(series: SharedSeries, m: number, r: number): TemplateCounts {
  return series.once(`tsfresh.matches ${m} ${r}`, () =>
    templateCounts(series.y, m + 1, r * momentsOf(series).sd),
  );
}

function sumOf(counts: Int32Array): number {
  let sum = 0;
  for (let t = 0; t < counts.length; t++) sum += counts[t]!;
  return sum;
}

/** Mean logarithm of the share of templates that match each, itself included. */
function meanLogShare(others: Int32Array): number {
  const logs = new Float64Array(others.length);
  for (let t = 0; t < logs.length; t++) logs[t] = Math.log((others[t]! + 1) / logs.length);
  return pairwiseSum(logs) / logs.length;
}

export const entropyCalculators = [
  calculator({
    name: 'sample_entropy',
    formula:
      '−ln(A / B): A and B are the pairs of templates of 3 and of 2 consecutive values that differ by at most 0.2 standard deviations (divisor n) in every place; all n − 2 and n − 1 templates take part. Infinite where no pair of 3 matches.',
    source: 'Richman & Moorman (2000), Am. J. Physiology 278(6), H2039–H2049',
    unit: 'nats',
    cost: 'n²',
    create: () => (series) => {
      const matches = matchesOf(series, LENGTH, TOLERANCE);
      return 0 - Math.log(sumOf(matches.of(LENGTH + 1)) / sumOf(matches.of(LENGTH)));
    },
  }),
  calculator({
    name: 'approximate_entropy',
    formula:
      '|Φ(m) − Φ(m + 1)|, Φ(k) being the mean, over the n − k + 1 templates of k consecutive values, of the logarithm of the share of templates that differ by at most r standard deviations (divisor n) in every place, itself included; 0 for n ≤ m + 1.',
    source: 'Pincus (1991), PNAS 88(6), 2297–2301',
    unit: 'nats',
    cost: 'n²',
    parameters: { m: whole(1, 1000), r: number },
    create:
      ({ m, r }) =>
      (series) => {
        if (series.n <= m + 1) return 0;
        if (!(r >= 0)) return Number.NaN;
        const matches = matchesOf(series, m, r);
        return Math.abs(meanLogShare(matches.of(m)) - meanLogShare(matches.of(m + 1)));
      },
  }),
];
