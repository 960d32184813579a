import { type Autocovariance, createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import { levinson } from '../../stats/partial-autocorrelation.ts';
import { createSharedSeries, type SharedSeries } from '../shared-series.ts';
import type { Definition } from './definition.ts';

const ACF_SOURCE = 'Box, Jenkins, Reinsel & Ljung (2015), 2.1; Nixtla tsfeatures 0.4.5';
const PACF_SOURCE = 'Durbin (1960), Levinson (1947); Nixtla tsfeatures 0.4.5';
const LAGS = 10;
const PARTIAL_LAGS = 5;

/** Autocorrelations (divisor n) and partial ones of a series and its first and second differences. */
export function correlationDefinitions(freq: number): readonly Definition[] {
  const acf = (
    name: string,
    formula: string,
    compute: (series: SharedSeries) => number,
  ): Definition => ({ name, formula, source: ACF_SOURCE, unit: '1', scaled: 'same', compute });
  const pacf = (
    name: string,
    formula: string,
    compute: (series: SharedSeries) => number,
  ): Definition => ({ name, formula, source: PACF_SOURCE, unit: '1', scaled: 'same', compute });
  return [
    acf('x_acf1', 'Autocorrelation at lag 1.', (x) => autocorrelationAt(x, 1)),
    acf('x_acf10', 'Sum of the squared autocorrelations at lags 1 to 10; n > 10.', (x) =>
      x.n > LAGS ? squaresUpTo(x, LAGS) : Number.NaN,
    ),
    acf('diff1_acf1', 'Autocorrelation at lag 1 of the differences; n > 10.', (x) =>
      x.n > LAGS ? autocorrelationAt(differenced(x), 1) : Number.NaN,
    ),
    acf(
      'diff1_acf10',
      'Sum of the squared autocorrelations at lags 1 to 10 of the differences; n > 10.',
      (x) => (x.n > LAGS ? squaresUpTo(differenced(x), LAGS) : Number.NaN),
    ),
    acf('diff2_acf1', 'Autocorrelation at lag 1 of the second differences; n > 11.', (x) =>
      x.n > LAGS + 1 ? autocorrelationAt(differenced(differenced(x)), 1) : Number.NaN,
    ),
    acf(
      'diff2_acf10',
      'Sum of the squared autocorrelations at lags 1 to 10 of the second differences; n > 11.',
      (x) => (x.n > LAGS + 1 ? squaresUpTo(differenced(differenced(x)), LAGS) : Number.NaN),
    ),
    ...(freq > 1
      ? [acf('seas_acf1', 'Autocorrelation at lag freq.', (x) => autocorrelationAt(x, freq))]
      : []),
    pacf(
      'x_pacf5',
      'Sum of the squared partial autocorrelations at lags 1 to 5 (Levinson and Durbin, autocovariances with divisor n); n/2 > freq and n > 11.',
      (x) => sumOfSquares(partials(x, Math.max(freq, PARTIAL_LAGS)).slice(0, PARTIAL_LAGS)),
    ),
    pacf('diff1x_pacf5', 'The same of the differences; n > 12.', (x) =>
      sumOfSquares(partials(differenced(x), PARTIAL_LAGS)),
    ),
    pacf('diff2x_pacf5', 'The same of the second differences; n > 13.', (x) =>
      sumOfSquares(partials(differenced(differenced(x)), PARTIAL_LAGS)),
    ),
    ...(freq > 1
      ? [
          pacf(
            'seas_pacf',
            'Partial autocorrelation at lag freq; n/2 > freq and n > 11.',
            (x) => partials(x, Math.max(freq, PARTIAL_LAGS))[freq - 1] ?? Number.NaN,
          ),
        ]
      : []),
  ];
}

/** NaN at lags ≥ n and for a constant series. */
export function autocorrelationAt(series: SharedSeries, lag: number): number {
  if (lag >= series.n) return Number.NaN;
  const covariance = autocovariance(series);
  return covariance.at(lag) / covariance.at(0);
}

/** Lags beyond the length are left out. */
export function squaresUpTo(series: SharedSeries, lags: number): number {
  let sum = 0;
  for (let lag = 1; lag <= Math.min(lags, series.n - 1); lag++) {
    sum += autocorrelationAt(series, lag) ** 2;
  }
  return sum;
}

function autocovariance(series: SharedSeries): Autocovariance {
  return series.once('autocovariance.centred', () => createAutocovariance(series.centred));
}

function differenced(series: SharedSeries): SharedSeries {
  return series.once('tsfeatures.differenced', () => createSharedSeries(series.differences));
}

/** At lags 1 … lags; none where the peer refuses: lags of half of the length and more. */
function partials(series: SharedSeries, lags: number): Float64Array {
  if (lags >= Math.floor(series.n / 2)) return new Float64Array(0);
  return series.once(`tsfeatures.partials ${lags}`, () => {
    const covariance = autocovariance(series);
    return levinson(Float64Array.from({ length: lags + 1 }, (_, lag) => covariance.at(lag)));
  });
}

function sumOfSquares(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value * value, 0);
}
