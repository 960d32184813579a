import { describe, expect, it } from 'vitest';
import { slopeAndLevel } from './line.ts';

describe('slopeAndLevel', () => {
  it('gives the line that points lie on', () => {
    const { slope, level } = slopeAndLevel([1, 2, 4, 8], [5, 7, 11, 19]);
    expect(slope).toBeCloseTo(2, 12);
    expect(level).toBeCloseTo(3, 12);
  });

  it('is undefined without two different places or with a value that is not finite', () => {
    for (const [x, y] of [
      [[], []],
      [[1], [2]],
      [
        [3, 3],
        [1, 2],
      ],
      [
        [1, 2],
        [0, Number.NEGATIVE_INFINITY],
      ],
    ] as const) {
      expect(slopeAndLevel(x, y).slope).toBeNaN();
      expect(slopeAndLevel(x, y).level).toBeNaN();
    }
  });
});
