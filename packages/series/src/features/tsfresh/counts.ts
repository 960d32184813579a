import { countBelow, countUpTo } from '../../stats/rank-in-sorted.ts';
import { calculator } from './calculator.ts';
import { momentsOf } from './moments.ts';
import { number } from './parameter-rules.ts';

/** Length of the longest run of values above the threshold (sign 1) or below it (sign −1). */
function longestRun(y: Float64Array, threshold: number, sign: 1 | -1): number {
  let longest = 0;
  let run = 0;
  for (let t = 0; t < y.length; t++) {
    run = sign * y[t]! > sign * threshold ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

export const countCalculators = [
  calculator({
    name: 'count_above_mean',
    formula: 'How many values exceed the mean.',
    unit: 'samples',
    cost: 'n log n',
    create: () => (series) => series.n - countUpTo(series.sorted, momentsOf(series).mean),
  }),
  calculator({
    name: 'count_below_mean',
    formula: 'How many values are below the mean.',
    unit: 'samples',
    cost: 'n log n',
    create: () => (series) => countBelow(series.sorted, momentsOf(series).mean),
  }),
  calculator({
    name: 'longest_strike_above_mean',
    formula: 'Length of the longest run of values above the mean.',
    unit: 'samples',
    create: () => (series) => longestRun(series.y, momentsOf(series).mean, 1),
  }),
  calculator({
    name: 'longest_strike_below_mean',
    formula: 'Length of the longest run of values below the mean.',
    unit: 'samples',
    create: () => (series) => longestRun(series.y, momentsOf(series).mean, -1),
  }),
  calculator({
    name: 'value_count',
    formula: 'How many values equal `value`.',
    unit: 'samples',
    cost: 'n log n',
    parameters: { value: number },
    create:
      ({ value }) =>
      ({ sorted }) =>
        countUpTo(sorted, value) - countBelow(sorted, value),
  }),
  calculator({
    name: 'range_count',
    formula: 'How many values lie in [min, max).',
    unit: 'samples',
    cost: 'n log n',
    parameters: { min: number, max: number },
    create:
      ({ min, max }) =>
      ({ sorted }) =>
        Math.max(0, countBelow(sorted, max) - countBelow(sorted, min)),
  }),
  calculator({
    name: 'count_above',
    formula: 'Share of values ≥ t.',
    unit: '1',
    cost: 'n log n',
    parameters: { t: number },
    create:
      ({ t }) =>
      ({ sorted, n }) =>
        Number.isNaN(t) ? 0 / n : (n - countBelow(sorted, t)) / n,
  }),
  calculator({
    name: 'count_below',
    formula: 'Share of values ≤ t.',
    unit: '1',
    cost: 'n log n',
    parameters: { t: number },
    create:
      ({ t }) =>
      ({ sorted, n }) =>
        countUpTo(sorted, t) / n,
  }),
  calculator({
    name: 'number_crossing_m',
    formula: 'How often neighbouring values lie on different sides of m; m itself is below.',
    unit: 'samples',
    parameters: { m: number },
    create:
      ({ m }) =>
      ({ y, n }) => {
        let crossings = 0;
        for (let t = 1; t < n; t++) if (y[t]! > m !== y[t - 1]! > m) crossings++;
        return crossings;
      },
  }),
];
