/** Sums over the rising factorial of a parameter: what likelihoods of counts need instead of gamma functions. */
export interface RisingFactorials {
  /** log[k] = ln Γ(p + k) − ln Γ(p). */
  readonly log: Float64Array;
  /** slope[k]: its derivative by p. */
  readonly slope: Float64Array;
  update(p: number): void;
}

/** Exact where differences of two ln Γ would lose digits (large p), and cheaper: O(largest) for all counts together. */
export function risingFactorials(largest: number): RisingFactorials {
  const log = new Float64Array(largest + 1);
  const slope = new Float64Array(largest + 1);
  return {
    log,
    slope,
    update(p) {
      for (let k = 0; k < largest; k++) {
        log[k + 1] = log[k]! + Math.log(p + k);
        slope[k + 1] = slope[k]! + 1 / (p + k);
      }
    },
  };
}
