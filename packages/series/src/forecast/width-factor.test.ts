import { describe, expect, it } from 'vitest';
import { studentHalfWidth } from '../math/student.ts';
import { PastErrors } from './past-errors.ts';
import { widthFactor } from './width-factor.ts';

const question = { level: 0.95, deviation: 1, step: 0, share: 0 };
const errorsOf = (count: number, size: number) =>
  PastErrors.of([
    Float64Array.from({ length: count }, (_, i) => (2 * size * (i + 0.5)) / count),
  ]).near(0);

describe('the width of an interval', () => {
  it('is 1.4 times the model’s own, with the tails of six errors, before any error is known', () => {
    const factor = widthFactor(errorsOf(0, 1), question);
    expect(factor).toBeCloseTo(1.4 * studentHalfWidth(0.95, 6), 12);
  });

  it('comes nearer to what errors say the more of them there are', () => {
    // Errors spread evenly up to 0.2 deviations: 95 % are below 0.19.
    const factors = [0, 3, 10, 60, 500, 1e5].map((k) => widthFactor(errorsOf(k, 0.1), question));
    expect(factors).toEqual([...factors].sort((a, b) => b - a));
    expect(factors.at(-1)).toBeCloseTo(0.19, 2);
  });

  it('grows with the share of the history that is forecast, less so when there are errors', () => {
    const growth = (k: number) =>
      widthFactor(errorsOf(k, 1), { ...question, share: 0.25 }) /
      widthFactor(errorsOf(k, 1), question);
    expect(growth(0)).toBeCloseTo(Math.sqrt(1 + 8 * 0.25), 12);
    expect(growth(10)).toBeGreaterThan(1);
    expect(growth(10)).toBeLessThan(growth(0));
    expect(growth(1000)).toBeLessThan(1.01);
  });

  it('is wider at a higher level', () => {
    const factors = [0.5, 0.8, 0.95, 0.99].map((level) =>
      widthFactor(errorsOf(25, 1), { ...question, level }),
    );
    expect(factors).toEqual([...factors].sort((a, b) => a - b));
  });

  it('does not depend on the unit', () => {
    const factor = widthFactor(errorsOf(25, 1e6), { ...question, deviation: 1e6 });
    expect(factor).toBeCloseTo(widthFactor(errorsOf(25, 1), question), 9);
  });

  it('is not zero because a few forecasts were perfect', () => {
    expect(widthFactor(errorsOf(5, 0), question)).toBeGreaterThan(1);
  });
});
