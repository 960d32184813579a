import { describe, expect, it } from 'vitest';
import { normalHalfWidth } from './normal.ts';
import { studentHalfWidth, studentTwoSided } from './student.ts';

describe('the half width of Student’s t', () => {
  // Two-sided critical values as printed in every table (NIST Engineering Statistics Handbook 1.3.6.7.2).
  it.each([
    [3, [1.638, 3.182, 5.841], 0.025],
    [6, [1.44, 2.447, 3.707], 0.003],
    [10, [1.372, 2.228, 3.169], 0.002],
    [30, [1.31, 2.042, 2.75], 0.001],
  ])('agrees with the tables for %s degrees of freedom', (freedom, table, tolerance) => {
    [0.8, 0.95, 0.99].forEach((level, i) => {
      expect(Math.abs(studentHalfWidth(level, freedom) / table[i]! - 1)).toBeLessThan(tolerance);
    });
  });

  it('shrinks towards the normal one as the degrees of freedom grow', () => {
    const widths = [3, 4.5, 8, 20, 100, 1e6].map((freedom) => studentHalfWidth(0.9, freedom));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(widths.at(-1)).toBeCloseTo(normalHalfWidth(0.9), 5);
  });

  it.each([2, Number.NaN])('refuses %s degrees of freedom', (freedom) => {
    expect(() => studentHalfWidth(0.9, freedom)).toThrow('freedom: must be at least 3');
  });

  it('refuses a level of 95', () => {
    expect(() => studentHalfWidth(95, 5)).toThrow('level: must be a fraction');
  });
});

describe('the two-sided probability of Student’s t', () => {
  // 60 digits of the regularised incomplete beta function in mpmath 1.3, rounded.
  it.each([
    [1, 1, 0.5],
    [0.001, 5, 0.9992407867721976],
    [2.5, 3, 0.08770664700806555],
    [30, 98, 3.4663523234648353e-51],
    [28.7, 142, 5.598132549886638e-61],
    [5, 4998, 5.929026921831619e-7],
    [40, 4998, 8.716918498480757e-304],
    [0.3, 100_000, 0.7641777791903377],
    [12, 50, 2.4623806253325447e-16],
    [1e6, 2, 9.999999999985e-13],
    [7, 2.5, 0.01057236952759141],
    [0.01, 300, 0.9920279339588818],
    [1.2, 61, 0.2347792150190013],
  ])('is right for t = %s with %s degrees of freedom', (t, freedom, expected) => {
    expect(Math.abs(studentTwoSided(t, freedom) / expected - 1)).toBeLessThan(1e-12);
    expect(studentTwoSided(-t, freedom)).toBe(studentTwoSided(t, freedom));
  });

  it('ends in 1 and 0, and passes what is no number on', () => {
    expect(studentTwoSided(0, 5)).toBe(1);
    expect(studentTwoSided(Number.POSITIVE_INFINITY, 5)).toBe(0);
    expect(studentTwoSided(1, 0)).toBeNaN();
    expect(studentTwoSided(Number.NaN, 5)).toBeNaN();
  });
});
