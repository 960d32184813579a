import { pairwiseSum } from '../../math/pairwise-sum.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';

/** How many different values there are, and which of them occur more than once. */
interface Recurring {
  readonly different: number;
  /** Each value that occurs more than once, and how often. */
  readonly values: Float64Array;
  readonly times: Float64Array;
}

function recurringOf(series: SharedSeries): Recurring {
  return series.once('tsfresh.recurring', () => {
    const { sorted, n } = series;
    const values: number[] = [];
    const times: number[] = [];
    let different = 0;
    for (let i = 0; i < n; ) {
      let next = i + 1;
      while (next < n && sorted[next] === sorted[i]) next++;
      different++;
      if (next - i > 1) {
        values.push(sorted[i]!);
        times.push(next - i);
      }
      i = next;
    }
    return { different, values: Float64Array.from(values), times: Float64Array.from(times) };
  });
}

export const recurringValueCalculators = [
  calculator({
    name: 'has_duplicate',
    formula: '1 when any value occurs more than once, else 0.',
    unit: '1',
    cost: 'n log n',
    create: () => (series) =>
      series.n === 0 ? 0 : Number(recurringOf(series).different !== series.n),
  }),
  calculator({
    name: 'percentage_of_reoccurring_values_to_all_values',
    formula:
      'Different values that occur more than once / different values; a fraction, not a percentage.',
    unit: '1',
    cost: 'n log n',
    create: () => (series) => recurringOf(series).values.length / recurringOf(series).different,
  }),
  calculator({
    name: 'percentage_of_reoccurring_datapoints_to_all_datapoints',
    formula:
      'Values that occur more than once, each time counted / n; a fraction, not a percentage.',
    unit: '1',
    cost: 'n log n',
    create: () => (series) => pairwiseSum(recurringOf(series).times) / series.n,
  }),
  calculator({
    name: 'sum_of_reoccurring_values',
    formula: 'Sum of the values that occur more than once, each counted once.',
    unit: 'y',
    cost: 'n log n',
    create: () => (series) => pairwiseSum(recurringOf(series).values),
  }),
  calculator({
    name: 'sum_of_reoccurring_data_points',
    formula: 'Sum of the values that occur more than once, each time counted.',
    unit: 'y',
    cost: 'n log n',
    create: () => (series) => {
      const { values, times } = recurringOf(series);
      return pairwiseSum(values.map((value, i) => value * times[i]!));
    },
  }),
  calculator({
    name: 'ratio_value_number_to_time_series_length',
    formula: 'Different values / n.',
    unit: '1',
    cost: 'n log n',
    create: () => (series) => recurringOf(series).different / series.n,
  }),
];
