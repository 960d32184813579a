import { createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import { countPhrases } from '../../stats/lempel-ziv.ts';
import { medianDistance, medianOfSorted } from '../../stats/quantile.ts';
import type { SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { type Domain, entry } from './entry.ts';

const domain: Domain = 'temporal';

/** How far on either side a neighbourhood peak has to be the largest value. */
const NEIGHBOURHOOD = 10;

/** Features of the values in the order of time. `fs` is the number of samples a second. */
export function temporalFeatures(fs: number): readonly SummaryFeature[] {
  return [
    entry(
      domain,
      'Area under the curve',
      { formula: 'Σ |y[t] + y[t+1]| / (2·fs)', unit: 'y·s', parameters: { fs } },
      (series) => areaUnderCurve(series, fs),
    ),
    entry(
      domain,
      'Autocorrelation',
      {
        formula:
          'First lag, up to n/3, at which the autocorrelation (lag sums divided by n − lag) is below 1/e; 1 for a constant series',
        unit: 'samples',
        cost: 'n log n',
      },
      firstLagBelowOneByE,
    ),
    entry(
      domain,
      'Centroid',
      {
        formula: 'Σ t·y² / Σ y² with t in seconds; 0 without energy',
        unit: 's',
        parameters: { fs },
      },
      (series) => centroid(series, fs),
    ),
    entry(
      domain,
      'Lempel-Ziv complexity',
      {
        formula: 'Number of phrases (LZ78) of the series as bits y > mean, divided by n',
        unit: '1',
        source: 'Ziv & Lempel (1978), IEEE Trans. Inf. Theory 24(5); TSFEL 0.2.0 documentation',
      },
      ({ y, n, mean }) => countPhrases(aboveOf(y, mean), 2) / n,
    ),
    entry(domain, 'Mean absolute diff', { formula: 'Mean of |y[t+1] − y[t]|', unit: 'y' }, (s) =>
      s.n < 2 ? Number.NaN : sumAbsoluteDifferences(s) / (s.n - 1),
    ),
    entry(domain, 'Mean diff', { formula: '(y[n−1] − y[0]) / (n − 1)', unit: 'y' }, ({ y, n }) =>
      n < 2 ? Number.NaN : (y[n - 1]! - y[0]!) / (n - 1),
    ),
    entry(
      domain,
      'Median absolute diff',
      { formula: 'Median of |y[t+1] − y[t]|', unit: 'y', cost: 'n log n' },
      (series) => medianDistance(sortedDifferences(series), 0),
    ),
    entry(
      domain,
      'Median diff',
      { formula: 'Median of y[t+1] − y[t]', unit: 'y', cost: 'n log n' },
      (series) => medianOfSorted(sortedDifferences(series)),
    ),
    entry(
      domain,
      'Negative turning points',
      { formula: 'Number of strict local minima', unit: '1' },
      ({ differences }) => turningPoints(differences, -1),
    ),
    entry(
      domain,
      'Neighbourhood peaks',
      {
        formula: 'Number of values larger than each of the 10 before and the 10 after',
        unit: '1',
        parameters: { n: NEIGHBOURHOOD },
      },
      ({ y }) => neighbourhoodPeaks(y, NEIGHBOURHOOD),
    ),
    entry(
      domain,
      'Positive turning points',
      { formula: 'Number of strict local maxima', unit: '1' },
      ({ differences }) => turningPoints(differences, 1),
    ),
    entry(
      domain,
      'Signal distance',
      { formula: 'Σ √(1 + (y[t+1] − y[t])²), the length of the curve', unit: '1' },
      ({ differences }) => {
        let sum = 0;
        for (let t = 0; t < differences.length; t++) sum += Math.sqrt(1 + differences[t]! ** 2);
        return sum;
      },
    ),
    entry(
      domain,
      'Slope',
      { formula: 'Slope of the least-squares line of y on t in samples', unit: 'y/sample' },
      slope,
    ),
    entry(
      domain,
      'Sum absolute diff',
      { formula: 'Σ |y[t+1] − y[t]|', unit: 'y' },
      sumAbsoluteDifferences,
    ),
    entry(
      domain,
      'Zero crossing rate',
      {
        formula: 'Number of changes of the sign −1, 0, 1 from one value to the next',
        unit: '1',
      },
      ({ y }) => signChanges(y),
    ),
  ];
}

/** 1 where a value is above the threshold, else 0. */
function aboveOf(y: Float64Array, threshold: number): Int32Array {
  const bits = new Int32Array(y.length);
  for (let t = 0; t < y.length; t++) if (y[t]! > threshold) bits[t] = 1;
  return bits;
}

function areaUnderCurve({ y, n }: SharedSeries, fs: number): number {
  let sum = 0;
  for (let t = 1; t < n; t++) sum += Math.abs(y[t - 1]! + y[t]!);
  return sum / 2 / fs;
}

function firstLagBelowOneByE(series: SharedSeries): number {
  const { n, centred, min, max } = series;
  if (min === max) return 1;
  const covariance = series.once('autocovariance.centred', () => createAutocovariance(centred));
  const limit = Math.exp(-1) * (covariance.at(0) / n);
  for (let lag = 1; lag <= Math.floor(n / 3); lag++) {
    if (covariance.at(lag) / (n - lag) < limit) return lag;
  }
  return Number.NaN;
}

function centroid({ y, n }: SharedSeries, fs: number): number {
  let energy = 0;
  let moment = 0;
  for (let t = 0; t < n; t++) {
    const power = y[t]! * y[t]!;
    energy += power;
    moment += t * power;
  }
  return energy === 0 || moment === 0 ? 0 : moment / energy / fs;
}

function sortedDifferences(series: SharedSeries): Float64Array {
  return series.once('sorted differences', () => series.differences.toSorted());
}

function sumAbsoluteDifferences({ differences }: SharedSeries): number {
  let sum = 0;
  for (let t = 0; t < differences.length; t++) sum += Math.abs(differences[t]!);
  return sum;
}

/** Places where the direction turns from `direction` (1 up, −1 down) to its opposite at once. */
export function turningPoints(differences: Float64Array, direction: 1 | -1): number {
  let count = 0;
  for (let t = 1; t < differences.length; t++) {
    if (direction * differences[t - 1]! > 0 && direction * differences[t]! < 0) count++;
  }
  return count;
}

function neighbourhoodPeaks(y: Float64Array, reach: number): number {
  let count = 0;
  for (let t = reach; t < y.length - reach; t++) {
    let step = 1;
    while (step <= reach && y[t]! > y[t - step]! && y[t]! > y[t + step]!) step++;
    if (step > reach) count++;
  }
  return count;
}

function slope({ centred, n, min, max }: SharedSeries): number {
  if (n < 2) return Number.NaN;
  if (min === max) return 0;
  const middle = (n - 1) / 2;
  let sum = 0;
  for (let t = 0; t < n; t++) sum += (t - middle) * centred[t]!;
  return sum / ((n * (n * n - 1)) / 12);
}

function signChanges(y: Float64Array): number {
  let count = 0;
  for (let t = 1; t < y.length; t++) if (Math.sign(y[t - 1]!) !== Math.sign(y[t]!)) count++;
  return count;
}
