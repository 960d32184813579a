import { describe, expect, it } from 'vitest';
import { normalHalfWidth } from './normal.ts';
import { studentHalfWidth } from './student.ts';

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
