import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { medianDistance, medianOfSorted, quantileOfSorted } from './quantile.ts';

describe('quantileOfSorted', () => {
  it('is linear between neighbours and exact at both ends', () => {
    const sorted = Float64Array.of(1, 2, 4, 8);
    expect(quantileOfSorted(sorted, 0)).toBe(1);
    expect(quantileOfSorted(sorted, 1)).toBe(8);
    expect(quantileOfSorted(sorted, 0.5)).toBe(3);
    expect(quantileOfSorted(sorted, 0.75)).toBe(5);
    expect(quantileOfSorted(Float64Array.of(7), 0.3)).toBe(7);
  });

  it('is NaN for no values', () => {
    expect(quantileOfSorted(new Float64Array(0), 0.5)).toBeNaN();
    expect(medianOfSorted(new Float64Array(0))).toBeNaN();
  });
});

describe('medianDistance', () => {
  it('gives the median of the distances sorted anew', () => {
    const random = createRandom(6);
    for (let n = 1; n < 40; n++) {
      const sorted = Float64Array.from({ length: n }, () => Math.floor(random() * 12)).sort();
      for (const centre of [-1, 0, 3.5, medianOfSorted(sorted), 20]) {
        const slow = medianOfSorted(sorted.map((value) => Math.abs(value - centre)).sort());
        expect(medianDistance(sorted, centre)).toBe(slow);
      }
    }
    expect(medianDistance(new Float64Array(0), 0)).toBeNaN();
  });
});
