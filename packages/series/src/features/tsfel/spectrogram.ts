import { realSpectrum } from '../../math/fft.ts';
import type { SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { entry } from './entry.ts';
import { frequencyNames } from './frequency-names.ts';

/** Frequencies of the spectrogram where the series is long enough for them. */
const BINS = 32;
/** Share of a segment that the cosine flanks of the window take. */
const TAPERED = 0.25;

const NAME = 'Spectrogram mean coefficient';
const SOURCE =
  'Welch (1967), IEEE Trans. Audio Electroacoust. 15(2); Harris (1978), Proc. IEEE 66(1); TSFEL 0.2.0 documentation';

/** The mean spectrogram and the names of its frequencies. `fs` is the number of samples a second. */
export function spectrogramFeatures(fs: number): readonly SummaryFeature[] {
  const parameters = { fs, bins: BINS };
  return [
    entry(
      'spectral',
      NAME,
      {
        formula:
          'Mean power density at 32 frequencies over segments of 62 values that overlap by 7, each less its mean and under a Tukey window (0.25)',
        unit: 'y²/Hz',
        source: SOURCE,
        parameters,
      },
      (series) => meanSpectrogram(series, fs),
    ),
    entry(
      'spectral',
      `${NAME}|names`,
      { formula: `Frequencies of the values of ${NAME}`, unit: 'Hz', source: SOURCE, parameters },
      ({ n }) => segmentFrequencies(n, fs),
    ),
  ];
}

function segmentFrequencies(n: number, fs: number): number | readonly string[] {
  const { bins, length } = segments(n);
  if (length === 0) return Number.NaN;
  return frequencyNames(Array.from({ length: bins }, (_, k) => k * (1 / (length * (1 / fs)))));
}

interface Segments {
  readonly bins: number;
  readonly length: number;
  /** From the start of one to the start of the next. */
  readonly step: number;
}

function segments(n: number): Segments {
  const bins = Math.min(BINS, (n >> 1) + 1);
  const length = 2 * bins - 2;
  return { bins, length, step: length - (length >> 3) };
}

/**
 * Mean power density over segments that overlap by an eighth, each less its mean and under a Tukey window, at up to 32
 * frequencies 0 … fs / 2; NaN for fewer than two values.
 */
function meanSpectrogram({ y, n }: SharedSeries, fs: number): number | readonly number[] {
  const { bins, length, step } = segments(n);
  if (length === 0) return Number.NaN;
  const window = tukeyWindow(length);
  let windowEnergy = 0;
  for (let i = 0; i < length; i++) windowEnergy += window[i]! ** 2;
  const power = new Float64Array(bins);
  const segment = new Float64Array(length);
  let count = 0;
  for (let from = 0; from + length <= n; from += step) {
    let mean = 0;
    for (let i = 0; i < length; i++) mean += y[from + i]!;
    mean /= length;
    for (let i = 0; i < length; i++) segment[i] = (y[from + i]! - mean) * window[i]!;
    const { re, im } = realSpectrum(segment);
    for (let k = 0; k < bins; k++) power[k]! += re[k]! * re[k]! + im[k]! * im[k]!;
    count++;
  }
  return Array.from(power, (sum, k) => {
    const oneSided = k === 0 || k === bins - 1 ? 1 : 2;
    return (oneSided * sum) / (fs * windowEnergy * count);
  });
}

/** The periodic form: the first `length` of `length` + 1 points of the symmetric window. */
function tukeyWindow(length: number): Float64Array {
  const flank = Math.floor((TAPERED * length) / 2);
  return Float64Array.from({ length }, (_, i) => {
    const inside = Math.min(i, length - i);
    if (inside > flank) return 1;
    return (1 + Math.cos(Math.PI * ((2 * inside) / TAPERED / length - 1))) / 2;
  });
}
