import { realSpectrum } from '../math/fft.ts';

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
  let total = 0;
  // Frequency 0 holds the rounding of the mean, nothing else.
  for (let k = 1; k < power.length; k++) {
    const oneSided = 2 * k === n ? 1 : 2;
    power[k] = oneSided * (re[k]! * re[k]! + im[k]! * im[k]!);
    total += power[k]!;
  }
  if (total === 0) return 0;
  let entropy = 0;
  for (let k = 1; k < power.length; k++) {
    const share = power[k]! / total;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return Number.isFinite(total) ? entropy / Math.log(power.length) : Number.NaN;
}
