// Errors of one origin are alike at all its steps; fewer origins than this say nothing about others.
const FEWEST_ORIGINS_TO_POOL = 5;

/** Scores of each step in ascending order, grown one at a time, and of all steps together. */
export class SortedScores {
  readonly #steps: Float64Array[];
  readonly #counts: Int32Array;
  readonly #pool: Float64Array;
  #poolCount = 0;

  constructor(h: number, origins: number) {
    this.#steps = Array.from({ length: h }, () => new Float64Array(origins));
    this.#counts = new Int32Array(h);
    this.#pool = new Float64Array(h * origins);
  }

  static of(scores: readonly Float64Array[]): SortedScores {
    const longest = Math.max(0, ...scores.map((step) => step.length));
    const result = new SortedScores(scores.length, longest);
    scores.forEach((step, i) => {
      for (const score of step) result.add(i, score);
    });
    return result;
  }

  get total(): number {
    return this.#poolCount;
  }

  add(step: number, score: number): void {
    if (Number.isNaN(score)) return;
    insert(this.#steps[step]!, this.#counts[step]!++, score);
    insert(this.#pool, this.#poolCount++, score);
  }

  /** The finite-sample quantile of the step's scores, or of all steps' when they are too few; null when all are too few. */
  factor(step: number, level: number): number | null {
    const own = quantile(this.#steps[step]!, this.#counts[step]!, level);
    if (own !== null) return own;
    if (this.#counts[0]! < FEWEST_ORIGINS_TO_POOL) return null;
    return quantile(this.#pool, this.#poolCount, level);
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

/** ⌈(count + 1) · level⌉-th smallest, null when there are fewer. */
function quantile(sorted: Float64Array, count: number, level: number): number | null {
  // Without the slack, (19 + 1) · 0.95 would round up to 20.
  const rank = Math.ceil((count + 1) * level - 1e-9);
  return rank > count || rank < 1 ? null : sorted[rank - 1]!;
}
