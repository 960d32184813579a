/** Steps count as near each other up to this ratio: step 8 shares its errors with steps 5 … 14. */
const NEAR = 1.75;

/** Errors at the steps near one step, ascending. */
interface Window {
  readonly steps: number;
  readonly sorted: Float64Array;
  count: number;
  sumOfSquares: number;
}

/** What is known about the errors near a step. */
export interface NearErrors {
  /** Errors per step, on average over the steps that are near. */
  readonly perStep: number;
  /** How much of an error is news after those of the other origins, in (0, 1]. */
  readonly independence: number;
  /** Mean square; 0 when there is none. */
  readonly meanSquare: number;
  /** The smallest error that at least the share `level` of the others does not exceed; 0 when there is none. */
  quantile(level: number): number;
}

/** Origins this far apart make errors that are new; right next to each other a quarter of them is. */
const INDEPENDENT_GAP = 4;
const NEIGHBOURS = 1 / INDEPENDENT_GAP;

/** Mean independence of the errors made at origins. @param origins ascending. */
export function independenceOf(origins: readonly number[]): number {
  if (origins.length < 2) return NEIGHBOURS;
  let sum = 0;
  for (let i = 1; i < origins.length; i++) {
    sum += Math.min(1, (origins[i]! - origins[i - 1]!) / INDEPENDENT_GAP);
  }
  return sum / (origins.length - 1);
}

/**
 * Sizes of past errors by step, grown one at a time. The errors at one step are few and their largest decides the end of an
 * interval alone, so each step is judged together with the steps near it. Later steps, whose neighbours would lie beyond the
 * last one that was seen, share the errors of the last step of which that is not true.
 */
export class PastErrors {
  readonly #steps: Float64Array[];
  readonly #counts: Int32Array;
  readonly #windows: readonly Window[];

  readonly independence: number;

  /**
   * @param most         for each step, how many errors can come at most.
   * @param independence see `NearErrors`; default: that of origins at every value.
   */
  constructor(most: readonly number[], independence = NEIGHBOURS) {
    this.independence = independence;
    const reach = most.filter((count) => count > 0).length;
    this.#counts = new Int32Array(most.length);
    this.#steps = most.map((count) => new Float64Array(count));
    this.#windows = Array.from({ length: Math.max(1, Math.round(reach / NEAR)) }, (_, i) => {
      const first = Math.ceil((i + 1) / NEAR);
      const last = Math.max(first, Math.min(reach, Math.floor((i + 1) * NEAR)));
      const size = most.slice(first - 1, last).reduce((sum, count) => sum + count, 0);
      return { steps: last - first + 1, sorted: new Float64Array(size), count: 0, sumOfSquares: 0 };
    });
  }

  static of(errors: readonly Float64Array[], independence = NEIGHBOURS): PastErrors {
    const result = new PastErrors(
      errors.map((step) => step.length),
      independence,
    );
    errors.forEach((step, i) => {
      for (const size of step) result.add(i, size);
    });
    return result;
  }

  /** @param step 0 is the first; @param size ≥ 0, left out unless finite. */
  add(step: number, size: number): void {
    if (!Number.isFinite(size)) return;
    insert(this.#steps[step]!, this.#counts[step]!++, size);
    const first = Math.max(1, Math.ceil((step + 1) / NEAR));
    const last = Math.min(this.#windows.length, Math.floor((step + 1) * NEAR));
    for (let near = first; near <= last; near++) {
      const window = this.#windows[near - 1]!;
      insert(window.sorted, window.count++, size);
      window.sumOfSquares += size * size;
    }
  }

  near(step: number): NearErrors {
    const { steps, sorted, count, sumOfSquares } =
      this.#windows[Math.min(step, this.#windows.length - 1)]!;
    return {
      perStep: count / steps,
      independence: this.independence,
      meanSquare: count === 0 ? 0 : sumOfSquares / count,
      // Without the slack, 20 · 0.95 would round up to 20.
      quantile: (level) => sorted[Math.max(0, Math.ceil(count * level - 1e-9) - 1)] ?? 0,
    };
  }

  byStep(): Float64Array[] {
    return this.#steps.map((scores, step) => scores.slice(0, this.#counts[step]!));
  }
}

function insert(sorted: Float64Array, count: number, value: number): void {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  sorted.copyWithin(low + 1, low, count);
  sorted[low] = value;
}
