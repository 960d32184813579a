import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { autocorrelationAt } from '../reference/autocorrelation.ts';
import { autocorrelation } from './autocorrelation.ts';

const series = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
  minLength: 5,
  maxLength: 40,
});

describe('autocorrelation', () => {
  it('equals its definition, whatever the offset and scale', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -1000, max: 1000 }), (values, offset) => {
        const range = Math.max(...values) - Math.min(...values);
        fc.pre(range > 1e-3);
        const r = autocorrelation(
          Float64Array.from(values, (v) => 3 * v + offset),
          4,
        );
        for (let lag = 1; lag <= 4; lag++) {
          expect(r[lag - 1]).toBeCloseTo(autocorrelationAt(values, lag), 6);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is zero for a constant series and beyond its length', () => {
    expect([...autocorrelation(new Float64Array(5).fill(1e9), 2)]).toEqual([0, 0]);
    expect([...autocorrelation(Float64Array.of(1, 2), 3).subarray(1)]).toEqual([0, 0]);
    expect([...autocorrelation(new Float64Array(0), 1)]).toEqual([0]);
  });

  it('stays finite for huge values', () => {
    const r = autocorrelation(Float64Array.of(1e150, -1e150, 1e150, -1e150, 1e150), 2);
    expect(r.every(Number.isFinite)).toBe(true);
  });

  it('refuses lag 0', () => {
    expect(() => autocorrelation(Float64Array.of(1, 2), 0)).toThrow(InvalidInput);
  });
});
