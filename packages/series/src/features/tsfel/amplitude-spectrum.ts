import { realSpectrum } from '../../math/fft.ts';
import type { SharedSeries } from '../shared-series.ts';

/** Magnitudes of the Fourier transform with what the features of their shape share. */
export interface AmplitudeSpectrum {
  /** Frequencies 0 … fs / 2 in hertz, floor(n / 2) + 1 of them. */
  readonly frequency: Float64Array;
  /** |Σ y[t]·exp(−2πi k t / n)| at each. */
  readonly magnitude: Float64Array;
  /** Running sums of the magnitudes. */
  readonly cumulative: Float64Array;
  readonly total: number;
  /** Mean frequency, weighted by magnitude; 0 without any. */
  readonly centroid: number;
  /** Standard deviation of the frequency, weighted likewise. */
  readonly spread: number;
}

/** The spectrum of the values as they are, their mean included; made once for every `fs`. */
export function amplitudeSpectrum(series: SharedSeries, fs: number): AmplitudeSpectrum {
  return series.once(`tsfel.amplitude ${fs}`, () => {
    const magnitude = rawMagnitudes(series);
    const frequency = frequencies(series.n, fs);
    const cumulative = new Float64Array(magnitude.length);
    let total = 0;
    let moment = 0;
    for (let k = 0; k < magnitude.length; k++) {
      total += magnitude[k]!;
      cumulative[k] = total;
      moment += frequency[k]! * magnitude[k]!;
    }
    const centroid = total === 0 ? 0 : moment / total;
    let spread = 0;
    for (let k = 0; k < magnitude.length; k++) {
      spread += (frequency[k]! - centroid) ** 2 * magnitude[k]!;
    }
    spread = total === 0 ? 0 : Math.sqrt(spread / total);
    return { frequency, magnitude, cumulative, total, centroid, spread };
  });
}

/** A constant has one line at 0 and nothing else; rounding must not put noise beside it. */
function rawMagnitudes(series: SharedSeries): Float64Array {
  const { n, min, max } = series;
  if (min !== max) return magnitudes(series.spectrum.re, series.spectrum.im);
  const line = new Float64Array((n >> 1) + 1);
  line[0] = Math.abs(n * min);
  return line;
}

/** Between these, squares neither overflow nor lose digits. */
const LARGEST_SQUARE = 1e290;
const SMALLEST_SQUARE = 1e-290;

function magnitudes(re: Float64Array, im: Float64Array): Float64Array {
  const out = new Float64Array(re.length);
  for (let k = 0; k < out.length; k++) {
    const square = re[k]! * re[k]! + im[k]! * im[k]!;
    const safe = square > SMALLEST_SQUARE && square < LARGEST_SQUARE;
    out[k] = safe ? Math.sqrt(square) : Math.hypot(re[k]!, im[k]!);
  }
  return out;
}

/** The frequencies of a transform of n values, rounded as NumPy's `rfftfreq` rounds them. */
export function frequencies(n: number, fs: number): Float64Array {
  const step = 1 / (n * (1 / fs));
  const out = new Float64Array((n >> 1) + 1);
  for (let k = 0; k < out.length; k++) out[k] = k * step;
  return out;
}

export interface CentredSpectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly magnitude: Float64Array;
}

/** The transform of the values less their mean; nothing at all for a constant series. */
export function centredSpectrum(series: SharedSeries): CentredSpectrum {
  return series.once('tsfel.centred spectrum', () => {
    const { re, im } = realSpectrum(series.centred);
    return { re, im, magnitude: magnitudes(re, im) };
  });
}
