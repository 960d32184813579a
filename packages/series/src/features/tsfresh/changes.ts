import { pairwiseSum } from '../../math/pairwise-sum.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { momentsOf } from './moments.ts';
import { flag } from './parameter-rules.ts';
import { scaledOf } from './scaled.ts';

function absoluteChanges(series: SharedSeries): number {
  return series.once('tsfresh.absolute changes', () => pairwiseSum(sizesOf(series.differences)));
}

export function sizesOf(values: Float64Array): Float64Array {
  const sizes = new Float64Array(values.length);
  for (let t = 0; t < sizes.length; t++) sizes[t] = Math.abs(values[t]!);
  return sizes;
}

/** √Σ of the squared differences, in units of `unit`. */
function pathLength(series: SharedSeries, unit: number): number {
  const { y, scale } = scaledOf(series);
  let sum = 0;
  for (let t = 1; t < y.length; t++) {
    const step = (y[t]! - y[t - 1]!) / (unit / scale);
    sum += step * step;
  }
  return Math.sqrt(sum);
}

export const changeCalculators = [
  calculator({
    name: 'absolute_sum_of_changes',
    formula: 'Σ |y[t + 1] − y[t]|.',
    unit: 'y',
    create: () => absoluteChanges,
  }),
  calculator({
    name: 'mean_abs_change',
    formula: 'Mean of |y[t + 1] − y[t]|.',
    unit: 'y',
    create: () => (series) => absoluteChanges(series) / series.differences.length,
  }),
  calculator({
    name: 'mean_change',
    formula: '(last − first) / (n − 1).',
    unit: 'y',
    create:
      () =>
      ({ y, n }) =>
        n > 1 ? (y[n - 1]! - y[0]!) / (n - 1) : Number.NaN,
  }),
  calculator({
    name: 'mean_second_derivative_central',
    formula: 'Mean of (y[t + 2] − 2 y[t + 1] + y[t]) / 2.',
    unit: 'y',
    create:
      () =>
      ({ y, n }) =>
        n > 2 ? (y[n - 1]! - y[n - 2]! - y[1]! + y[0]!) / (2 * (n - 2)) : Number.NaN,
  }),
  calculator({
    name: 'cid_ce',
    formula:
      '√Σ (y[t + 1] − y[t])², of the standardised series when normalize is true; 0 then for a constant series.',
    source: 'Batista et al. (2014), Data Mining and Knowledge Discovery 28(3), 634–669',
    unit: 'y, or 1 when normalised',
    parameters: { normalize: flag },
    create:
      ({ normalize }) =>
      (series) => {
        if (series.n === 0) return normalize ? Number.NaN : 0;
        const { sd } = momentsOf(series);
        if (!normalize) return pathLength(series, scaledOf(series).scale) * scaledOf(series).scale;
        return sd === 0 ? 0 : pathLength(series, sd);
      },
  }),
];
