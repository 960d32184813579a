import { describe, expect, it } from 'vitest';
import { select } from './select.ts';

/** Lehmer's generator with Park and Miller's multiplier. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('selecting a rank', () => {
  it('gives what sorting gives, with and without ties', () => {
    const random = createRandom(7);
    for (let round = 0; round < 300; round++) {
      const n = 1 + Math.floor(random() * 60);
      const kinds = round % 3 === 0 ? 3 : 1e9;
      const values = Float64Array.from({ length: n }, () => Math.floor(random() * kinds));
      const sorted = values.toSorted();
      for (let k = 0; k < n; k++) {
        const work = values.slice();
        expect(select(work, k)).toBe(sorted[k]);
        expect(work.slice(0, k).every((value) => value <= work[k]!)).toBe(true);
        expect(work.slice(k).every((value) => value >= work[k]!)).toBe(true);
      }
    }
  });

  it('leaves what lies outside the range alone', () => {
    const values = Float64Array.of(9, 3, 1, 2, -5);
    expect(select(values, 1, 1, 4)).toBe(2);
    expect(values[0]).toBe(9);
    expect(values[4]).toBe(-5);
  });

  it('ends soon on ascending, equal and organ-pipe values', () => {
    const n = 100_000;
    for (const shape of [(i: number) => i, () => 1, (i: number) => Math.min(i, n - i)]) {
      const values = Float64Array.from({ length: n }, (_, i) => shape(i));
      expect(select(values.slice(), n >> 1)).toBe(values.toSorted()[n >> 1]);
    }
  });
});
