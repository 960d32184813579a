import { describe, expect, it } from 'vitest';
import { countBelow, countUpTo } from './rank-in-sorted.ts';

describe('ranks in ascending values', () => {
  const sorted = Float64Array.of(-1, 0, 0, 0, 2.5);

  it.each([
    [-2, 0, 0],
    [-1, 0, 1],
    [-0, 1, 4],
    [1, 4, 4],
    [2.5, 4, 5],
    [3, 5, 5],
    [Number.NaN, 0, 0],
  ])('has for %s so many values below, and at most equal', (value, below, upTo) => {
    expect(countBelow(sorted, value)).toBe(below);
    expect(countUpTo(sorted, value)).toBe(upTo);
  });
});
