import { requireWhole } from '../../invalid-input.ts';

/** One element for each value that was pushed; `NaN` of too few values and where it overflows. */
export interface Moments {
  readonly mean: Float64Array;
  /** Standard deviation, divisor n − 1; of two values and more. */
  readonly deviation: Float64Array;
}

export function createMoments(length: number): Moments {
  return { mean: new Float64Array(length), deviation: new Float64Array(length) };
}

/** Of a block, from each place to its end. */
interface Ends {
  /** Number of values. */
  readonly count: Int32Array;
  /** Their mean relative to a reference; 0 of none. */
  readonly mean: Float64Array;
  /** Σ (value − mean)²; 0 of none. */
  readonly squares: Float64Array;
}

/**
 * Mean and standard deviation of the last `window` values. What is not finite takes a place in the window and counts for
 * nothing.
 *
 * The values are cut into blocks of `window`. The window is the end of one block and the beginning of the next: what the
 * ends hold is computed backwards when a block is full, what the beginning holds grows with each value, and the two are
 * joined. Nothing is ever taken off again, so that an outlier leaves no error behind when it leaves the window.
 *
 * Cost: O(1) for each value, every `window`-th one O(window). Memory: five times the window.
 * Precision: each part is summed relative to a value in it; relative error of the squares about window · 1e-16 at any level.
 * Sources: blocks: van Herk (1992), Pattern Recognition Letters 13; joining: Chan, Golub & LeVeque (1983), The American
 *   Statistician 37(3).
 */
export class WindowMoments {
  readonly #window: number;
  readonly #least: number;
  readonly #block: Float64Array;
  #filled = 0;
  /** 1 / i, so that means need no division. */
  readonly #inverse: Float64Array;
  /** Of the block before; means relative to `#endReference`. */
  readonly #ends: Ends;
  #endReference = 0;
  /** Of the block that is being filled; sums relative to `#reference`. */
  #count = 0;
  #sum = 0;
  #squares = 0;
  #reference = 0;

  /** @param least least number of values for a result @throws InvalidInput (`window`) */
  constructor(window: number, least = 1) {
    requireWhole('window', window, 1);
    this.#window = window;
    this.#least = least;
    this.#block = new Float64Array(window);
    this.#inverse = new Float64Array(window + 1);
    for (let i = 1; i <= window; i++) this.#inverse[i] = 1 / i;
    this.#ends = {
      count: new Int32Array(window + 1),
      mean: new Float64Array(window + 1),
      squares: new Float64Array(window + 1),
    };
  }

  /** Takes in some values, one after the other, and writes what the window holds after each of them. */
  push(values: Float64Array, out: Moments): void {
    for (let from = 0; from < values.length; ) {
      if (this.#filled === this.#window) this.#turnOver();
      const to = Math.min(values.length, from + this.#window - this.#filled);
      this.#fill(values, from, to, out);
      from = to;
    }
  }

  #fill(values: Float64Array, from: number, to: number, out: Moments): void {
    const block = this.#block;
    const { count: ends, mean: endMean, squares: endSquares } = this.#ends;
    const { mean: outMean, deviation: outDeviation } = out;
    const least = this.#least;
    const endReference = this.#endReference;
    const inverse = this.#inverse;
    let place = this.#filled;
    let count = this.#count;
    let sum = this.#sum;
    let squares = this.#squares;
    let reference = this.#reference;
    for (let t = from; t < to; t++) {
      const value = values[t]!;
      block[place++] = value;
      // False for NaN and ±Infinity.
      if (value - value === 0) {
        if (count === 0) reference = value;
        const distance = value - reference;
        count++;
        sum += distance;
        squares += distance * distance;
      }
      const before = ends[place]!;
      const all = before + count;
      if (all < least) {
        outMean[t] = outDeviation[t] = Number.NaN;
        continue;
      }
      let mean = endMean[place]!;
      let around = endSquares[place]!;
      if (count === 0) mean += endReference;
      else {
        const ownMean = sum * inverse[count]!;
        const own = squares - sum * ownMean;
        // Not below 0 by rounding; NaN of squares that overflow stays.
        if (!(own <= 0)) around += own;
        if (before === 0) mean = reference + ownMean;
        else {
          const step = reference - endReference + (ownMean - mean);
          const shift = step * before * inverse[all]!;
          mean = reference + (ownMean - shift);
          around += step * shift * count;
        }
      }
      // The difference is 0 but where a sum has overflowed.
      outMean[t] = mean - mean === 0 ? mean : Number.NaN;
      const variance = around / (all - 1);
      outDeviation[t] =
        all > 1 && variance < Number.POSITIVE_INFINITY ? Math.sqrt(variance) : Number.NaN;
    }
    this.#filled = place;
    this.#count = count;
    this.#sum = sum;
    this.#squares = squares;
    this.#reference = reference;
  }

  /** The full block becomes the one before. */
  #turnOver(): void {
    const block = this.#block;
    const inverse = this.#inverse;
    const { count: ends, mean: endMean, squares: endSquares } = this.#ends;
    let count = 0;
    let sum = 0;
    let squares = 0;
    let reference = 0;
    for (let i = this.#window - 1; i >= 0; i--) {
      const value = block[i]!;
      if (value - value === 0) {
        if (count === 0) reference = value;
        const distance = value - reference;
        count++;
        sum += distance;
        squares += distance * distance;
      }
      const mean = count === 0 ? 0 : sum * inverse[count]!;
      const own = squares - sum * mean;
      ends[i] = count;
      endMean[i] = mean;
      endSquares[i] = own <= 0 ? 0 : own;
    }
    this.#endReference = reference;
    this.#filled = 0;
    this.#count = 0;
    this.#sum = 0;
    this.#squares = 0;
  }
}
