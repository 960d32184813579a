import { createQuantileSketch } from './quantile-sketch.ts';

/** Ends of the range in which a value is expected, from the errors of earlier expectations. */
export interface ExpectedRange {
  /** lower ≤ expected ≤ upper. */
  around(expected: number): { readonly lower: number; readonly upper: number };
  learn(error: number): void;
}

/**
 * The middle share `level` of the signed errors so far, added to the expectation; at least the expectation itself.
 *
 * @param level fraction in (0, 1).
 */
export function createExpectedRange(level: number): ExpectedRange {
  const errors = createQuantileSketch();
  const tail = (1 - level) / 2;
  return {
    around(expected) {
      if (errors.n === 0) return { lower: expected, upper: expected };
      const lower = expected + Math.min(0, errors.quantile(tail));
      const upper = expected + Math.max(0, errors.quantile(1 - tail));
      return { lower, upper };
    },
    learn: (error) => errors.add(error),
  };
}
