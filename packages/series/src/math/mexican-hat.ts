import { fourier, type Spectrum } from './fft.ts';

/** Half of the interval on which the wavelet is taken to live. */
const REACH = 8;
/** Points at which its integral is tabulated. */
const TABLE = 1024;

/** Calls `visit` with the coefficients of each scale in turn: n values in the unit of y, at the places of the values. */
export type MexicanHatTransform = (
  y: Float64Array,
  visit: (coefficients: Float64Array, index: number) => void,
) => void;

/**
 * Continuous wavelet transform with the Mexican hat ψ(t) = 2/(√3·π^¼)·(1 − t²)·exp(−t²/2) at the scales 1 … `scales`
 * samples; values outside the series count as 0.
 *
 * Each coefficient is −√s times the difference of the convolution with the integral of ψ, tabulated at 1,024 places on
 * [−8, 8] and read at every 1/s without interpolation: the convention of PyWavelets 1.4.1 `cwt(…, method='conv')`, from
 * which the value of a coefficient depends by about one part in a hundred. Two scales share one complex transform.
 *
 * Cost: O(scales · n log n); the transforms of the wavelets are kept for the last length.
 * Sources: Mallat, A Wavelet Tour of Signal Processing, section 4.3; PyWavelets' documentation for the convention.
 * Checked by: reference/wavelet-by-definition.ts.
 */
export function createMexicanHatTransform(scales: number): MexicanHatTransform {
  const kernels = Array.from({ length: scales }, (_, i) => mexicanHatKernel(i + 1));
  const widest = Math.max(...kernels.map(({ length }) => length));
  let plan: { size: number; pairs: readonly Spectrum[] } | undefined;
  return (y, visit) => {
    const n = y.length;
    // What wraps around falls on places before the first one kept.
    const size = comfortableLength(n + (widest >> 1) + 1);
    if (plan?.size !== size) plan = { size, pairs: kernelPairs(kernels, size) };
    const padded = new Float64Array(size);
    padded.set(y);
    const signal = fourier(padded, new Float64Array(size));
    plan.pairs.forEach((pair, p) => {
      const product = multiply(signal, pair);
      // The inverse transform is the forward one with real and imaginary parts exchanged.
      const { re: second, im: first } = fourier(product.im, product.re);
      for (const [part, index] of [
        [first, 2 * p],
        [second, 2 * p + 1],
      ] as const) {
        if (index >= scales) continue;
        const from = (kernels[index]!.length - 1) >> 1;
        visit(part.subarray(from, from + n), index);
      }
    });
  };
}

/** What a series is convolved with at one scale: 16·scale + 2 values, the middle two at places 8·scale and 8·scale + 1. */
export function mexicanHatKernel(scale: number): Float64Array {
  const table = integralOfMexicanHat();
  const grid = (2 * REACH) / (TABLE - 1) - REACH;
  const step = scale * (grid + REACH);
  const samples: number[] = [];
  for (let i = 0; i <= 2 * REACH * scale; i++) {
    const place = Math.floor(i / step);
    if (place < TABLE) samples.push(table[place]!);
  }
  samples.reverse();
  const kernel = new Float64Array(samples.length + 1);
  for (let i = 0; i < kernel.length; i++) {
    kernel[i] = -Math.sqrt(scale) * ((samples[i] ?? 0) - (samples[i - 1] ?? 0));
  }
  return kernel;
}

/** ∫ ψ from −8 to each of 1,024 places, by rectangles. */
function integralOfMexicanHat(): Float64Array {
  const norm = 2 / (Math.sqrt(3) * Math.sqrt(Math.sqrt(Math.PI)));
  const step = (2 * REACH) / (TABLE - 1);
  const out = new Float64Array(TABLE);
  let sum = 0;
  for (let i = 0; i < TABLE; i++) {
    const t = i * step - REACH;
    sum += (1 - t * t) * Math.exp(-(t * t) / 2) * norm;
    out[i] = sum * step;
  }
  return out;
}

/** A length with small factors only, for a quick transform. */
function comfortableLength(least: number): number {
  let best = 2 ** Math.ceil(Math.log2(least));
  for (const odd of [3, 5, 9, 15]) {
    const length = odd * 2 ** Math.max(0, Math.ceil(Math.log2(least / odd)));
    if (length >= least && length < best) best = length;
  }
  return best;
}

/** The transforms of kernels 2p + i·(2p + 1), divided by the length for the way back. */
function kernelPairs(kernels: readonly Float64Array[], size: number): readonly Spectrum[] {
  return Array.from({ length: Math.ceil(kernels.length / 2) }, (_, p) => {
    const place = (kernel: Float64Array | undefined) => {
      const padded = new Float64Array(size);
      // A kernel longer than the transform wraps around like everything else.
      kernel?.forEach((value, i) => {
        padded[i % size]! += value / size;
      });
      return padded;
    };
    return fourier(place(kernels[2 * p]), place(kernels[2 * p + 1]));
  });
}

function multiply(a: Spectrum, b: Spectrum): Spectrum {
  const re = new Float64Array(a.re.length);
  const im = new Float64Array(a.re.length);
  for (let k = 0; k < re.length; k++) {
    re[k] = a.re[k]! * b.re[k]! - a.im[k]! * b.im[k]!;
    im[k] = a.re[k]! * b.im[k]! + a.im[k]! * b.re[k]!;
  }
  return { re, im };
}
