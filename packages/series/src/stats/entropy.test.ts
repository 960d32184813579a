import { describe, expect, it } from 'vitest';
import { entropyOfShares } from './entropy.ts';

describe('entropyOfShares', () => {
  it('is ln 2 for two equal parts, whatever their size, and 0 for one', () => {
    expect(entropyOfShares(Int32Array.of(3, 0, 3))).toBeCloseTo(Math.LN2, 15);
    expect(entropyOfShares([1e-300, 1e-300])).toBeCloseTo(Math.LN2, 15);
    expect(entropyOfShares(Int32Array.of(0, 5))).toBe(0);
  });

  it('is not defined where there is nothing to share, or too much', () => {
    expect(entropyOfShares(Int32Array.of(0, 0))).toBeNaN();
    expect(entropyOfShares([])).toBeNaN();
    expect(entropyOfShares([1, Number.POSITIVE_INFINITY])).toBeNaN();
  });
});
