import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { boxCox, guerreroLambda, inverseBoxCox } from './box-cox.ts';

const path = new URL('../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);

describe('boxCox', () => {
  it.each([-0.7, 0, 0.3, 1, 2])('is undone by its inverse for lambda %f', (lambda) => {
    inverseBoxCox(boxCox(passengers, lambda), lambda).forEach((value, t) => {
      expect(value / passengers[t]!).toBeCloseTo(1, 10);
    });
  });

  it('is the logarithm for 0 and shifts by one for 1', () => {
    expect(boxCox(Float64Array.of(Math.E, 1), 0)).toEqual(Float64Array.of(1, 0));
    expect(boxCox(Float64Array.of(5, -2), 1)).toEqual(Float64Array.of(4, -3));
  });

  it('takes negative values with a positive power, and keeps missing ones', () => {
    const z = boxCox(Float64Array.of(-4, 0, 9, Number.NaN), 0.5);
    expect(z.subarray(0, 3)).toEqual(Float64Array.of(-6, -2, 4));
    expect(z[3]).toBeNaN();
    expect(inverseBoxCox(z, 0.5).subarray(0, 3)).toEqual(Float64Array.of(-4, 0, 9));
  });

  it('moves the median to the mean of a lognormal value, to second order', () => {
    const [mean] = inverseBoxCox(Float64Array.of(2), 0, Float64Array.of(0.1));
    expect(mean).toBeCloseTo(Math.exp(2) * 1.05, 12);
    expect(Math.abs(mean! / Math.exp(2.05) - 1)).toBeLessThan(0.002);
  });

  it('stays finite beyond the range of the transformation', () => {
    const z = Float64Array.of(5, 1e6, -1e6);
    for (const lambda of [-1, 0, 0.1, 2]) {
      const y = inverseBoxCox(z, lambda, Float64Array.of(1, 1, 1));
      expect(y.every(Number.isFinite)).toBe(true);
    }
  });

  it('throws for values that the power does not allow', () => {
    expect(() => boxCox(Float64Array.of(1, 0), 0)).toThrow(InvalidInput);
    expect(() => boxCox(Float64Array.of(1, -1), -0.5)).toThrow('y: must be positive');
    expect(() => boxCox(Float64Array.of(1), Number.NaN)).toThrow('lambda');
  });
});

describe('guerreroLambda', () => {
  it('is that of R for the airline passengers', () => {
    // R forecast: BoxCox.lambda(AirPassengers).
    expect(guerreroLambda(passengers, 12)).toBeCloseTo(-0.2947156, 4);
  });

  it('does not depend on the unit', () => {
    const small = passengers.map((value) => value * 1e-140);
    expect(guerreroLambda(small, 12)).toBeCloseTo(guerreroLambda(passengers, 12), 3);
  });

  it('is 1 where nothing can be learnt', () => {
    expect(guerreroLambda(new Float64Array(0), 1)).toBe(1);
    expect(guerreroLambda(Float64Array.of(3), 12)).toBe(1);
    expect(guerreroLambda(new Float64Array(60).fill(7), 12)).toBe(1);
    expect(guerreroLambda(new Float64Array(60).fill(Number.NaN), 12)).toBe(1);
    expect(
      guerreroLambda(
        passengers.map((value) => -value),
        12,
      ),
    ).toBe(1);
  });

  it('is never negative where a value is 0', () => {
    const y = Float64Array.from(passengers);
    y[0] = 0;
    expect(guerreroLambda(y, 12)).toBeGreaterThanOrEqual(0);
  });

  it('passes over missing values', () => {
    const y = Float64Array.from(passengers);
    y[30] = Number.NaN;
    expect(Math.abs(guerreroLambda(y, 12) - guerreroLambda(passengers, 12))).toBeLessThan(0.1);
  });
});
