import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { whole } from './parameter-rules.ts';

/** How far each value that exceeds both neighbours exceeds all values around it, up to both ends; 0 for the others. */
function supports(series: SharedSeries): Int32Array {
  return series.once('tsfresh.peak supports', () => {
    const { y, n } = series;
    const support = new Int32Array(n);
    for (let t = 1; t < n - 1; t++) {
      const value = y[t]!;
      let reach = 0;
      const most = Math.min(t, n - 1 - t);
      while (reach < most && value > y[t - reach - 1]! && value > y[t + reach + 1]!) reach++;
      support[t] = reach;
      // Within reach of a peak there is no other of the same reach; those next to it have none at all.
      if (reach > 0) t++;
    }
    return support;
  });
}

export const numberPeaks = calculator({
  name: 'number_peaks',
  formula: 'How many values exceed all of the n values before and the n values after them.',
  unit: 'samples',
  cost: 'n·window',
  parameters: { n: whole(1) },
  create:
    ({ n: least }) =>
    (series) => {
      if (series.n === 0) return Number.NaN;
      const support = supports(series);
      let peaks = 0;
      for (let t = 0; t < support.length; t++) if (support[t]! >= least) peaks++;
      return peaks;
    },
});
