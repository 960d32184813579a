import { levinson } from '../../stats/partial-autocorrelation.ts';
import type { SharedSeries } from '../shared-series.ts';
import { aggregate, aggregateName } from './aggregates.ts';
import { calculator } from './calculator.ts';
import { momentsOf } from './moments.ts';
import { whole } from './parameter-rules.ts';

/** tsfresh takes a variance up to this for 0: numpy's `isclose` for single lags, its own bound for aggregates. */
const NO_VARIANCE = 1e-8;
const NO_VARIANCE_AGGREGATED = 1e-10;

/** Σ (y[t] − mean)(y[t + lag] − mean) / (n − lag), each lag computed when first asked for. */
function lagCovariance(series: SharedSeries, lag: number): number {
  const known = series.once('tsfresh.lag covariances', (): number[] => []);
  known[lag] ??= laggedMean(deviationsOf(series), lag);
  return known[lag];
}

function deviationsOf(series: SharedSeries): Float64Array {
  return series.once('tsfresh.deviations', () => {
    const { y, n } = series;
    const { mean } = momentsOf(series);
    const deviations = new Float64Array(n);
    for (let t = 0; t < n; t++) deviations[t] = y[t]! - mean;
    return deviations;
  });
}

/** Summed in blocks, four sums side by side: partial autocorrelations magnify rounding errors a thousand times. */
const BLOCK = 256;

function laggedMean(d: Float64Array, lag: number): number {
  const n = d.length - lag;
  let sum = 0;
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(n, from + BLOCK);
    const whole = to - ((to - from) % 4);
    let [a, b, c, e] = [0, 0, 0, 0];
    for (let t = from; t < whole; t += 4) {
      a += d[t]! * d[t + lag]!;
      b += d[t + 1]! * d[t + lag + 1]!;
      c += d[t + 2]! * d[t + lag + 2]!;
      e += d[t + 3]! * d[t + lag + 3]!;
    }
    for (let t = whole; t < to; t++) a += d[t]! * d[t + lag]!;
    sum += a + b + (c + e);
  }
  return sum / n;
}

/** Lags 1 … maxLag, at most n − 1; zeros for lags 0 … n − 1 of a series without variance. */
function autocorrelations(series: SharedSeries, maxLag: number): Float64Array {
  const { n } = series;
  if (momentsOf(series).variance < NO_VARIANCE_AGGREGATED) return new Float64Array(n);
  const scale = lagCovariance(series, 0);
  return Float64Array.from(
    { length: Math.min(maxLag, n - 1) },
    (_, i) => lagCovariance(series, i + 1) / scale,
  );
}

/** tsfresh asks for lags up to this unless told otherwise; statsmodels gives at most floor(n / 2) − 1 of them. */
const USUAL_LAGS = 9;

function partialAutocorrelation(series: SharedSeries, lag: number): number {
  const { n } = series;
  const known = Math.floor(n / 2) - 1;
  if (known < 1 || lag > known) return Number.NaN;
  if (lag === 0) return 1;
  const reach = Math.min(known, Math.max(USUAL_LAGS, lag));
  const values = series.once(`tsfresh.partial ${reach}`, () => {
    const lags = Float64Array.from({ length: reach + 1 }, (_, i) => lagCovariance(series, i));
    return levinson(lags);
  });
  return values[lag - 1]!;
}

const DIVISOR = 'divisor n − lag at every lag';

export const autocorrelationCalculators = [
  calculator({
    name: 'autocorrelation',
    formula: `Σ (y[t] − mean)(y[t + lag] − mean) / ((n − lag) variance), ${DIVISOR}; not defined for a variance up to 1e-8.`,
    source: 'Box, Jenkins, Reinsel & Ljung (2015), Time Series Analysis, 2.1',
    unit: '1',
    parameters: { lag: whole(0) },
    create:
      ({ lag }) =>
      (series) => {
        const { variance } = momentsOf(series);
        if (lag >= series.n || !(variance > NO_VARIANCE)) return Number.NaN;
        return lagCovariance(series, lag) / variance;
      },
  }),
  calculator({
    name: 'agg_autocorrelation',
    formula: `f_agg of the autocorrelations at lags 1 … min(maxlag, n − 1), ${DIVISOR}; of zeros for a variance below 1e-10.`,
    source: 'Box, Jenkins, Reinsel & Ljung (2015), Time Series Analysis, 2.1',
    unit: '1',
    cost: 'n·window',
    parameters: { f_agg: aggregateName, maxlag: whole(1) },
    create: ({ f_agg: name, maxlag }) => {
      const key = `tsfresh.autocorrelations ${maxlag}`;
      return (series) => {
        if (series.n === 0) return Number.NaN;
        const values = series.once(key, () => autocorrelations(series, maxlag));
        return values.length === 0
          ? Number.NaN
          : aggregate(name, values, 0, Math.min(maxlag, values.length));
      };
    },
  }),
  calculator({
    name: 'partial_autocorrelation',
    formula:
      'Last coefficient of the Yule–Walker equations of order lag on autocovariances with divisor n − lag; 1 at lag 0; not defined from lag floor(n / 2) on.',
    source: 'Durbin (1960); Box, Jenkins, Reinsel & Ljung (2015), Time Series Analysis, 3.2.5',
    unit: '1',
    cost: 'n·window',
    parameters: { lag: whole(0) },
    create:
      ({ lag }) =>
      (series) =>
        partialAutocorrelation(series, lag),
  }),
];
