import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { equalSteps, equalWidthCounts } from '../../stats/histogram.ts';
import { medianDistance, medianOfSorted, quantileOfSorted } from '../../stats/quantile.ts';
import type { SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { type Domain, entry } from './entry.ts';

const domain: Domain = 'statistical';
const PERCENTILES = [0.2, 0.8] as const;
const ECDF_VALUES = 10;
const HISTOGRAM_BINS = 10;

/** Features of the distribution of the values. `fs` is the number of samples a second. */
export function statisticalFeatures(fs: number): readonly SummaryFeature[] {
  const simple = (
    name: string,
    formula: string,
    unit: string,
    compute: (series: SharedSeries) => number,
  ) => entry(domain, name, { formula, unit }, compute);
  return [
    simple('Absolute energy', 'Σ y²', 'y²', energy),
    entry(
      domain,
      'Average power',
      { formula: 'fs·Σ y² / (n − 1)', unit: 'y²/s', parameters: { fs } },
      // Divided by the time between the first and the last value, which one value does not have.
      (series) => energy(series) / ((series.n - 1) / fs),
    ),
    entry(
      domain,
      'ECDF',
      {
        formula: 'The first 10 values (t + 1) / n of the empirical distribution function',
        unit: '1',
        parameters: { d: ECDF_VALUES },
      },
      ({ n }) => Array.from({ length: Math.min(n, ECDF_VALUES) }, (_, t) => (t + 1) / n),
    ),
    entry(
      domain,
      'ECDF Percentile',
      {
        formula:
          'Largest value whose rank is at most 0.2·n (0.8·n). As with the peer: the first value, where the differences add up to 0',
        unit: 'y',
        cost: 'n log n',
        parameters: { percentile: PERCENTILES },
      },
      percentiles,
    ),
    entry(
      domain,
      'ECDF Percentile Count',
      {
        formula:
          'How many values have a rank of at most 0.2·n (0.8·n). As with the peer: the first value, where the differences add up to 0',
        unit: '1',
        parameters: { percentile: PERCENTILES },
      },
      (series) => {
        if (differencesCancel(series)) return PERCENTILES.map(() => series.y[0]!);
        return PERCENTILES.map((p) => ranksUpTo(p, series.n));
      },
    ),
    entry(
      domain,
      'Entropy',
      {
        formula: '−Σ p·log₂ p / log₂ n over the shares p of the distinct values; 0 for n = 2',
        unit: '1',
        cost: 'n log n',
      },
      entropyOfValues,
    ),
    entry(
      domain,
      'Histogram mode',
      {
        formula: 'Centre of the first fullest of 10 equal bins between min and max',
        unit: 'y',
        parameters: { nbins: HISTOGRAM_BINS },
      },
      histogramMode,
    ),
    entry(
      domain,
      'Interquartile range',
      { formula: 'Quantile 0.75 − quantile 0.25 (linear)', unit: 'y', cost: 'n log n' },
      ({ sorted }) => quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25),
    ),
    simple(
      'Kurtosis',
      'm₄/m₂² − 3 with moments divided by n; undefined for a constant series',
      '1',
      (series) => standardisedMoment(series, 4) - 3,
    ),
    simple('Max', 'Largest value', 'y', ({ max }) => max),
    simple('Mean', 'Σ y / n', 'y', ({ mean }) => mean),
    simple('Mean absolute deviation', 'Mean of |y − mean|', 'y', ({ centred, n }) => {
      let sum = 0;
      for (let t = 0; t < n; t++) sum += Math.abs(centred[t]!);
      return sum / n;
    }),
    simple('Median', 'Middle value', 'y', ({ sorted }) => medianOfSorted(sorted)),
    simple('Median absolute deviation', 'Median of |y − median|', 'y', ({ sorted }) =>
      medianDistance(sorted, medianOfSorted(sorted)),
    ),
    simple('Min', 'Smallest value', 'y', ({ min }) => min),
    simple('Peak to peak distance', 'max − min', 'y', ({ min, max }) => max - min),
    simple('Root mean square', '√(Σ y² / n)', 'y', (s) => Math.sqrt(energy(s) / s.n)),
    simple(
      'Skewness',
      'm₃/m₂^1.5 with moments divided by n; undefined for a constant series',
      '1',
      (series) => standardisedMoment(series, 3),
    ),
    simple('Standard deviation', '√variance', 'y', ({ sd }) => sd),
    simple('Variance', 'Σ (y − mean)² / n', 'y²', ({ variance }) => variance),
  ];
}

function energy(series: SharedSeries): number {
  return series.once('energy', () => {
    let sum = 0;
    for (let t = 0; t < series.n; t++) sum += series.y[t]! ** 2;
    return sum;
  });
}

/** The peer's test for a constant series; a series that ends where it began passes it too. */
function differencesCancel({ differences }: SharedSeries): boolean {
  return pairwiseSum(differences) === 0;
}

/** How many ranks k of n satisfy k / n ≤ p. */
function ranksUpTo(p: number, n: number): number {
  let k = Math.min(n, Math.ceil(p * n) + 1);
  while (k > 0 && k / n > p) k--;
  return k;
}

function percentiles(series: SharedSeries): number | readonly number[] {
  const { sorted, n, y } = series;
  if (differencesCancel(series)) return PERCENTILES.map(() => y[0]!);
  const ranks = PERCENTILES.map((p) => ranksUpTo(p, n));
  return ranks.includes(0) ? Number.NaN : ranks.map((rank) => sorted[rank - 1]!);
}

function entropyOfValues({ sorted, n }: SharedSeries): number {
  if (n === 1) return Number.NaN;
  if (n === 2) return 0;
  let sum = 0;
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    const p = (to - from) / n;
    sum += p * Math.log2(p);
    from = to;
  }
  return sum === 0 ? 0 : -sum / Math.log2(n);
}

function histogramMode({ y, min, max }: SharedSeries): number {
  const [low, high] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const counts = equalWidthCounts(y, HISTOGRAM_BINS);
  let fullest = 0;
  for (let bin = 1; bin < HISTOGRAM_BINS; bin++) if (counts[bin]! > counts[fullest]!) fullest = bin;
  const edges = equalSteps(low, high, HISTOGRAM_BINS);
  return (edges[fullest]! + edges[fullest + 1]!) / 2;
}

/** mₖ / m₂^(k/2); NaN where the spread is lost in the rounding of the mean. */
function standardisedMoment({ centred, n, variance, mean }: SharedSeries, k: 3 | 4): number {
  if (variance <= (1e-15 * mean) ** 2) return Number.NaN;
  let sum = 0;
  for (let t = 0; t < n; t++) {
    const square = centred[t]! * centred[t]!;
    sum += k === 3 ? square * centred[t]! : square * square;
  }
  return k === 3 ? sum / n / (variance * Math.sqrt(variance)) : sum / n / (variance * variance);
}
