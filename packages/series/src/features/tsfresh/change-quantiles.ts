import { quantileOfSorted } from '../../stats/quantile.ts';
import type { SharedSeries } from '../shared-series.ts';
import { aggregate, aggregateName } from './aggregates.ts';
import { calculator } from './calculator.ts';
import { sizesOf } from './changes.ts';
import { flag, share } from './parameter-rules.ts';

/** The changes that start and end in the corridor from quantile ql to quantile qh, in order. */
function changesInside(series: SharedSeries, ql: number, qh: number): Float64Array {
  const { y, n, sorted, differences } = series;
  const low = quantileOfSorted(sorted, ql);
  const high = quantileOfSorted(sorted, qh);
  const inside = new Float64Array(differences.length);
  let count = 0;
  let before = false;
  for (let t = 0; t < n; t++) {
    const now = y[t]! >= low && y[t]! <= high;
    if (now && before) inside[count++] = differences[t - 1]!;
    before = now;
  }
  return inside.subarray(0, count);
}

export const changeQuantiles = calculator({
  name: 'change_quantiles',
  formula:
    'f_agg of y[t + 1] − y[t] (its size when isabs) over the t where both values lie in [quantile ql, quantile qh]; 0 where there is none, and for ql ≥ qh.',
  unit: 'unit of f_agg',
  cost: 'n log n',
  parameters: { ql: share, qh: share, isabs: flag, f_agg: aggregateName },
  create: ({ ql, qh, isabs, f_agg: name }) => {
    const key = `tsfresh.changes ${ql} ${qh}`;
    const sizesKey = `${key} sizes`;
    return (series) => {
      if (ql >= qh) return 0;
      if (series.n === 0) return Number.NaN;
      const changes = series.once(key, () => changesInside(series, ql, qh));
      if (changes.length === 0) return 0;
      return aggregate(name, isabs ? series.once(sizesKey, () => sizesOf(changes)) : changes);
    };
  },
});
