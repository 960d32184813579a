/** Earlier values beside each value, and what changed since, with the names of the pandas methods. */
import { columnsByStream } from '../column-stream.ts';
import type { ColumnGroup, ColumnSet, FeatureInfo } from '../feature.ts';
import { wholeNumbers } from '../parameters.ts';
import { expanding, exponential, shapeGroups } from '../rolling/rolling-windows.ts';

const SOURCE = 'pandas 1.5.3, Series.shift, diff and pct_change(fill_method=None)';

/**
 * P3: `lag_<k>`, `diff_<k>` and `pct_change_<k>`; with `summaries` also the weighted, expanding and 30-point columns that go
 * with them in models (the same as in the set `rolling-windows`).
 */
export const lags: ColumnSet = {
  kind: 'columns',
  name: 'lags',
  pipeline: 'lags',
  version: 1,
  defaults: { lags: [1, 2, 3, 7, 14, 21, 28, 30, 60], summaries: true },
  groups: (parameters) => [
    laggedValues(wholeNumbers(parameters, 'lags', 1)),
    ...(parameters.summaries === true
      ? [exponential(0.1), exponential(0.3), expanding(), ...shapeGroups(30)]
      : []),
  ],
};

function laggedValues(steps: readonly number[]): ColumnGroup {
  const info = (stem: string, lag: number, formula: string, unit: string): FeatureInfo => ({
    name: `${stem}_${lag}`,
    formula,
    source: SOURCE,
    parameters: { lag },
    unit,
    cost: 'n',
    missing: 'kept',
    pointInTime: true,
  });
  const columns = steps.flatMap((lag) => [
    info('lag', lag, `y(t − ${lag}).`, 'y'),
    info('diff', lag, `y(t) − y(t − ${lag}).`, 'y'),
    info(
      'pct_change',
      lag,
      `y(t) / y(t − ${lag}) − 1, a fraction; ±Infinity where y(t − ${lag}) is 0.`,
      '1',
    ),
  ]);
  const stream = () => {
    const size = Math.max(1, ...steps);
    const ring = new Float64Array(size).fill(Number.NaN);
    const now = new Float64Array(columns.length);
    let next = 0;
    return (y: number) => {
      const value = Number.isFinite(y) ? y : Number.NaN;
      for (let i = 0; i < steps.length; i++) {
        const before = ring[(next - steps[i]! + size) % size]!;
        now[3 * i] = before;
        now[3 * i + 1] = value - before;
        now[3 * i + 2] = value / before - 1;
      }
      ring[next] = value;
      next = (next + 1) % size;
      return now;
    };
  };
  return {
    columns,
    compute: (series) => columnsByStream(columns.length, stream(), series),
    stream,
    device: { kernel: 'lags', lags: steps },
  };
}
