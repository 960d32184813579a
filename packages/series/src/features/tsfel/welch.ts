import type { SharedSeries } from '../shared-series.ts';
import { centredSpectrum } from './amplitude-spectrum.ts';

/**
 * Power density of the standardised series under one Hann window over its whole length (Welch's estimate with a single
 * segment), at the frequencies 0 … fs / 2. All 0 for a constant series.
 *
 * A periodic Hann window has three lines, so windowing is a sum of three neighbours of the transform at hand:
 * W[k] = X[k]/2 − (X[k−1] + X[k+1])/4.
 * Source: Welch (1967), IEEE Trans. Audio Electroacoust. 15(2); Harris (1978), Proc. IEEE 66(1), for the window.
 */
export function welchPower(series: SharedSeries, fs: number): Float64Array {
  return series.once(`tsfel.welch ${fs}`, () => {
    const { n, variance } = series;
    const { re, im } = centredSpectrum(series);
    const power = new Float64Array(re.length);
    // One value is not windowed; its deviation from the mean is 0 anyway.
    if (n < 2 || series.min === series.max) return power;
    const scale = 1 / (fs * windowEnergy(n) * variance);
    for (let k = 0; k < power.length; k++) {
      const a = at(re, im, k - 1, n);
      const b = at(re, im, k + 1, n);
      const real = re[k]! / 2 - (a.re + b.re) / 4;
      const imaginary = im[k]! / 2 - (a.im + b.im) / 4;
      const oneSided = k === 0 || 2 * k === n ? 1 : 2;
      power[k] = oneSided * scale * (real * real + imaginary * imaginary);
    }
    return power;
  });
}

/** X[k] for any k from −1 to n, by the symmetry of the transform of real values. */
function at(re: Float64Array, im: Float64Array, k: number, n: number) {
  const place = (k + n) % n;
  const mirrored = place >= re.length;
  const own = mirrored ? n - place : place;
  return { re: re[own]!, im: mirrored ? -im[own]! : im[own]! };
}

/** Σ (1/2 − cos(2πt/n)/2)², which is 3n/8 from three values on. */
function windowEnergy(n: number): number {
  return n === 2 ? 1 : (3 * n) / 8;
}
