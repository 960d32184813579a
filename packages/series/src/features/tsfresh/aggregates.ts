import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { medianOfSorted } from '../../stats/quantile.ts';
import { meanOf, varianceOf } from './moments.ts';
import { oneOf } from './parameter-rules.ts';

/** NumPy's name of an aggregate. */
export const aggregateName = oneOf('mean', 'var', 'std', 'median', 'min', 'max', 'sum');
export type AggregateName = ReturnType<typeof aggregateName>;

/** An aggregate of values[from … to); NaN for none, except the sum. Variances divide by the number of values. */
export function aggregate(
  name: AggregateName,
  values: Float64Array,
  from = 0,
  to = values.length,
): number {
  switch (name) {
    case 'mean':
      return meanOf(values, from, to);
    case 'var':
      return varianceOf(values, from, to);
    case 'std':
      return Math.sqrt(varianceOf(values, from, to));
    case 'median':
      return medianOfSorted(values.slice(from, to).sort());
    case 'sum':
      return pairwiseSum(values, from, to);
    case 'min':
      return extreme(values, from, to, 1);
    case 'max':
      return -extreme(values, from, to, -1);
  }
}

function extreme(values: Float64Array, from: number, to: number, sign: 1 | -1): number {
  if (to <= from) return Number.NaN;
  let least = sign * values[from]!;
  for (let i = from + 1; i < to; i++) if (sign * values[i]! < least) least = sign * values[i]!;
  return least;
}
