import type { SharedSeries } from '../shared-series.ts';
import { type AggregateName, aggregate, aggregateName } from './aggregates.ts';
import { calculator } from './calculator.ts';
import { oneOf, whole } from './parameter-rules.ts';
import { regressionLine } from './regression-line.ts';
import { scaledOf } from './scaled.ts';

const SOURCE = 'Draper & Smith (1998), Applied Regression Analysis, 1.2–1.4';
const attribute = oneOf('pvalue', 'rvalue', 'intercept', 'slope', 'stderr');

/** One value for each chunk of `length` scaled values, the last chunk as long as what is left. */
function chunkAggregates(series: SharedSeries, name: AggregateName, length: number): Float64Array {
  const { y } = scaledOf(series);
  const n = y.length;
  const chunks = new Float64Array(Math.ceil(n / length));
  for (let i = 0; i < chunks.length; i++) {
    chunks[i] = aggregate(name, y, i * length, Math.min(n, (i + 1) * length));
  }
  return chunks;
}

export const trendCalculators = [
  calculator({
    name: 'linear_trend',
    formula:
      'Straight line through y at 0 … n − 1 by least squares: slope, intercept, correlation (rvalue), two-sided probability under no trend (pvalue) or standard error of the slope (stderr).',
    source: SOURCE,
    unit: 'y for intercept, y per sample for slope and stderr, else 1',
    parameters: { attr: attribute },
    create:
      ({ attr }) =>
      (series) =>
        series.once('tsfresh.line', () => {
          const { y, scale } = scaledOf(series);
          return regressionLine(y, scale);
        })[attr],
  }),
  calculator({
    name: 'agg_linear_trend',
    formula:
      'As linear_trend, through f_agg of each chunk of chunk_len values, the last one shorter; not defined for n ≤ chunk_len.',
    source: SOURCE,
    unit: 'unit of f_agg for intercept, the same per chunk for slope and stderr, else 1',
    parameters: { attr: attribute, chunk_len: whole(1), f_agg: aggregateName },
    create: ({ attr, chunk_len: length, f_agg: name }) => {
      const key = `tsfresh.chunk line ${name} ${length}`;
      return (series) =>
        series.n <= length
          ? Number.NaN
          : series.once(key, () => {
              const { scale } = scaledOf(series);
              const unit = name === 'var' ? scale * scale : scale;
              return regressionLine(chunkAggregates(series, name, length), unit);
            })[attr];
    },
  }),
];
