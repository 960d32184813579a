import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneStepAhead } from './forecast-task.ts';

const options = { level: 0.9, nonNegative: true };
const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: 0, max: 1e6, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

describe('the forecast one step ahead', () => {
  it('knows nothing of the point it is for, nor of what comes after', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 12, maxLength: 24 }),
        fc.array(value, { minLength: 4, maxLength: 4 }),
        (past, future) => {
          const known = [...past, ...future];
          const other = [...past, ...future.map((y) => (Number.isNaN(y) ? 1 : y * 3 + 7))];
          const newest = (y: number[], count: number) =>
            oneStepAhead({ y: Float64Array.from(y), count, bucket: 'day', options });
          const all = newest(known, 4);
          // The first is made from the past alone; the next ones learn from what came in between.
          expect(newest(other.slice(0, past.length + 1), 1)).toEqual([all[0]]);
          for (let i = 1; i < 4; i++) {
            expect(newest(known.slice(0, past.length + i + 1), 1)).toEqual([all[i]]);
          }
        },
      ),
      { numRuns: 8, seed: 1 },
    );
  });

  it('gives one interval per point, without NaN and around its mean', () => {
    const y = Float64Array.from({ length: 60 }, (_, i) => 100 + 10 * (i % 7) + ((i * 37) % 11));
    const steps = oneStepAhead({ y, count: 5, bucket: 'day', options });
    expect(steps).toHaveLength(5);
    for (const step of steps) {
      expect(step!.lower).toBeLessThanOrEqual(step!.mean);
      expect(step!.upper).toBeGreaterThanOrEqual(step!.mean);
    }
  });

  it('is null where there is nothing to forecast from', () => {
    const y = Float64Array.of(Number.NaN, 5, 6);
    const steps = oneStepAhead({ y, count: 10, bucket: 'day', options });
    expect(steps.map((step) => step === null)).toEqual([true, true, false]);
    expect(oneStepAhead({ y: new Float64Array(0), count: 3, bucket: 'day', options })).toEqual([]);
  });
});
