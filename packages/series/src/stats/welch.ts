import { realSpectrum } from '../math/fft.ts';
import { pairwiseSum } from '../math/pairwise-sum.ts';

const windows = new Map<number, { readonly weights: Float64Array; readonly energy: number }>();
const KEPT_WINDOWS = 16;

/**
 * Power spectral density by Welch's method: half-overlapping segments, each without its mean and under a periodic Hann
 * window, squared magnitudes averaged; one-sided, in y² per cycle and sample.
 *
 * @param y       n values at equal spacing, all finite.
 * @param segment longest segment; a shorter series is one segment.
 * @returns floor(s / 2) + 1 densities for the frequencies k / s, s = min(segment, n); none for n = 0.
 *
 * Cost: O(n log s). Source: Welch (1967), IEEE Trans. Audio Electroacoust. 15(2), 70–73.
 * Compare: scipy 1.10 `signal.welch(y, nperseg=segment)`.
 */
export function welchDensity(y: Float64Array, segment = 256): Float64Array {
  const n = y.length;
  const length = Math.min(segment, n);
  if (length === 0) return new Float64Array(0);
  const { weights, energy } = hann(length);
  const step = length - (length >> 1);
  const segments = Math.floor((n - length) / step) + 1;
  const density = new Float64Array((length >> 1) + 1);
  const windowed = new Float64Array(length);
  for (let s = 0; s < segments; s++) {
    const from = s * step;
    const mean = pairwiseSum(y, from, from + length) / length;
    for (let t = 0; t < length; t++) windowed[t] = (y[from + t]! - mean) * weights[t]!;
    const { re, im } = realSpectrum(windowed);
    for (let k = 0; k < density.length; k++) density[k]! += re[k]! * re[k]! + im[k]! * im[k]!;
  }
  for (let k = 0; k < density.length; k++) {
    const sides = k === 0 || 2 * k === length ? 1 : 2;
    density[k] = (density[k]! * sides) / (energy * segments);
  }
  return density;
}

function hann(length: number): { readonly weights: Float64Array; readonly energy: number } {
  const known = windows.get(length);
  if (known !== undefined) return known;
  const weights = new Float64Array(length);
  let energy = 0;
  for (let t = 0; t < length; t++) {
    weights[t] = length === 1 ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / length);
    energy += weights[t]! * weights[t]!;
  }
  if (windows.size === KEPT_WINDOWS) windows.delete(windows.keys().next().value!);
  const made = { weights, energy };
  windows.set(length, made);
  return made;
}
