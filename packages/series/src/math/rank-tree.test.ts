import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { createRankTree } from './rank-tree.ts';

describe('createRankTree', () => {
  it.each([1, 2, 3, 8, 13, 100])('finds the k-th of those present among %i', (n) => {
    const random = createRandom(n);
    const tree = createRankTree(n);
    const present = new Set<number>();
    for (let round = 0; round < 300; round++) {
      const rank = Math.floor(random() * n);
      if (present.delete(rank)) tree.remove(rank);
      else {
        present.add(rank);
        tree.add(rank);
      }
      const ascending = [...present].sort((a, b) => a - b);
      expect(tree.size).toBe(ascending.length);
      expect(ascending.map((_, k) => tree.select(k))).toEqual(ascending);
    }
  });

  it('is empty for no ranks', () => {
    expect(createRankTree(0).size).toBe(0);
  });
});
