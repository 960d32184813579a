import { describe, expect, it } from 'vitest';
import { makeNonDecreasing } from './isotonic.ts';

const made = (list: readonly number[], first?: number, step?: number) => {
  const values = Float64Array.from(list);
  makeNonDecreasing(values, first, step);
  return [...values];
};

describe('isotonic regression', () => {
  it('leaves what does not fall', () => {
    expect(made([1, 1, 2, 5])).toEqual([1, 1, 2, 5]);
    expect(made([])).toEqual([]);
    expect(made([3])).toEqual([3]);
  });

  it('pools neighbours that fall, also with those before them', () => {
    expect(made([1, 3, 2, 4])).toEqual([1, 2.5, 2.5, 4]);
    expect(made([5, 4, 3])).toEqual([4, 4, 4]);
    expect(made([2, 5, 0, 1])).toEqual([2, 2, 2, 2]);
  });

  it('keeps the mean', () => {
    const values = Array.from({ length: 50 }, (_, i) => (i * 37) % 23);
    const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
    expect(sum(made(values))).toBeCloseTo(sum(values), 9);
  });

  it('can take every other value alone', () => {
    expect(made([5, 9, 3, 1], 0, 2)).toEqual([4, 9, 4, 1]);
  });
});
