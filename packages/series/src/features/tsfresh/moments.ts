import { pairwiseSum } from '../../math/pairwise-sum.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { scaledOf } from './scaled.ts';

/**
 * Mean and spread as tsfresh's counts compare values with them. Summed pairwise like NumPy: whether a value that equals
 * the mean counts as above it depends on the last bit.
 */
export interface Moments {
  /** NaN for no values. */
  readonly mean: number;
  /** Divisor n. */
  readonly variance: number;
  readonly sd: number;
}

export function momentsOf(series: SharedSeries): Moments {
  return series.once('tsfresh.moments', () => {
    const { y, scale } = scaledOf(series);
    const variance = varianceOf(y);
    return {
      mean: meanOf(y) * scale,
      variance: variance * scale * scale,
      sd: Math.sqrt(variance) * scale,
    };
  });
}

/** Of values[from … to); NaN for none. */
export function meanOf(values: Float64Array, from = 0, to = values.length): number {
  return pairwiseSum(values, from, to) / (to - from);
}

/** Used again and again: making an array for each of hundreds of short chunks costs more than their sums. */
let squares = new Float64Array(1024);

/** Divisor to − from; NaN for none. */
export function varianceOf(values: Float64Array, from = 0, to = values.length): number {
  const n = to - from;
  const mean = meanOf(values, from, to);
  if (n > squares.length) squares = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    const deviation = values[from + i]! - mean;
    squares[i] = deviation * deviation;
  }
  return pairwiseSum(squares, 0, n) / n;
}

/** Σ (y − mean)^power. */
function centralSum(series: SharedSeries, power: 2 | 3 | 4): number {
  const { y } = series;
  const { mean } = momentsOf(series);
  const terms = new Float64Array(y.length);
  for (let t = 0; t < y.length; t++) {
    const deviation = y[t]! - mean;
    const square = deviation * deviation;
    terms[t] = power === 2 ? square : power === 3 ? square * deviation : square * square;
  }
  return pairwiseSum(terms);
}

/** pandas takes sums below this for rounding errors of 0. */
const ROUNDING = 1e-14;

function orZero(value: number): number {
  return Math.abs(value) < ROUNDING ? 0 : value;
}

function skewness(series: SharedSeries): number {
  const { n } = series;
  if (n < 3) return Number.NaN;
  const m2 = orZero(centralSum(series, 2));
  const m3 = orZero(centralSum(series, 3));
  return m2 === 0 ? 0 : ((n * Math.sqrt(n - 1)) / (n - 2)) * (m3 / m2 ** 1.5);
}

function kurtosis(series: SharedSeries): number {
  const { n } = series;
  if (n < 4) return Number.NaN;
  const m2 = centralSum(series, 2);
  const numerator = orZero(n * (n + 1) * (n - 1) * centralSum(series, 4));
  const denominator = orZero((n - 2) * (n - 3) * m2 * m2);
  if (denominator === 0) return 0;
  return numerator / denominator - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3));
}

function energy(y: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < y.length; t++) sum += y[t]! * y[t]!;
  return sum;
}

export const momentCalculators = [
  calculator({
    name: 'sum_values',
    formula: 'Σ y; 0 for no values.',
    unit: 'y',
    create: () => (series) => pairwiseSum(series.y),
  }),
  calculator({
    name: 'mean',
    formula: 'Σ y / n.',
    unit: 'y',
    create: () => (series) => momentsOf(series).mean,
  }),
  calculator({
    name: 'variance',
    formula: 'Σ (y − mean)² / n.',
    unit: 'y²',
    create: () => (series) => momentsOf(series).variance,
  }),
  calculator({
    name: 'standard_deviation',
    formula: '√variance, divisor n.',
    unit: 'y',
    create: () => (series) => momentsOf(series).sd,
  }),
  calculator({
    name: 'variation_coefficient',
    formula: 'standard deviation / mean; not defined for a mean of 0.',
    unit: '1',
    create: () => (series) => {
      const { mean, sd } = momentsOf(series);
      return mean === 0 ? Number.NaN : sd / mean;
    },
  }),
  calculator({
    name: 'variance_larger_than_standard_deviation',
    formula:
      '1 when the variance exceeds the standard deviation, which is when it exceeds 1; else 0.',
    unit: '1',
    create: () => (series) => {
      const { variance, sd } = momentsOf(series);
      return series.n === 0 ? Number.NaN : Number(variance > sd);
    },
  }),
  calculator({
    name: 'skewness',
    formula:
      'G1 = n √(n − 1) / (n − 2) · Σ d³ / (Σ d²)^1.5 with d = y − mean; sums below 1e-14 count as 0, and then it is 0.',
    source: 'Joanes & Gill (1998), The Statistician 47(1), 183–189',
    unit: '1',
    create: () => skewness,
  }),
  calculator({
    name: 'kurtosis',
    formula:
      'G2 = n (n + 1) (n − 1) / ((n − 2) (n − 3)) · Σ d⁴ / (Σ d²)² − 3 (n − 1)² / ((n − 2) (n − 3)) with d = y − mean; 0 where the denominator is below 1e-14.',
    source: 'Joanes & Gill (1998), The Statistician 47(1), 183–189',
    unit: '1',
    create: () => kurtosis,
  }),
  calculator({
    name: 'root_mean_square',
    formula: '√(Σ y² / n).',
    unit: 'y',
    create: () => (series) => {
      const { y, scale } = scaledOf(series);
      return Math.sqrt(energy(y) / y.length) * scale;
    },
  }),
  calculator({
    name: 'abs_energy',
    formula: 'Σ y²; 0 for no values.',
    unit: 'y²',
    create: () => (series) => energy(series.y),
  }),
  calculator({
    name: 'length',
    formula: 'n, the number of values that are not missing.',
    unit: 'samples',
    create: () => (series) => series.n,
  }),
];
