import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { stl } from './stl.ts';

interface Passengers {
  values: number[];
  stlPeriodicOfLog: { seasonal12: number[]; trend: number[] };
}
const path = new URL('../../fixtures/airpassengers.json', import.meta.url);
const golden: Passengers = JSON.parse(readFileSync(path, 'utf8'));
const passengers = Float64Array.from(golden.values, Math.log);

describe('stl', () => {
  it('equals stl() of R on the airline passengers', () => {
    const { trend, seasonal } = stl(passengers, { m: 12 });
    golden.stlPeriodicOfLog.seasonal12.forEach((value, t) => {
      expect(seasonal[t]).toBeCloseTo(value, 7);
    });
    golden.stlPeriodicOfLog.trend.forEach((value, t) => {
      expect(trend[t]).toBeCloseTo(value, 7);
    });
  });

  it('gives parts that add up to the series', () => {
    const values = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 15, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.boolean(), (list, robust) => {
        const y = Float64Array.from(list);
        const { trend, seasonal, remainder } = stl(y, { m: 7, seasonWindow: 7, robust });
        y.forEach((value, t) => {
          expect(trend[t]! + seasonal[t]! + remainder[t]!).toBeCloseTo(value, 8);
        });
      }),
      { seed: 8, numRuns: 60 },
    );
  });

  it('with the defaults of statsmodels takes exactly two seasons and more', () => {
    const y = passengers.subarray(0, 24);
    const { trend, seasonal, remainder, weights } = stl(y, { m: 12, defaults: 'statsmodels' });
    y.forEach((value, t) => {
      expect(trend[t]! + seasonal[t]! + remainder[t]!).toBeCloseTo(value, 12);
    });
    expect(weights.every((weight) => weight === 1)).toBe(true);
    expect(() => stl(y.subarray(1), { m: 12, defaults: 'statsmodels' })).toThrow(
      'y: must hold at least 2 seasons (24 values), got 23',
    );
  });

  it('loses no digits to the level', () => {
    for (const robust of [false, true]) {
      const low = stl(passengers, { m: 12, defaults: 'statsmodels', robust });
      const high = stl(
        passengers.map((value) => value + 2 ** 30),
        { m: 12, defaults: 'statsmodels', robust },
      );
      high.seasonal.forEach((value, t) => {
        expect(Math.abs(value - low.seasonal[t]!)).toBeLessThan(1e-6);
      });
    }
  });

  it('follows shifts and scales', () => {
    const a = stl(passengers, { m: 12, seasonWindow: 13 });
    const b = stl(
      passengers.map((value) => 5 * value - 40),
      { m: 12, seasonWindow: 13 },
    );
    for (let t = 0; t < 144; t++) {
      expect(b.trend[t]).toBeCloseTo(5 * a.trend[t]! - 40, 8);
      expect(b.seasonal[t]).toBeCloseTo(5 * a.seasonal[t]!, 8);
    }
  });

  it('gives an outlier no weight when asked to be robust', () => {
    const y = passengers.map((value, t) => value + (t === 70 ? 3 : 0));
    const plain = stl(y, { m: 12 });
    const robust = stl(y, { m: 12, robust: true });
    const clean = stl(passengers, { m: 12, robust: true });
    expect(robust.weights[70]).toBe(0);
    expect(plain.weights[70]).toBe(1);
    expect(robust.remainder[70]).toBeGreaterThan(2.9);
    expect(Math.abs(robust.trend[70]! - clean.trend[70]!)).toBeLessThan(0.01);
    expect(Math.abs(plain.trend[70]! - clean.trend[70]!)).toBeGreaterThan(0.05);
  });

  it('takes a constant apart into itself and nothing', () => {
    const { trend, seasonal } = stl(new Float64Array(20).fill(4), { m: 4, robust: true });
    trend.forEach((value) => {
      expect(value).toBeCloseTo(4, 12);
    });
    seasonal.forEach((value) => {
      expect(value).toBeCloseTo(0, 12);
    });
  });

  it.each([
    [new Float64Array(24), { m: 12 }, 'y: must hold more than 2 seasons (24 values), got 24'],
    [new Float64Array(24), { m: 1 }, 'm: must be a whole number >= 2, got 1'],
    [new Float64Array(24).fill(Number.NaN), { m: 4 }, 'y: must hold no missing values'],
    [new Float64Array(24), { m: 4, seasonWindow: 8 }, 'seasonWindow: must be odd, got 8'],
    [new Float64Array(24), { m: 4, seasonWindow: 5 }, 'seasonWindow: must be a whole number >= 7'],
  ])('refuses what it cannot take apart', (y, options, message) => {
    expect(() => stl(y, options)).toThrow(InvalidInput);
    expect(() => stl(y, options)).toThrow(message);
  });
});
