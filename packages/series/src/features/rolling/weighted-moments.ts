import { InvalidInput, show } from '../../invalid-input.ts';

/**
 * Mean and standard deviation of all values so far, older ones counting less: the weight of a value i points ago is
 * (1 − alpha)^i. With alpha = 0 all count the same. A missing point lets the older values fade and gives the result before.
 *
 * Cost: O(1) for each value. Precision: no power of the level is ever summed.
 * Sources: West (1979), Communications of the ACM 22(9); the deviation is the unbiased one for reliability weights, with factor
 *   (Σw)² / ((Σw)² − Σw²). Compare: pandas 1.5.3 `ewm(alpha=…)` and `expanding()`, `.mean()` and `.std()`.
 */
export class WeightedMoments {
  readonly #now = new Float64Array(2).fill(Number.NaN);
  readonly #decay: number;
  /** What the weights have faded by since the last value. */
  #fade = 1;
  /** Σ w */
  #weight = 0;
  /** Σ over pairs of w·w: the sum of squared weights comes from it without taking anything off. */
  #pairs = 0;
  #mean = 0;
  /** Σ w (value − mean)² */
  #squares = 0;

  /** @throws InvalidInput (`alpha`) when it is not in [0, 1) */
  constructor(alpha: number) {
    if (!(alpha >= 0 && alpha < 1)) {
      throw new InvalidInput('alpha', `must be at least 0 and below 1, got ${show(alpha)}`);
    }
    this.#decay = 1 - alpha;
  }

  /** @returns mean and standard deviation; `NaN` before the first and the second value. The array is used again. */
  push(value: number): Float64Array {
    this.#fade *= this.#decay;
    // The difference is 0 but for NaN and ±Infinity.
    if (value - value !== 0) return this.#now;
    const before = this.#weight * this.#fade;
    this.#pairs = this.#pairs * this.#fade * this.#fade + before;
    this.#squares *= this.#fade;
    this.#fade = 1;
    const first = this.#weight === 0;
    this.#weight = before + 1;
    if (first) this.#mean = value;
    const distance = value - this.#mean;
    const step = distance / this.#weight;
    this.#mean += step;
    this.#squares += before * distance * step;
    this.#now[0] = finite(this.#mean);
    const variance = (this.#squares * this.#weight) / (2 * this.#pairs);
    this.#now[1] = finite(Math.sqrt(variance));
    return this.#now;
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
