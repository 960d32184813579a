import { requireWhole } from '../../invalid-input.ts';

/** One element for each value that was pushed. */
export interface Moments {
  /** Number of values in the window. */
  readonly count: Float64Array;
  /** Their mean; 0 of none. */
  readonly mean: Float64Array;
  /** Σ (value − mean)²; 0 of none. */
  readonly squares: Float64Array;
  /** ∞ of none. */
  readonly min: Float64Array;
  /** −∞ of none. */
  readonly max: Float64Array;
}

export function createMoments(length: number): Moments {
  return {
    count: new Float64Array(length),
    mean: new Float64Array(length),
    squares: new Float64Array(length),
    min: new Float64Array(length),
    max: new Float64Array(length),
  };
}

/** Turns `squares` into standard deviations, in place; `NaN` of fewer than two values and where it overflows. */
export function standardDeviations({ count, squares, mean }: Moments): void {
  for (let t = 0; t < count.length; t++) {
    const variance = squares[t]! / (count[t]! - 1);
    squares[t] = count[t]! > 1 && variance < Number.POSITIVE_INFINITY ? Math.sqrt(variance) : NaN;
    // The difference is 0 but where a sum has overflowed.
    if (mean[t]! - mean[t]! !== 0) mean[t] = Number.NaN;
  }
}

/**
 * Count, mean, sum of squares around the mean, least and largest value of the last `window` values. What is not finite takes
 * a place in the window and counts for nothing.
 *
 * The values are cut into blocks of `window`. The window is the end of one block and the beginning of the next: what the
 * ends hold is computed backwards when a block is full, what the beginning holds grows with each value, and the two are
 * joined. Nothing is ever taken off again, so that an outlier leaves no error behind when it leaves the window.
 *
 * Cost: O(1) for each value, every `window`-th one O(window). Memory: six times the window.
 * Precision: each part is summed relative to a value in it; relative error of the squares about window · 1e-16 at any level.
 * Sources: van Herk (1992), Pattern Recognition Letters 13, for minima; joining: Chan, Golub & LeVeque (1983), The American
 *   Statistician 37(3).
 */
export class WindowMoments {
  readonly #window: number;
  readonly #block: Float64Array;
  #filled = 0;
  /** 1 / i, so that the loop does not divide. */
  readonly #inverse: Float64Array;
  /** Of the block before, from each place to its end; means relative to `#endReference`. */
  readonly #ends: Moments;
  #endReference = 0;
  /** Of the block that is being filled; sums relative to `#reference`. */
  #count = 0;
  #sum = 0;
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #reference = 0;

  /** @throws InvalidInput (`window`) */
  constructor(window: number) {
    requireWhole('window', window, 1);
    this.#window = window;
    this.#block = new Float64Array(window);
    this.#inverse = Float64Array.from({ length: window + 1 }, (_, i) => 1 / i);
    this.#ends = createMoments(window + 1);
    this.#ends.min.fill(Number.POSITIVE_INFINITY);
    this.#ends.max.fill(Number.NEGATIVE_INFINITY);
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
    const {
      count: ends,
      mean: endMean,
      squares: endSquares,
      min: endMin,
      max: endMax,
    } = this.#ends;
    const { count: outCount, mean: outMean, squares: outSquares, min: outMin, max: outMax } = out;
    const endReference = this.#endReference;
    const inverse = this.#inverse;
    let place = this.#filled;
    let count = this.#count;
    let sum = this.#sum;
    let squares = this.#squares;
    let min = this.#min;
    let max = this.#max;
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
        if (value < min) min = value;
        if (value > max) max = value;
      }
      const before = ends[place]!;
      const all = before + count;
      outCount[t] = all;
      if (count === 0) {
        outMean[t] = before === 0 ? 0 : endReference + endMean[place]!;
        outSquares[t] = endSquares[place]!;
      } else {
        const mean = sum * inverse[count]!;
        const own = squares - sum * mean;
        if (before === 0) {
          outMean[t] = reference + mean;
          outSquares[t] = own > 0 ? own : 0;
        } else {
          const step = reference - endReference + (mean - endMean[place]!);
          const shift = step * before * inverse[all]!;
          outMean[t] = reference + (mean - shift);
          outSquares[t] = (own > 0 ? own : 0) + endSquares[place]! + step * shift * count;
        }
      }
      const least = endMin[place]!;
      const largest = endMax[place]!;
      outMin[t] = least < min ? least : min;
      outMax[t] = largest > max ? largest : max;
    }
    this.#filled = place;
    this.#count = count;
    this.#sum = sum;
    this.#squares = squares;
    this.#min = min;
    this.#max = max;
    this.#reference = reference;
  }

  /** The full block becomes the one before. */
  #turnOver(): void {
    const block = this.#block;
    const inverse = this.#inverse;
    const {
      count: ends,
      mean: endMean,
      squares: endSquares,
      min: endMin,
      max: endMax,
    } = this.#ends;
    let count = 0;
    let sum = 0;
    let squares = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    let reference = 0;
    for (let i = this.#window - 1; i >= 0; i--) {
      const value = block[i]!;
      if (value - value === 0) {
        if (count === 0) reference = value;
        const distance = value - reference;
        count++;
        sum += distance;
        squares += distance * distance;
        if (value < min) min = value;
        if (value > max) max = value;
      }
      const mean = count === 0 ? 0 : sum * inverse[count]!;
      const own = squares - sum * mean;
      ends[i] = count;
      endMean[i] = mean;
      endSquares[i] = own > 0 ? own : 0;
      endMin[i] = min;
      endMax[i] = max;
    }
    this.#endReference = reference;
    this.#filled = 0;
    this.#count = 0;
    this.#sum = 0;
    this.#squares = 0;
    this.#min = Number.POSITIVE_INFINITY;
    this.#max = Number.NEGATIVE_INFINITY;
  }
}
