import { requireWhole } from '../../invalid-input.ts';

/** Places in what `WindowShape.push` gives. */
const SKEWNESS = 0;
const KURTOSIS = 1;

/**
 * Bias-corrected skewness G₁ and excess kurtosis G₂ of the last `window` values, one value at a time. What is not finite takes
 * a place in the window and counts for nothing.
 *
 * Cost: O(window) for each value: moments around the mean of the window itself, so that neither level nor unit cost digits.
 * Source: Joanes & Gill (1998), The Statistician 47(1). Compare: pandas 1.5.3 `rolling(w).skew()` and `.kurt()`: 0 and −3 for
 *   equal values; unlike pandas, a window with a variance below 1e-14 is computed and not missing.
 */
export class WindowShape {
  readonly #ring: Float64Array;
  readonly #least: number;
  readonly #now = new Float64Array(2);
  #next = 0;

  /** @param least least number of values for a result @throws InvalidInput (`window`) */
  constructor(window: number, least = window) {
    requireWhole('window', window, 1);
    this.#ring = new Float64Array(window).fill(Number.NaN);
    this.#least = least;
  }

  /** @returns skewness (of three values and more) and kurtosis (of four and more); the array is used again */
  push(value: number): Float64Array {
    const ring = this.#ring;
    ring[this.#next] = value;
    this.#next = this.#next + 1 === ring.length ? 0 : this.#next + 1;
    const now = this.#now.fill(Number.NaN);
    let count = 0;
    let sum = 0;
    let reference = 0;
    for (let i = 0; i < ring.length; i++) {
      const distance = ring[i]! - reference;
      // False for NaN and ±Infinity.
      if (distance - distance !== 0) continue;
      if (count++ === 0) reference = ring[i]!;
      else sum += distance;
    }
    if (count < Math.max(3, this.#least)) return now;
    const mean = sum / count;
    let scale = 0;
    for (let i = 0; i < ring.length; i++) {
      const size = Math.abs(ring[i]! - reference - mean);
      if (size > scale && size < Number.POSITIVE_INFINITY) scale = size;
    }
    if (scale === 0) {
      now[SKEWNESS] = 0;
      if (count > 3) now[KURTOSIS] = -3;
      return now;
    }
    let [second, third, fourth] = [0, 0, 0];
    for (let i = 0; i < ring.length; i++) {
      const x = (ring[i]! - reference - mean) / scale;
      if (x - x !== 0) continue;
      const square = x * x;
      second += square;
      third += square * x;
      fourth += square * square;
    }
    const n = count;
    const spread = second / n;
    now[SKEWNESS] = (Math.sqrt(n * (n - 1)) / (n - 2)) * (third / n / (spread * Math.sqrt(spread)));
    if (n > 3) {
      const tails = ((n + 1) * (fourth / n)) / (spread * spread) - 3 * (n - 1);
      now[KURTOSIS] = ((n - 1) / ((n - 2) * (n - 3))) * tails;
    }
    return now;
  }
}
