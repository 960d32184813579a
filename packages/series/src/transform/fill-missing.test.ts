import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillMissing } from './fill-missing.ts';

const X = Number.NaN;
const fill = (values: number[], m?: number) => [
  ...fillMissing(Float64Array.from(values), m).values,
];

describe('fillMissing', () => {
  it('draws a line over a gap and repeats the ends', () => {
    expect(fill([X, 1, X, X, 4, X])).toEqual([1, 1, 2, 3, 4, 4]);
  });

  it('takes the same season where every season is present', () => {
    expect(fill([1, 10, X, 20, 3, 30, X, X], 2)).toEqual([1, 10, 2, 20, 3, 30, 3, 30]);
  });

  it('falls back to a line when a season was never seen', () => {
    expect(fill([1, X, 3, X, 5], 2)).toEqual([1, 2, 3, 4, 5]);
  });

  it('counts an infinite value as missing', () => {
    expect(fillMissing(Float64Array.of(1, Number.POSITIVE_INFINITY, 3))).toEqual({
      values: Float64Array.of(1, 2, 3),
      filled: 1,
    });
  });

  it('has nothing to fill with when all is missing or empty', () => {
    expect(fill([X, X])).toEqual([X, X]);
    expect(fill([])).toEqual([]);
  });

  it('keeps present values, stays within their range and leaves its input alone', () => {
    const value = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: X });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.integer({ min: 1, max: 9 }), (list, m) => {
        const y = Float64Array.from(list);
        const before = Float64Array.from(y);
        const { values } = fillMissing(y, m);
        expect(y).toEqual(before);
        const present = list.filter((v) => !Number.isNaN(v));
        fc.pre(present.length > 0);
        for (let t = 0; t < list.length; t++) {
          if (Number.isNaN(list[t]!)) {
            expect(values[t]).toBeGreaterThanOrEqual(Math.min(...present) - 1e-9);
            expect(values[t]).toBeLessThanOrEqual(Math.max(...present) + 1e-9);
          } else expect(values[t]).toBe(list[t]);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
