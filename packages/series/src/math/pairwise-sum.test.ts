import { describe, expect, it } from 'vitest';
import { pairwiseSum } from './pairwise-sum.ts';

describe('pairwiseSum', () => {
  it('adds any number of values, or a part of them', () => {
    for (const n of [0, 1, 7, 8, 9, 127, 128, 129, 1000, 4096]) {
      const values = Float64Array.from({ length: n }, (_, i) => i + 1);
      expect(pairwiseSum(values)).toBe((n * (n + 1)) / 2);
    }
    expect(pairwiseSum(Float64Array.of(1, 2, 4, 8, 16), 1, 4)).toBe(14);
  });

  it('keeps digits that a running sum loses', () => {
    const values = new Float64Array(1_000_000).fill(0.1);
    const running = values.reduce((a, b) => a + b, 0);
    expect(Math.abs(running - 100_000)).toBeGreaterThan(1e-7);
    expect(Math.abs(pairwiseSum(values) - 100_000)).toBeLessThan(1e-10);
  });
});
