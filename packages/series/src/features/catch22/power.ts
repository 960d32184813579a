import type { ZScores } from './z-scores.ts';

/**
 * Power spectral density of the z-scores padded with zeros to a power of two, N: one segment, no taper (what Welch's method
 * with a rectangular window as long as the series is), one-sided, over angular frequencies 0, 2π / N … π.
 */
interface PowerSpectrum {
  readonly power: Float64Array;
  /** Between neighbouring frequencies, radians a sample. */
  readonly step: number;
}

function powerSpectrum({ n, autocovariance }: ZScores): PowerSpectrum {
  const size = 2 ** Math.ceil(Math.log2(n));
  const { re, im } = autocovariance.spectrum();
  // The shared transform has more zeros behind the series, so it holds these frequencies and others between them.
  const stride = autocovariance.padded / size;
  const power = new Float64Array(size / 2 + 1);
  for (let k = 0; k < power.length; k++) {
    const [a, b] = [re[k * stride]!, im[k * stride]!];
    const sides = k === 0 || k === size / 2 ? 1 : 2;
    power[k] = (sides * (a * a + b * b)) / (n * 2 * Math.PI);
  }
  return { power, step: (2 * Math.PI) / size };
}

/** Area under the lowest fifth of the frequencies. */
export function powerInLowestFifth(series: ZScores): number {
  const { power, step } = powerSpectrum(series);
  const fifth = Math.floor(power.length / 5);
  let sum = 0;
  for (let k = 0; k < fifth; k++) sum += power[k]! * step;
  return sum;
}

/** The angular frequency at which the running total passes half the power. */
export function centroid(series: ZScores): number {
  const { power, step } = powerSpectrum(series);
  let total = 0;
  for (let k = 0; k < power.length; k++) total += power[k]!;
  let sum = 0;
  for (let k = 0; k < power.length; k++) {
    sum += power[k]!;
    if (sum > total / 2) return k * step;
  }
  return 0;
}
