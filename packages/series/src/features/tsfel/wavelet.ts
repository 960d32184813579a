import { createMexicanHatTransform } from '../../math/mexican-hat.ts';
import { pairwiseSum } from '../../math/pairwise-sum.ts';
import type { SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { entry } from './entry.ts';
import { frequencyNames } from './frequency-names.ts';

/** The scales are 1 … MAX_WIDTH − 1 samples. */
const MAX_WIDTH = 10;
/** Frequency of the Mexican hat at scale 1, in cycles a sample. */
const CENTRAL_FREQUENCY = 0.25;

const SOURCE =
  'Mallat, A Wavelet Tour of Signal Processing, section 4.3; TSFEL 0.2.0 and PyWavelets 1.4.1 documentation';

/** What the features need of the coefficients, one value a scale. */
interface ScaleSummaries {
  readonly mean: Float64Array;
  readonly meanSquare: Float64Array;
  readonly variance: Float64Array;
  readonly absoluteSum: Float64Array;
}

/** Features of the wavelet transform with the Mexican hat. `fs` is the number of samples a second. */
export function waveletFeatures(fs: number): readonly SummaryFeature[] {
  const scales = MAX_WIDTH - 1;
  const transform = createMexicanHatTransform(scales);
  const summaries = (series: SharedSeries): ScaleSummaries =>
    series.once('tsfel.wavelet', () => summarise(series, transform, scales));
  const names = frequencyNames(
    Array.from({ length: scales }, (_, i) => CENTRAL_FREQUENCY / (i + 1) / (1 / fs)),
  );
  const parameters = { fs, wavelet: 'mexh', max_width: MAX_WIDTH };
  const perScale = (
    name: string,
    formula: string,
    unit: string,
    compute: (s: ScaleSummaries) => Float64Array,
  ): readonly SummaryFeature[] => [
    entry(
      'spectral',
      name,
      { formula, unit, cost: 'n log n', source: SOURCE, parameters },
      (series) => [...compute(summaries(series))],
    ),
    entry(
      'spectral',
      `${name}|names`,
      {
        formula: `Frequencies of the values of ${name}, 0.25·fs / scale`,
        unit: 'Hz',
        source: SOURCE,
        parameters,
      },
      () => names,
    ),
  ];
  return [
    ...perScale(
      'Wavelet absolute mean',
      'Absolute value of the mean coefficient at each scale 1 … 9',
      'y',
      ({ mean }) => mean.map(Math.abs),
    ),
    ...perScale(
      'Wavelet energy',
      'Root of the mean squared coefficient at each scale 1 … 9',
      'y',
      ({ meanSquare }) => meanSquare.map(Math.sqrt),
    ),
    entry(
      'spectral',
      'Wavelet entropy',
      {
        formula:
          '−Σ p·ln p over the shares p of the scales 1 … 9 in the sum of absolute coefficients; 0 where the values add up to 0',
        unit: '1',
        cost: 'n log n',
        source: SOURCE,
        parameters,
      },
      (series) => (pairwiseSum(series.y) === 0 ? 0 : entropy(summaries(series).absoluteSum)),
    ),
    ...perScale(
      'Wavelet standard deviation',
      'Standard deviation (divisor n) of the coefficients at each scale 1 … 9',
      'y',
      ({ variance }) => variance.map(Math.sqrt),
    ),
    ...perScale(
      'Wavelet variance',
      'Variance (divisor n) of the coefficients at each scale 1 … 9',
      'y²',
      ({ variance }) => variance,
    ),
  ];
}

function summarise(
  { y, n }: SharedSeries,
  transform: ReturnType<typeof createMexicanHatTransform>,
  scales: number,
): ScaleSummaries {
  const mean = new Float64Array(scales);
  const meanSquare = new Float64Array(scales);
  const variance = new Float64Array(scales);
  const absoluteSum = new Float64Array(scales);
  transform(y, (coefficients, i) => {
    let sum = 0;
    let squares = 0;
    let absolute = 0;
    for (let t = 0; t < n; t++) {
      const value = coefficients[t]!;
      sum += value;
      squares += value * value;
      absolute += Math.abs(value);
    }
    mean[i] = sum / n;
    meanSquare[i] = squares / n;
    absoluteSum[i] = absolute;
    let deviations = 0;
    for (let t = 0; t < n; t++) deviations += (coefficients[t]! - mean[i]!) ** 2;
    variance[i] = deviations / n;
  });
  return { mean, meanSquare, variance, absoluteSum };
}

function entropy(weights: Float64Array): number {
  const total = weights.reduce((a, b) => a + b, 0);
  return -weights.reduce((sum, weight) => sum + (weight / total) * Math.log(weight / total), 0);
}
