import { requireWhole } from '../../invalid-input.ts';
import { createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import type { SummaryFeature, SummarySet } from '../feature.ts';
import { tamed } from '../tamed-series.ts';
import { lineOf, momentRatio, seasonStrength } from './measures.ts';

const SOURCE = 'Definition';

/**
 * What to know first about a series: length, gaps, level, spread, shape, direction and season. Parameter `m`: season length
 * in samples, whole number ≥ 1; 1 is none.
 */
export const staticSet: SummarySet = {
  name: 'static',
  pipeline: 'static',
  version: 2,
  kind: 'summary',
  defaults: { m: 1 },
  features(parameters) {
    const m = Number(parameters.m);
    requireWhole('m', m, 1);
    return [...extentFeatures, ...levelFeatures, ...shapeFeatures, ...courseFeatures(m)];
  },
};

function feature(
  name: string,
  formula: string,
  unit: string,
  compute: SummaryFeature['compute'],
  more: Partial<Pick<SummaryFeature, 'source' | 'cost' | 'missing' | 'parameters'>> = {},
): SummaryFeature {
  return {
    name,
    formula,
    source: SOURCE,
    unit,
    cost: 'n',
    missing: 'dropped',
    pointInTime: false,
    ...more,
    compute,
  };
}

const extentFeatures: readonly SummaryFeature[] = [
  feature(
    'length',
    'Number of values, missing ones included.',
    'samples',
    ({ raw }) => raw.length,
    {
      missing: 'kept',
    },
  ),
  feature(
    'missing_share',
    'Share of the values that are missing or not finite.',
    '1',
    ({ raw, n }) => (raw.length - n) / raw.length,
    { missing: 'kept' },
  ),
  feature('first', 'First value that is not missing.', 'y', ({ y }) => y[0] ?? Number.NaN),
  feature('last', 'Last value that is not missing.', 'y', ({ y }) => y.at(-1) ?? Number.NaN),
  feature('distinct', 'Number of different values.', '1', ({ sorted, n }) => {
    let count = 0;
    for (let i = 0; i < n; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
    return n === 0 ? Number.NaN : count;
  }),
  feature('zero_share', 'Share of values equal to 0.', '1', ({ y, n }) =>
    shareOf(y, n, (value) => value === 0),
  ),
  feature('negative_share', 'Share of values below 0.', '1', ({ y, n }) =>
    shareOf(y, n, (value) => value < 0),
  ),
];

function shareOf(y: Float64Array, n: number, counts: (value: number) => boolean): number {
  let count = 0;
  for (let t = 0; t < n; t++) if (counts(y[t]!)) count++;
  return count / n;
}

const quantile = (name: string, p: number) =>
  feature(
    name,
    `Quantile ${p}, linear between neighbours.`,
    'y',
    ({ sorted }) => quantileOfSorted(sorted, p),
    {
      source: 'Hyndman & Fan (1996), The American Statistician 50(4), definition 7',
      cost: 'n log n',
    },
  );

const levelFeatures: readonly SummaryFeature[] = [
  feature('mean', 'Σ y / n.', 'y', ({ mean }) => mean),
  feature('sd', '√(Σ (y − mean)² / (n − 1)).', 'y', (series) => {
    const { series: of, scale } = tamed(series);
    return of.n < 2 ? Number.NaN : scale * Math.sqrt((of.variance * of.n) / (of.n - 1));
  }),
  feature('min', 'Smallest value.', 'y', ({ min }) => min),
  quantile('q05', 0.05),
  quantile('q25', 0.25),
  quantile('median', 0.5),
  quantile('q75', 0.75),
  quantile('q95', 0.95),
  feature('max', 'Largest value.', 'y', ({ max }) => max),
];

const JOANES_GILL = 'Joanes & Gill (1998), The Statistician 47(1)';

const shapeFeatures: readonly SummaryFeature[] = [
  feature(
    'skewness',
    'G₁ = √(n(n − 1)) / (n − 2) · m₃ / m₂^1.5; not defined for n < 3 or a constant series.',
    '1',
    (series) => {
      const { n } = series;
      return n < 3
        ? Number.NaN
        : (Math.sqrt(n * (n - 1)) / (n - 2)) * momentRatio(tamed(series).series, 3);
    },
    { source: JOANES_GILL },
  ),
  feature(
    'kurtosis',
    'G₂ = (n − 1) / ((n − 2)(n − 3)) · ((n + 1)(m₄ / m₂² − 3) + 6), 0 for a normal distribution; not defined for n < 4 or a constant series.',
    '1',
    (series) => {
      const { n } = series;
      if (n < 4) return Number.NaN;
      const excess = momentRatio(tamed(series).series, 4) - 3;
      return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * excess + 6);
    },
    { source: JOANES_GILL },
  ),
];

const courseFeatures = (m: number): readonly SummaryFeature[] => [
  feature(
    'trend_slope',
    'Slope of the least-squares line of y on t, missing values left out with their times.',
    'y/sample',
    (series) => lineOf(tamed(series).series).slope * tamed(series).scale,
    { missing: 'kept' },
  ),
  feature(
    'trend_r2',
    'Share of the variance of y that this line explains; not defined for a constant series.',
    '1',
    (series) => lineOf(tamed(series).series).explained,
    { missing: 'kept' },
  ),
  feature(
    'autocorrelation_1',
    'Autocorrelation at lag 1, divisor n; not defined for a constant series.',
    '1',
    (whole) => {
      const { series } = tamed(whole);
      const covariance = series.once('autocovariance.centred', () =>
        createAutocovariance(series.centred),
      );
      return series.n < 2 ? Number.NaN : covariance.at(1) / covariance.at(0);
    },
    { source: 'Box, Jenkins, Reinsel & Ljung (2015), 2.1' },
  ),
  feature(
    'season_strength',
    '1 − var(remainder) / var(seasonal + remainder) of STL with season length m, not below 0; not defined where m is 1 or for n < 2m.',
    '1',
    (series) => seasonStrength(series, m),
    {
      source: 'Wang, Smith & Hyndman (2006), Data Min. Knowl. Discov. 13(3)',
      cost: 'n·window',
      parameters: { m },
    },
  ),
];
