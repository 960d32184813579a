import { equalSteps } from '../../stats/histogram.ts';
import { quantileOfSorted } from '../../stats/quantile.ts';
import { hurstOfRanges } from '../../stats/rescaled-range.ts';
import { sampleVariance } from '../../stats/sample-variance.ts';
import { spectralEntropy } from '../../stats/spectral-entropy.ts';
import type { SharedSeries } from '../shared-series.ts';
import { type Definition, standardisedSeries } from './definition.ts';

/** Values in a tile for series without a season. */
const TILE = 10;
const FLAT_BINS = 10;

/** Features of how the values move, without a model. */
export function shapeDefinitions(freq: number): readonly Definition[] {
  const width = freq === 1 ? TILE : freq;
  return [
    {
      name: 'stability',
      formula:
        'Variance of the means of tiles of freq values (10 where freq is 1); 0 below two tiles.',
      unit: 'y²',
      scaled: (series) => tiled(standardised(series, 2 * width), width, meanOf),
      compute: ({ y }) => tiled(y, width, meanOf),
    },
    {
      name: 'lumpiness',
      formula:
        'Variance of the variances of tiles of freq values (10 where freq is 1); 0 below two tiles.',
      unit: 'y⁴',
      scaled: (series) => tiled(standardised(series, 2 * width), width, sampleVariance),
      compute: ({ y }) => tiled(y, width, sampleVariance),
    },
    {
      name: 'entropy',
      formula:
        'Entropy of the shares of power in the periodogram of y − mean, divided by its largest possible value; 0 for a constant series.',
      source: 'Inouye et al. (1991), Electroenceph. Clin. Neurophysiol. 79(3); AntroPy 0.1.9',
      unit: '1',
      cost: 'n log n',
      scaled: (series) => entropy(series),
      compute: entropy,
    },
    {
      name: 'hurst',
      formula:
        'Slope of ln(R/S) on ln t over t = 2 … n, R/S being the rescaled range of the first t values; not defined where the first two are equal.',
      source: 'Mandelbrot & Wallis (1969), Water Resources Research 5(5); Nixtla tsfeatures 0.4.5',
      unit: '1',
      cost: 'n log n',
      scaled: 'same',
      compute: ({ centred }) => hurstOfRanges(centred),
    },
    {
      name: 'crossing_points',
      formula: 'How often the series goes from at or below its median to above it, or back.',
      unit: '1',
      cost: 'n log n',
      // For a constant series the peer compares missing values and finds no crossing.
      scaled: crossings,
      compute: crossings,
    },
    {
      name: 'flat_spots',
      formula: 'Longest run of values in the same of 10 equal bins between minimum and maximum.',
      unit: 'samples',
      scaled: 'again',
      compute: longestRunInBin,
    },
  ];
}

/** Without a spread: missing values where the series is long enough to be looked at, else nothing. */
function standardised(series: SharedSeries, least: number): Float64Array {
  const { y } = standardisedSeries(series);
  return y.length > 0 || series.n < least ? y : new Float64Array(series.n).fill(Number.NaN);
}

function tiled(y: Float64Array, width: number, of: (tile: Float64Array) => number): number {
  if (y.length < 2 * width) return 0;
  const tiles = Math.floor(y.length / width);
  return sampleVariance(
    Float64Array.from({ length: tiles }, (_, i) => of(y.subarray(i * width, (i + 1) * width))),
  );
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function entropy(series: SharedSeries): number {
  const { n, min, max } = series;
  return n > 1 && min === max ? 0 : spectralEntropy(series.centred);
}

function crossings({ y, n, sorted }: SharedSeries): number {
  const median = quantileOfSorted(sorted, 0.5);
  let count = 0;
  for (let t = 1; t < n; t++) if (y[t - 1]! <= median !== y[t]! <= median) count++;
  return count;
}

/** Each bin has its upper edge; the first both. Not defined where edges coincide in rounding. */
function longestRunInBin({ y, n, min, max }: SharedSeries): number {
  if (min === max) return n;
  const edges = equalSteps(min, max, FLAT_BINS);
  for (let i = 1; i <= FLAT_BINS; i++) if (!(edges[i]! > edges[i - 1]!)) return Number.NaN;
  const perUnit = FLAT_BINS / (max - min);
  let longest = 0;
  let run = 0;
  let previous = -1;
  for (let t = 0; t < n; t++) {
    let bin = Math.min(FLAT_BINS - 1, Math.floor((y[t]! - min) * perUnit));
    while (bin > 0 && edges[bin]! >= y[t]!) bin--;
    while (bin < FLAT_BINS - 1 && edges[bin + 1]! < y[t]!) bin++;
    run = bin === previous ? run + 1 : 1;
    previous = bin;
    if (run > longest) longest = run;
  }
  return longest;
}
