import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { patternCountsBySorting } from '../reference/ordinal-patterns-by-sorting.ts';
import { createOrdinalPatterns } from './ordinal-patterns.ts';

function occurring(counts: Int32Array): number[] {
  return [...counts].filter((count) => count > 0).sort((a, b) => a - b);
}

describe('ordinal patterns', () => {
  it('are 0 1 2 twice, 1 2 0 twice and 1 0 2 once in the example of Bandt and Pompe', () => {
    const patterns = createOrdinalPatterns(Float64Array.of(4, 7, 9, 10, 6, 11, 3));
    expect(occurring(patterns.counts(3, 1))).toEqual([1, 2, 2]);
  });

  it('are none for a series shorter than the window', () => {
    const patterns = createOrdinalPatterns(Float64Array.of(1, 2));
    expect(occurring(patterns.counts(3, 1))).toEqual([]);
    expect(occurring(patterns.counts(9, 1))).toEqual([]);
  });

  it('equal sorting each window, with and without ties, in any order of asking', () => {
    const random = createRandom(5);
    for (const levels of [2, 4, 1e9]) {
      const y = Float64Array.from({ length: 211 }, () => Math.floor(random() * levels));
      const patterns = createOrdinalPatterns(y);
      for (const dimension of [5, 2, 3, 10, 7, 4, 8]) {
        for (const step of [1, 2, 5]) {
          expect(occurring(patterns.counts(dimension, step))).toEqual(
            patternCountsBySorting(y, dimension, step),
          );
        }
      }
    }
  });
});
