import { boundedMinimum } from '../../math/bounded-minimum.ts';
import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { sampleVariance } from '../../stats/sample-variance.ts';
import type { SharedSeries } from '../shared-series.ts';
import { type Definition, standardisedSeries } from './definition.ts';

const LOWEST_POWER = -1;
const HIGHEST_POWER = 2;

export function guerreroDefinition(freq: number): Definition {
  return {
    name: 'guerrero',
    formula:
      'Smallest coefficient of variation, over λ in (−1, 2), of sd / mean^(1 − λ) of ⌊(n − 1)/freq⌋ stretches; 1 for a constant series; not defined where freq is 1.',
    source: 'Guerrero (1993), Journal of Forecasting 12; Nixtla tsfeatures 0.4.5',
    unit: '1',
    parameters: { lower: LOWEST_POWER, upper: HIGHEST_POWER },
    scaled: (series) =>
      series.min === series.max ? 1 : leastVariation(standardisedSeries(series), freq),
    compute: (series) => leastVariation(series, freq),
  };
}

function leastVariation({ y, n, min, max }: SharedSeries, freq: number): number {
  if (min === max) return 1;
  const count = Math.floor((n - 1) / freq);
  if (count < 2) return Number.NaN;
  const stretches = Array.from({ length: count }, (_, i) => momentsOfPart(y, i, count));
  return boundedMinimum((power) => variationOf(stretches, power), LOWEST_POWER, HIGHEST_POWER)
    .value;
}

interface Stretch {
  readonly mean: number;
  /** Divisor length − 1; NaN for a single value. */
  readonly sd: number;
}

/** The i-th of `count` parts in turn, the first n mod count of them one value longer. */
function momentsOfPart(y: Float64Array, i: number, count: number): Stretch {
  const length = Math.floor(y.length / count);
  const longer = y.length % count;
  const from = i * length + Math.min(i, longer);
  const part = y.subarray(from, from + length + (i < longer ? 1 : 0));
  return { mean: pairwiseSum(part) / part.length, sd: Math.sqrt(sampleVariance(part)) };
}

/** Over the stretches for which the ratio is defined. */
function variationOf(stretches: readonly Stretch[], power: number): number {
  const ratios = stretches
    .map(({ mean, sd }) => sd / mean ** (1 - power))
    .filter((ratio) => !Number.isNaN(ratio));
  const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length;
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
  return Math.sqrt(squares / (ratios.length - 1)) / mean;
}
