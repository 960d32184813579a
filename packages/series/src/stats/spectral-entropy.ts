import { realSpectrum } from '../math/fft.ts';
import { entropyOfShares } from './entropy.ts';
import { welchDensity } from './welch.ts';

/**
 * Entropy of the shares that frequencies have in the periodogram, divided by log of their number: near 1 for noise, near 0
 * for one line.
 *
 * @param centred n values less their mean, all finite.
 * @returns a number in [0, 1]; 0 where all values are 0; NaN for fewer than two values.
 *
 * Cost: O(n log n). Source: Inouye et al. (1991), Electroenceph. Clin. Neurophysiol. 79(3).
 * Compare: AntroPy 0.1.9 `spectral_entropy(y, 1, method="fft", normalize=True)`.
 */
export function spectralEntropy(centred: Float64Array): number {
  const n = centred.length;
  if (n < 2) return Number.NaN;
  const { re, im } = realSpectrum(centred);
  const power = new Float64Array(re.length);
  // Frequency 0 holds the rounding of the mean, nothing else.
  for (let k = 1; k < power.length; k++) {
    const oneSided = 2 * k === n ? 1 : 2;
    power[k] = oneSided * (re[k]! * re[k]! + im[k]! * im[k]!);
  }
  return overLargest(power);
}

/**
 * The same with Welch's density in place of the periodogram.
 *
 * @param y n values, all finite. @param segment longest segment, whole number ≥ 1.
 * @returns as `spectralEntropy`; NaN for segments of one value.
 *
 * Cost: O(n log segment). Compare: AntroPy 0.1.9 `spectral_entropy(y, 1, method="welch", nperseg=segment, normalize=True)`.
 */
export function welchEntropy(y: Float64Array, segment: number): number {
  const density = welchDensity(y, segment);
  return density.length < 2 ? Number.NaN : overLargest(density);
}

function overLargest(power: Float64Array): number {
  return power.every((value) => value === 0) ? 0 : entropyOfShares(power) / Math.log(power.length);
}
