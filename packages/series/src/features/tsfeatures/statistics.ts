import { quantileOfSorted } from '../../stats/quantile.ts';
import type { SharedSeries } from '../shared-series.ts';
import type { Definition } from './definition.ts';

/** Numbers about the values as they are; the peer does not standardise them. */
export function statisticDefinitions(freq: number): readonly Definition[] {
  const plain = (
    name: string,
    formula: string,
    unit: string,
    compute: (series: SharedSeries) => number,
  ): Definition => ({ name, formula, unit, scaled: 'none', compute });
  const quantile = (name: string, p: number) =>
    plain(name, `Quantile ${p} (linear).`, 'y', ({ sorted }) => quantileOfSorted(sorted, p));
  return [
    {
      ...plain('series_length', 'Number of values that are not missing.', 'samples', ({ n }) => n),
      always: true,
    },
    plain('sparsity', 'Share of values equal to 0.', '1', ({ y, n }) => {
      let zeros = 0;
      for (let t = 0; t < n; t++) if (y[t] === 0) zeros++;
      return zeros / n;
    }),
    plain('total_sum', 'Σ y.', 'y', ({ mean, n }) => mean * n),
    plain('mean', 'Σ y / n.', 'y', ({ mean }) => mean),
    plain('variance', 'Σ (y − mean)² / (n − 1).', 'y²', ({ variance, n }) =>
      n < 2 ? Number.NaN : (variance * n) / (n - 1),
    ),
    quantile('median', 0.5),
    quantile('p2point5', 0.025),
    quantile('p5', 0.05),
    quantile('p25', 0.25),
    quantile('p75', 0.75),
    quantile('p95', 0.95),
    quantile('p97point5', 0.975),
    plain('max', 'Largest value.', 'y', ({ max }) => max),
    plain('min', 'Smallest value.', 'y', ({ min }) => min),
    plain(
      'intervals_mean',
      'Mean over runs without a 0 of their sums, positive values counting as 1.',
      '1',
      (series) => {
        const sums = intervalSums(series);
        return sums.reduce((a, b) => a + b, 0) / sums.length;
      },
    ),
    plain(
      'intervals_sd',
      'Standard deviation (divisor n − 1) of the same sums; not defined for a single run.',
      '1',
      (series) => {
        const sums = intervalSums(series);
        const mean = sums.reduce((a, b) => a + b, 0) / sums.length;
        const squares = sums.reduce((total, sum) => total + (sum - mean) ** 2, 0);
        return sums.length < 2 ? Number.NaN : Math.sqrt(squares / (sums.length - 1));
      },
    ),
    plain('count_entropy', '−Σ y·ln y over the positive values.', '1', ({ y, n }) => {
      let sum = 0;
      for (let t = 0; t < n; t++) if (y[t]! > 0) sum += y[t]! * Math.log(y[t]!);
      return sum === 0 ? 0 : -sum;
    }),
    { ...plain('frequency', 'The season length freq.', 'samples', () => freq), always: true },
  ];
}

function intervalSums({ y, n }: SharedSeries): readonly number[] {
  const sums: number[] = [];
  let inside = false;
  for (let t = 0; t < n; t++) {
    const value = y[t]!;
    if (value === 0) {
      inside = false;
      continue;
    }
    if (!inside) sums.push(0);
    inside = true;
    sums[sums.length - 1]! += value > 0 ? 1 : value;
  }
  return sums;
}
