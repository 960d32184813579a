import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { templateCountsByDefinition } from '../reference/template-counts-by-definition.ts';
import { templateCounts } from './template-counts.ts';

describe('counts of stretches that are alike', () => {
  it('are those of comparing every stretch with every other', () => {
    const random = createRandom(9);
    for (let round = 0; round < 60; round++) {
      const n = Math.floor(random() * 50);
      const ties = round % 3 === 0;
      const y = Float64Array.from({ length: n }, () =>
        ties ? Math.floor(random() * 4) : random(),
      );
      const tolerance = ties ? 1 : 0.3;
      const counts = templateCounts(y, 5, tolerance);
      for (let length = 2; length <= 5; length++) {
        expect([...counts.of(length)]).toEqual(
          templateCountsByDefinition([...y], length, tolerance),
        );
      }
    }
  });

  it('say whether a difference equals the tolerance', () => {
    expect(templateCounts(Float64Array.of(0, 5, 1, 5), 2, 1).touched).toBe(true);
    expect(templateCounts(Float64Array.of(0, 5, 1, 6), 2, 2).touched).toBe(false);
    expect(templateCounts(Float64Array.of(0, 0, 1, 2, 0.5, 9), 3, 2).touched).toBe(true);
  });

  it('are 0 for a tolerance below 0, also of equal values', () => {
    expect([...templateCounts(new Float64Array(5), 2, -1).of(2)]).toEqual([0, 0, 0, 0]);
  });
});
