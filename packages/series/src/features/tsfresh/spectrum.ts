import type { Spectrum } from '../../math/fft.ts';
import type { SharedSeries } from '../shared-series.ts';
import { calculator } from './calculator.ts';
import { oneOf, whole } from './parameter-rules.ts';

const attribute = oneOf('real', 'imag', 'abs', 'angle');
const aggregateType = oneOf('centroid', 'variance', 'skew', 'kurtosis');
const DEGREES = 180 / Math.PI;

function part({ re, im }: Spectrum, k: number, attr: 'real' | 'imag' | 'abs' | 'angle'): number {
  if (k >= re.length) return Number.NaN;
  if (attr === 'real') return re[k]!;
  if (attr === 'imag') return im[k]!;
  return attr === 'abs' ? sizeOf(re[k]!, im[k]!) : Math.atan2(im[k]!, re[k]!) * DEGREES;
}

/** `Math.hypot`, which is slow, only where squares would overflow or vanish. */
function sizeOf(re: number, im: number): number {
  const square = re * re + im * im;
  return square > 1e-280 && square < 1e300 ? Math.sqrt(square) : Math.hypot(re, im);
}

/** Σ kᵖ |X[k]| / Σ |X[k]| for p = 1 … 4. */
interface SpectrumMoments {
  readonly centroid: number;
  readonly variance: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

function spectrumMoments(series: SharedSeries): SpectrumMoments {
  return series.once('tsfresh.spectrum moments', () => {
    const { re, im } = series.spectrum;
    const sums = [0, 0, 0, 0, 0] as [number, number, number, number, number];
    for (let k = 0; k < re.length; k++) {
      const size = sizeOf(re[k]!, im[k]!);
      sums[0] += size;
      sums[1] += k * size;
      sums[2] += k * k * size;
      sums[3] += k * k * k * size;
      sums[4] += k * k * k * k * size;
    }
    const centroid = sums[1] / sums[0];
    const m2 = sums[2] / sums[0];
    return {
      centroid,
      variance: m2 - centroid ** 2,
      m2,
      m3: sums[3] / sums[0],
      m4: sums[4] / sums[0],
    };
  });
}

/** Higher moments of a spectrum in fewer frequencies than this are not defined. */
const LEAST_VARIANCE = 0.5;

const AGGREGATES = {
  centroid: ({ centroid }: SpectrumMoments) => centroid,
  variance: ({ variance }: SpectrumMoments) => variance,
  skew: ({ centroid, variance, m3 }: SpectrumMoments) =>
    variance < LEAST_VARIANCE
      ? Number.NaN
      : (m3 - 3 * centroid * variance - centroid ** 3) / variance ** 1.5,
  // The last term is tsfresh's; a fourth central moment would have 3 centroid⁴.
  kurtosis: ({ centroid, variance, m2, m3, m4 }: SpectrumMoments) =>
    variance < LEAST_VARIANCE
      ? Number.NaN
      : (m4 - 4 * centroid * m3 + 6 * m2 * centroid ** 2 - 3 * centroid) / variance ** 2,
};

export const spectrumCalculators = [
  calculator({
    name: 'fft_coefficient',
    formula:
      'X[coeff] of the Fourier transform X[k] = Σ y[t] exp(−2πi k t / n), k ≤ n / 2: its real or imaginary part, size, or angle in degrees (which is rounding where the size is about 0).',
    source: 'Cooley & Tukey (1965), Math. Comp. 19, 297–301',
    unit: 'y, or degrees for the angle',
    cost: 'n log n',
    parameters: { coeff: whole(0), attr: attribute },
    create:
      ({ coeff, attr }) =>
      (series) =>
        part(series.spectrum, coeff, attr),
  }),
  calculator({
    name: 'fft_aggregated',
    formula:
      'Of the distribution |X[k]| / Σ |X[k]| over k = 0 … floor(n / 2), with moments mₚ = Σ kᵖ |X[k]| / Σ |X[k]| and c = m₁: centroid c, variance v = m₂ − c², skew (m₃ − 3 c v − c³) / v^1.5, kurtosis (m₄ − 4 c m₃ + 6 m₂ c² − 3 c) / v²; the last two not for v < 0.5.',
    unit: 'frequencies, squared for the variance, 1 for skew and kurtosis',
    cost: 'n log n',
    parameters: { aggtype: aggregateType },
    create:
      ({ aggtype }) =>
      (series) =>
        AGGREGATES[aggtype](spectrumMoments(series)),
  }),
];
