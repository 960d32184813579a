/**
 * Discrete Fourier transform of any length: by the factors 4, 2, 3, 5 and other small primes, with Bluestein's chirp for
 * large ones. O(n log n) for every n; errors grow like log n.
 * Sources: Cooley and Tukey, Math. Comp. 19 (1965); Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970).
 */
import type { Complex } from './fft-butterflies.ts';
import { fourierPlan, unitRoots } from './fft-plan.ts';

export type Spectrum = Complex;

/** The transform of a complex series, unscaled; inputs are left as they are. */
export function fourier(re: Float64Array, im: Float64Array): Spectrum {
  const n = re.length;
  const out: Spectrum = { re: new Float64Array(n), im: new Float64Array(n) };
  if (n > 0) fourierPlan(n)({ re, im }, out);
  return out;
}

/** The inverse of `fourier`, scaled by 1 / n. */
export function inverseFourier(re: Float64Array, im: Float64Array): Spectrum {
  const swapped = fourier(im, re);
  const n = re.length;
  for (let k = 0; k < n; k++) {
    swapped.re[k] = swapped.re[k]! / n;
    swapped.im[k] = swapped.im[k]! / n;
  }
  return { re: swapped.im, im: swapped.re };
}

/** Frequencies 0 … floor(n / 2) of a real series of length n, unscaled: X[k] = Σ y[t] exp(−2πi k t / n). */
export function realSpectrum(y: Float64Array): Spectrum {
  const n = y.length;
  if (n === 0) return { re: new Float64Array(0), im: new Float64Array(0) };
  return n % 2 === 0 ? evenRealSpectrum(y) : oddRealSpectrum(y);
}

function oddRealSpectrum(y: Float64Array): Spectrum {
  const { re, im } = fourier(y, new Float64Array(y.length));
  const kept = (y.length >> 1) + 1;
  im[0] = 0;
  return { re: re.slice(0, kept), im: im.slice(0, kept) };
}

/** An even number of real values as half as many complex ones, taken apart afterwards. */
function evenRealSpectrum(y: Float64Array): Spectrum {
  const half = y.length >> 1;
  const even = new Float64Array(half);
  const odd = new Float64Array(half);
  for (let i = 0; i < half; i++) {
    even[i] = y[2 * i]!;
    odd[i] = y[2 * i + 1]!;
  }
  const re = new Float64Array(half + 1);
  const im = new Float64Array(half + 1);
  fourierPlan(half)({ re: even, im: odd }, { re, im });
  takeApart(re, im, half);
  return { re, im };
}

/** In place: from the transform of even + i · odd values to that of the series; frequencies k and half − k together. */
function takeApart(re: Float64Array, im: Float64Array, half: number): void {
  const { re: cos, im: sin } = halfTurn(half);
  const evenSum = re[0]!;
  const oddSum = im[0]!;
  re[0] = evenSum + oddSum;
  im[0] = 0;
  for (let k = 1, l = half - 1; k <= l; k++, l--) {
    const evenRe = (re[k]! + re[l]!) / 2;
    const evenIm = (im[k]! - im[l]!) / 2;
    const oddRe = (im[k]! + im[l]!) / 2;
    const oddIm = (re[l]! - re[k]!) / 2;
    const turnedRe = oddRe * cos[k]! - oddIm * sin[k]!;
    const turnedIm = oddRe * sin[k]! + oddIm * cos[k]!;
    re[k] = evenRe + turnedRe;
    im[k] = evenIm + turnedIm;
    re[l] = evenRe - turnedRe;
    im[l] = turnedIm - evenIm;
  }
  re[half] = evenSum - oddSum;
  im[half] = 0;
}

const KEPT_TABLES = 24;
const tables = new Map<number, Complex>();

/** exp(−πi k / half) as parts, remembered for the newest lengths. */
function halfTurn(half: number): Complex {
  const known = tables.get(half);
  if (known !== undefined) return known;
  const made = unitRoots(2 * half);
  if (tables.size === KEPT_TABLES) tables.delete(tables.keys().next().value!);
  tables.set(half, made);
  return made;
}
