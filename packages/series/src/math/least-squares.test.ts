import { describe, expect, it } from 'vitest';
import { leastSquares } from './least-squares.ts';

describe('leastSquares', () => {
  it('recovers the coefficients of an exact relation', () => {
    const one = new Float64Array(6).fill(1);
    const x = Float64Array.of(1, 2, 3, 4, 5, 6);
    const z = Float64Array.of(1, -1, 2, 0, 1, 3);
    const y = x.map((value, t) => 4 - 2 * value + 0.5 * z[t]!);
    const fit = leastSquares([one, x, z], y);
    expect(fit[0]).toBeCloseTo(4, 10);
    expect(fit[1]).toBeCloseTo(-2, 10);
    expect(fit[2]).toBeCloseTo(0.5, 10);
  });

  it('gives a dependent column nothing', () => {
    const x = Float64Array.of(1, 2, 3);
    const fit = leastSquares([x, x.map((value) => 2 * value)], Float64Array.of(2, 4, 6));
    expect(fit[0]).toBeCloseTo(2, 10);
    expect(fit[1]).toBe(0);
  });
});
