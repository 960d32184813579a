import { requireWhole } from '../../invalid-input.ts';

/**
 * Quantiles of the last `window` values, linear between neighbours. What is not finite takes a place in the window and counts
 * for nothing.
 *
 * The window is kept in ascending order: a leaving value is found by bisection, and its gap moves to the place of the entering
 * one.
 *
 * Cost: log(window) comparisons and window / 3 moves on average for each value; a tree is slower up to some thousand values.
 */
export class SortedWindow {
  readonly #window: number;
  readonly #sorted: Float64Array;
  readonly #ring: Float64Array;
  #next = 0;
  #count = 0;

  /** @throws InvalidInput (`window`) */
  constructor(window: number) {
    requireWhole('window', window, 1);
    this.#window = window;
    // One place more than values: the gap may stand at the end.
    this.#sorted = new Float64Array(window + 1);
    this.#ring = new Float64Array(window).fill(Number.NaN);
  }

  /**
   * Takes in some values, one after the other, and writes the quantiles after each of them; `NaN` of none.
   * @param shares fractions in [0, 1] @param out one array for each of `shares`, of the length of `values`
   */
  push(values: Float64Array, shares: readonly number[], out: readonly Float64Array[]): void {
    const sorted = this.#sorted;
    const ring = this.#ring;
    const window = this.#window;
    const below = new Int32Array(shares.length);
    const beyond = new Float64Array(shares.length);
    let placed = -1;
    let next = this.#next;
    let count = this.#count;
    for (let t = 0; t < values.length; t++) {
      const value = values[t]!;
      const leaving = ring[next]!;
      ring[next] = value;
      if (++next === window) next = 0;
      let gap = count;
      // The difference is 0 but for NaN and ±Infinity.
      if (leaving - leaving === 0) {
        gap = 0;
        let high = --count;
        while (gap < high) {
          const middle = (gap + high) >> 1;
          if (sorted[middle]! < leaving) gap = middle + 1;
          else high = middle;
        }
      }
      if (value - value === 0) {
        while (gap > 0) {
          const left = sorted[gap - 1]!;
          if (left <= value) break;
          sorted[gap--] = left;
        }
        while (gap < count) {
          const right = sorted[gap + 1]!;
          if (right >= value) break;
          sorted[gap++] = right;
        }
        sorted[gap] = value;
        count++;
      } else if (gap < count) sorted.copyWithin(gap, gap + 1, count + 1);
      if (count !== placed) {
        placed = count;
        for (let i = 0; i < shares.length; i++) {
          const position = shares[i]! * Math.max(0, count - 1);
          below[i] = Math.floor(position);
          beyond[i] = position - below[i]!;
        }
      }
      for (let i = 0; i < below.length; i++) {
        const share = beyond[i]!;
        const lower = sorted[below[i]!]!;
        if (count === 0) out[i]![t] = Number.NaN;
        else if (share === 0) out[i]![t] = lower;
        else {
          const upper = sorted[below[i]! + 1]!;
          const step = upper - lower;
          // The second form rounds equal neighbours; the first overflows.
          out[i]![t] = step < Infinity ? lower + step * share : lower * (1 - share) + upper * share;
        }
      }
    }
    this.#next = next;
    this.#count = count;
  }
}
