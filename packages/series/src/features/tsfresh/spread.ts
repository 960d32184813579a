import { medianOfSorted, quantileOfSorted } from '../../stats/quantile.ts';
import { calculator } from './calculator.ts';
import { momentsOf } from './moments.ts';
import { number, share } from './parameter-rules.ts';

export const spreadCalculators = [
  calculator({
    name: 'median',
    formula: 'The middle value, the mean of the middle two for even n.',
    unit: 'y',
    cost: 'n log n',
    create: () => (series) => medianOfSorted(series.sorted),
  }),
  calculator({
    name: 'quantile',
    formula: 'The q quantile, linear between the two values around place q (n − 1).',
    source: 'Hyndman & Fan (1996), The American Statistician 50(4), definition 7',
    unit: 'y',
    cost: 'n log n',
    parameters: { q: share },
    create:
      ({ q }) =>
      (series) =>
        quantileOfSorted(series.sorted, q),
  }),
  calculator({
    name: 'ratio_beyond_r_sigma',
    formula: 'Share of values more than r standard deviations away from the mean.',
    unit: '1',
    parameters: { r: number },
    create:
      ({ r }) =>
      (series) => {
        const { y, n } = series;
        const { mean, sd } = momentsOf(series);
        let beyond = 0;
        for (let t = 0; t < n; t++) if (Math.abs(y[t]! - mean) > r * sd) beyond++;
        return beyond / n;
      },
  }),
  calculator({
    name: 'large_standard_deviation',
    formula: '1 when the standard deviation exceeds r (max − min), else 0.',
    unit: '1',
    parameters: { r: number },
    create:
      ({ r }) =>
      (series) =>
        series.n === 0 ? Number.NaN : Number(momentsOf(series).sd > r * (series.max - series.min)),
  }),
  calculator({
    name: 'symmetry_looking',
    formula: '1 when |mean − median| < r (max − min), else 0.',
    unit: '1',
    cost: 'n log n',
    parameters: { r: number },
    create:
      ({ r }) =>
      (series) => {
        if (series.n === 0) return Number.NaN;
        const offset = Math.abs(momentsOf(series).mean - medianOfSorted(series.sorted));
        return Number(offset < r * (series.max - series.min));
      },
  }),
];
