import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { MISSING, scaleOf, splitValues } from './split-values.ts';

function parts(values: readonly number[], scale: number): Float32Array {
  const out = new Float32Array(2 * values.length);
  splitValues(Float64Array.from(values), scale, out);
  return out;
}

describe('values in two 32-bit floats', () => {
  it('keep 48 bits, and differences the digits of the difference', () => {
    const random = createRandom(3);
    for (let i = 0; i < 1000; i++) {
      const [a, b] = [1e6 + random(), 1e6 + random()];
      const scale = scaleOf(Float64Array.of(a, b))!;
      const [high, low, highB, lowB] = parts([a, b], scale) as unknown as [
        number,
        number,
        number,
        number,
      ];
      expect(Math.abs((high + low) * scale - a)).toBeLessThan(2 ** -48 * scale);
      const apart = Math.fround(Math.fround(high - highB) + Math.fround(low - lowB)) * scale;
      // The level is a million times the difference: 24 bits of the values themselves would leave two digits.
      expect(Math.abs(apart - (a - b))).toBeLessThan(1e-7);
    }
  });

  it('are exact for whole numbers, and for equal values their difference is 0', () => {
    const [high, low] = parts([123_456_789_012], 2 ** 40) as unknown as [number, number];
    expect((high + low) * 2 ** 40).toBe(123_456_789_012);
  });

  it('mark what is missing with a number that no value has', () => {
    expect([...parts([Number.NaN, Number.POSITIVE_INFINITY, -1], 1)]).toEqual([
      MISSING,
      0,
      MISSING,
      0,
      -1,
      0,
    ]);
  });

  it('are scaled by the power of two that holds all finite values', () => {
    expect(scaleOf(Float64Array.of(-3, 2, Number.NaN, Number.NEGATIVE_INFINITY))).toBe(4);
    expect(scaleOf(Float64Array.of(0.25))).toBe(0.25);
    expect(scaleOf(Float64Array.of())).toBe(1);
    expect(scaleOf(Float64Array.of(0, Number.NaN))).toBe(1);
  });

  it('are not for sizes whose squares leave the range', () => {
    expect(scaleOf(Float64Array.of(1e300, 1))).toBeUndefined();
    expect(scaleOf(Float64Array.of(1e-300))).toBeUndefined();
  });
});
