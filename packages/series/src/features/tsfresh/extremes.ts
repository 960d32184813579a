import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { countBelow, countUpTo } from '../../stats/rank-in-sorted.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

interface Place {
  readonly first: number;
  readonly last: number;
  /** How often the extreme occurs. */
  readonly times: number;
}

function placeOf(series: SharedSeries, which: 'max' | 'min'): Place {
  return series.once(`tsfresh.place ${which}`, () => {
    const { y, sorted } = series;
    const extreme = series[which];
    return {
      first: y.indexOf(extreme),
      last: y.lastIndexOf(extreme),
      times: countUpTo(sorted, extreme) - countBelow(sorted, extreme),
    };
  });
}

const perLength = (series: SharedSeries, samples: number) =>
  series.n === 0 ? Number.NaN : samples / series.n;

const moreThanOnce = (series: SharedSeries, which: 'max' | 'min') =>
  series.n === 0 ? Number.NaN : Number(placeOf(series, which).times >= 2);

/** The last value counts as place 1, so that the reversed series has its first place there. */
const lastPlace = (series: SharedSeries, which: 'max' | 'min') =>
  1 - perLength(series, series.n - 1 - placeOf(series, which).last);

export const extremeCalculators = [
  calculator({
    name: 'maximum',
    formula: 'The largest value.',
    unit: 'y',
    create: () => (series) => series.max,
  }),
  calculator({
    name: 'minimum',
    formula: 'The smallest value.',
    unit: 'y',
    create: () => (series) => series.min,
  }),
  calculator({
    name: 'absolute_maximum',
    formula: 'The largest |y|.',
    unit: 'y',
    create: () => (series) => Math.max(Math.abs(series.min), Math.abs(series.max)),
  }),
  calculator({
    name: 'mean_n_absolute_max',
    formula: 'Mean of the number_of_maxima largest |y|; not defined for n ≤ number_of_maxima.',
    unit: 'y',
    parameters: { number_of_maxima: whole(1) },
    create:
      ({ number_of_maxima: count }) =>
      (series) =>
        series.n > count ? pairwiseSum(largestSizes(series.sorted, count)) / count : Number.NaN,
  }),
  calculator({
    name: 'first_location_of_maximum',
    formula: 'Index of the first maximum / n.',
    unit: '1',
    create: () => (series) => perLength(series, placeOf(series, 'max').first),
  }),
  calculator({
    name: 'last_location_of_maximum',
    formula: '1 − (steps from the end to the last maximum) / n.',
    unit: '1',
    create: () => (series) => lastPlace(series, 'max'),
  }),
  calculator({
    name: 'first_location_of_minimum',
    formula: 'Index of the first minimum / n.',
    unit: '1',
    create: () => (series) => perLength(series, placeOf(series, 'min').first),
  }),
  calculator({
    name: 'last_location_of_minimum',
    formula: '1 − (steps from the end to the last minimum) / n.',
    unit: '1',
    create: () => (series) => lastPlace(series, 'min'),
  }),
  calculator({
    name: 'has_duplicate_max',
    formula: '1 when the maximum occurs more than once, else 0.',
    unit: '1',
    create: () => (series) => moreThanOnce(series, 'max'),
  }),
  calculator({
    name: 'has_duplicate_min',
    formula: '1 when the minimum occurs more than once, else 0.',
    unit: '1',
    create: () => (series) => moreThanOnce(series, 'min'),
  }),
];

/** The `count` largest sizes, ascending: from both ends of the ascending values. */
function largestSizes(sorted: Float64Array, count: number): Float64Array {
  const sizes = new Float64Array(count);
  let low = 0;
  let high = sorted.length - 1;
  for (let i = count - 1; i >= 0; i--) {
    sizes[i] = -sorted[low]! > sorted[high]! ? -sorted[low++]! : Math.abs(sorted[high--]!);
  }
  return sizes;
}
