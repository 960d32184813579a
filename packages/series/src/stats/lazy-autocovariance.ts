import { realSpectrum, type Spectrum } from '../math/fft.ts';

/** Sums of lagged products of a series, each computed when first asked for. */
export interface Autocovariance {
  /** Σ y[t]·y[t + lag] over t = 0 … n − lag − 1; 0 at lags ≥ n. No mean is taken off. */
  at(lag: number): number;
  /** The transform of the series padded with zeros to `padded` values, frequencies 0 … padded / 2. */
  spectrum(): Spectrum;
  /** A power of two ≥ 2n. */
  readonly padded: number;
}

/** Lags below this (a multiple of 4) are summed directly: most questions end early. Above it one transform gives all. */
const DIRECT_LAGS = 64;

/**
 * @param y n values without missing ones. Kept, not copied.
 *
 * Cost: O(n) for each of the first lags, then once O(n log n). Errors are some ulps of the sum at lag 0.
 */
export function createAutocovariance(y: Float64Array): Autocovariance {
  const n = y.length;
  const padded = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * n)));
  const direct = new Float64Array(DIRECT_LAGS);
  let known = 0;
  let spectrum: Spectrum | undefined;
  let all: Float64Array | undefined;

  const transform = (): Spectrum => {
    if (spectrum === undefined) {
      const long = new Float64Array(padded);
      long.set(y);
      spectrum = realSpectrum(long);
    }
    return spectrum;
  };
  return {
    padded,
    spectrum: transform,
    at(lag) {
      if (lag >= n) return 0;
      if (lag < DIRECT_LAGS) {
        for (; known <= lag; known += 4) fourLaggedProducts(y, known, direct);
        return direct[lag]!;
      }
      all ??= fromPower(transform(), padded);
      return all[lag]!;
    },
  };
}

/** The sums at `lag` and the three after it, together: each alone would wait for its own last addition. */
function fourLaggedProducts(y: Float64Array, lag: number, out: Float64Array): void {
  const n = y.length;
  const whole = Math.max(0, n - lag - 3);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let t = 0; t < whole; t++) {
    const value = y[t]!;
    a += value * y[t + lag]!;
    b += value * y[t + lag + 1]!;
    c += value * y[t + lag + 2]!;
    d += value * y[t + lag + 3]!;
  }
  for (let t = whole; t < n; t++) {
    if (t + lag < n) a += y[t]! * y[t + lag]!;
    if (t + lag + 1 < n) b += y[t]! * y[t + lag + 1]!;
    if (t + lag + 2 < n) c += y[t]! * y[t + lag + 2]!;
  }
  out[lag] = a;
  out[lag + 1] = b;
  out[lag + 2] = c;
  out[lag + 3] = d;
}

/** The inverse transform of the squared magnitudes: real and even, so a forward transform does it. */
function fromPower({ re, im }: Spectrum, padded: number): Float64Array {
  const power = new Float64Array(padded);
  const half = padded / 2;
  for (let k = 0; k <= half; k++) power[k] = (re[k]! * re[k]! + im[k]! * im[k]!) / padded;
  for (let k = 1; k < half; k++) power[padded - k] = power[k]!;
  return realSpectrum(power).re;
}
