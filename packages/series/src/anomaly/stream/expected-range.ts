import { createQuantileSketch } from './quantile-sketch.ts';

/** Ends of the range in which a value is expected, from the errors of earlier expectations. */
export interface ExpectedRange {
  /** lower ≤ expected ≤ upper. */
  around(expected: number): { readonly lower: number; readonly upper: number };
  learn(error: number): void;
}

interface Range {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Keeps ranges within the largest errors that ever were, in the unit of the values: an error on a logarithmic scale is a share of
 * the level, and after a jump from 100 to 300 the same share of 300 would reach to 10,000.
 */
export function createSeenErrors() {
  let least = 0;
  let greatest = 0;
  return {
    within({ expected, lower, upper }: Range): Range {
      return {
        expected,
        lower: Math.max(lower, expected + least),
        upper: Math.min(upper, expected + greatest),
      };
    },
    learn(error: number): void {
      least = Math.min(least, error);
      greatest = Math.max(greatest, error);
    },
  };
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
