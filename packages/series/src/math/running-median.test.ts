import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianInPlace, runningMedian } from './running-median.ts';

describe('the running median', () => {
  it('keeps to what there is at both ends', () => {
    expect([...runningMedian(Float64Array.of(1, 9, 2, 8, 3), -1, 1)]).toEqual([5, 2, 8, 3, 5.5]);
  });

  it('can look back only', () => {
    const result = runningMedian(Float64Array.of(1, 9, 2, 8, 3), -3, -1);
    expect([...result]).toEqual([Number.NaN, 1, 5, 2, 8]);
  });

  it('does not follow one outlier', () => {
    expect(Math.max(...runningMedian(Float64Array.of(1, 2, 1e9, 2, 1), -1, 1))).toBe(2);
  });

  it('equals the median of each window taken anew', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 40 }),
        fc.integer({ min: -6, max: 3 }),
        fc.integer({ min: 0, max: 8 }),
        (list, from, width) => {
          const y = Float64Array.from(list);
          const to = from + width;
          const slow = y.map((_, t) =>
            medianInPlace(y.slice(Math.max(0, t + from), Math.max(0, t + to + 1))),
          );
          expect(runningMedian(y, from, to)).toEqual(slow);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
