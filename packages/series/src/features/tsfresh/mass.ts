import { pairwiseSum } from '../../math/pairwise-sum.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { sizesOf } from './changes.ts';
import { share, whole } from './parameter-rules.ts';
import { scaledOf } from './scaled.ts';

/** Σ |y[0 … t]| / Σ |y|; undefined when all values are 0 and where the sum overflows. */
function massUpTo(series: SharedSeries): Float64Array | undefined {
  return series.once('tsfresh.mass', () => {
    const sizes = sizesOf(series.y);
    const total = pairwiseSum(sizes);
    if (total === 0 || total === Number.POSITIVE_INFINITY) return undefined;
    let sum = 0;
    for (let t = 0; t < sizes.length; t++) {
      sum += sizes[t]!;
      sizes[t] = sum / total;
    }
    return sizes;
  });
}

function squares(series: SharedSeries): Float64Array {
  return series.once('tsfresh.squares', () => {
    const { y } = scaledOf(series);
    const { n } = series;
    const out = new Float64Array(n);
    for (let t = 0; t < n; t++) out[t] = y[t]! * y[t]!;
    return out;
  });
}

/** Chunk `at` of n values cut into `count`; the first n mod count chunks have one value more. */
function chunk(n: number, count: number, at: number): { from: number; to: number } {
  const short = Math.floor(n / count);
  const longer = n % count;
  const from = at * short + Math.min(at, longer);
  return { from, to: from + short + (at < longer ? 1 : 0) };
}

export const massCalculators = [
  calculator({
    name: 'index_mass_quantile',
    formula:
      'Share of the length of the series after which Σ |y| reaches the share q of its total.',
    unit: '1',
    parameters: { q: share },
    create:
      ({ q }) =>
      (series) => {
        const mass = massUpTo(series);
        if (mass === undefined) return Number.NaN;
        // Rounding may keep the last sum just below 1; numpy's argmax then gives the first place.
        let t = 0;
        while (t < mass.length && !(mass[t]! >= q)) t++;
        return ((t === mass.length ? 0 : t) + 1) / series.n;
      },
  }),
  calculator({
    name: 'energy_ratio_by_chunks',
    formula:
      'Σ y² of chunk segment_focus of num_segments chunks / Σ y²; the first n mod num_segments chunks have one value more.',
    unit: '1',
    parameters: { num_segments: whole(1), segment_focus: whole(0) },
    create:
      ({ num_segments: count, segment_focus: at }) =>
      (series) => {
        if (at >= count || series.n === 0) return Number.NaN;
        const all = squares(series);
        const { from, to } = chunk(series.n, count, at);
        return pairwiseSum(all, from, to) / series.once('tsfresh.energy', () => pairwiseSum(all));
      },
  }),
];
