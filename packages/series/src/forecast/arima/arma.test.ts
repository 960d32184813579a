import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArmaPolynomials } from './arma.ts';
import { isAdmissible, nearestRoots } from './roots.ts';

const order = { p: 2, d: 0, q: 1, P: 1, D: 0, Q: 2, m: 12, constant: false };

describe('ArmaPolynomials', () => {
  it('multiplies the factors out over the season', () => {
    const arma = new ArmaPolynomials({ ...order, p: 1, Q: 1 });
    arma.set([0.5, 0.3, 0.2, -0.4]);
    // (1 − 0.5 B)(1 − 0.2 B¹²) and (1 + 0.3 B)(1 − 0.4 B¹²)
    expect([1, 12, 13].map((lag) => arma.ar[lag])).toEqual([0.5, 0.2, -0.1]);
    expect([0, 1, 12].map((lag) => arma.ma[lag])).toEqual([1, 0.3, -0.4]);
    expect(arma.ma[13]).toBeCloseTo(-0.12, 12);
    expect([...arma.arLags]).toEqual([1, 12, 13]);
  });

  it('is stationary and invertible for any unbounded numbers, and finds its way back', () => {
    const arma = new ArmaPolynomials(order);
    const number = fc.double({ min: -2.5, max: 2.5, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 6, maxLength: 6 }), (numbers) => {
        const x = Float64Array.from(numbers);
        arma.setUnbounded(x);
        expect(Math.min(...Object.values(nearestRoots(arma.coefficients, order)))).toBeGreaterThan(
          1,
        );
        arma.toUnbounded(arma.coefficients).forEach((value, i) => {
          expect(Math.abs(value - x[i]!)).toBeLessThan(1e-6);
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('moves coefficients from outside the region inside', () => {
    const arma = new ArmaPolynomials({ ...order, p: 1, q: 1, P: 0, Q: 0 });
    arma.setUnbounded(arma.toUnbounded([1.5, -3]));
    const { ar, ma } = nearestRoots(arma.coefficients, arma.order);
    expect(Math.min(ar, ma)).toBeGreaterThan(1);
  });
});

describe('isAdmissible', () => {
  it('refuses roots at the unit circle, but for a season that never changes', () => {
    const one = { ...order, p: 1, q: 1, P: 1, Q: 1 };
    expect(nearestRoots(Float64Array.of(0.5, -0.8, 0.4, -0.9999), one)).toMatchObject({
      ar: 2,
      ma: 1.25,
    });
    expect(isAdmissible(Float64Array.of(0.5, -0.8, 0.4, -0.9999), one)).toBe(true);
    expect(isAdmissible(Float64Array.of(0.995, -0.8, 0.4, -0.5), one)).toBe(false);
    expect(isAdmissible(Float64Array.of(0.5, -0.995, 0.4, -0.5), one)).toBe(false);
    expect(isAdmissible(Float64Array.of(0.5, -0.8, 0.995, -0.5), one)).toBe(false);
  });
});
