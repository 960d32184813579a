import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thetaByDefinition } from '../../reference/theta-by-definition.ts';
import { fitTheta } from './fit-theta.ts';
import { estimateTheta, runTheta, type ThetaVariant } from './theta-line.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const golden: { values: number[]; thetaf24: number[] } = JSON.parse(readFileSync(path, 'utf8'));
const passengers = Float64Array.from(golden.values);
const VARIANTS: ThetaVariant[] = [
  'standard',
  'optimised',
  'dynamic-standard',
  'dynamic-optimised',
  'ses-drift',
];

describe('the standard theta method', () => {
  it('agrees with thetaf() of R on the airline passengers', () => {
    const { mean } = fitTheta(passengers, { m: 12, variant: 'standard' }).forecast(24);
    mean.forEach((value, i) => {
      expect(Math.abs(value / golden.thetaf24[i]! - 1)).toBeLessThan(0.005);
    });
  });

  it('is the average of a line and of smoothing around twice the distance from it', () => {
    const values = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 6, maxLength: 25 });
    fc.assert(
      fc.property(values, (list) => {
        fc.pre(new Set(list).size > 1);
        const y = Float64Array.from(list);
        const { parameters } = fitTheta(y, { m: 1, variant: 'standard' });
        const expected = thetaByDefinition(list, parameters.alpha!, 5);
        const actual = fitTheta(y, { m: 1, variant: 'standard' }).forecast(5).mean;
        // The level before the first value differs by at most the search's precision.
        actual.forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i]!, 3);
        });
      }),
      { seed: 21, numRuns: 100 },
    );
  });
});

describe('theta estimates', () => {
  it('have no better alpha on a fine grid', () => {
    const y = passengers.subarray(0, 60).map((v, t) => v + 10 * Math.sin(t));
    const error = (alpha: number, variant: ThetaVariant) => {
      const estimate = estimateTheta(y, variant, alpha, alpha + 1e-9);
      return runTheta(y, estimate).fitted.reduce((sum, f, t) => sum + (y[t]! - f) ** 2, 0);
    };
    for (const variant of ['standard', 'optimised'] as const) {
      const found = error(estimateTheta(y, variant).alpha, variant);
      for (let alpha = 0.01; alpha < 1; alpha += 0.01) {
        expect(error(alpha, variant)).toBeGreaterThanOrEqual(found * (1 - 1e-6));
      }
    }
  });

  it('carry an exact line on', () => {
    const y = Float64Array.from({ length: 30 }, (_, t) => 5 + 3 * t);
    for (const variant of ['optimised', 'dynamic-optimised'] as const) {
      const { mean } = fitTheta(y, { m: 1, variant }).forecast(3);
      mean.forEach((value, i) => {
        expect(Math.abs(value - (5 + 3 * (30 + i)))).toBeLessThan(0.05);
      });
    }
  });
});

describe.each([...VARIANTS, 'combined'] as const)('theta, %s', (variant) => {
  it('follows shifts and scales of a series without a season', () => {
    const y = Float64Array.of(12, 15, 11, 18, 20, 17, 22, 25, 21, 28, 26, 30);
    const a = fitTheta(y, { m: 1, variant }).forecast(4, [0.8]);
    const b = fitTheta(
      y.map((v) => 10 * v - 300),
      { m: 1, variant },
    ).forecast(4, [0.8]);
    b.mean.forEach((value, i) => {
      expect(value).toBeCloseTo(10 * a.mean[i]! - 300, 3);
      expect(b.intervals[0]!.lower[i]).toBeCloseTo(10 * a.intervals[0]!.lower[i]! - 300, 2);
    });
  });

  it('keeps its parameters when applied to newer values', () => {
    const model = fitTheta(passengers.subarray(0, 130), { m: 12, variant });
    const later = model.applyTo(passengers);
    expect(later.name).toBe(model.name);
    expect(later.forecast(12).mean.every((v) => v > 300 && v < 700)).toBe(true);
    expect(later.fitted).toHaveLength(144);
  });

  it.each([
    ['one value', [5]],
    ['two values', [5, 9]],
    ['three values', [5, 9, 4]],
    ['a constant', new Array(20).fill(3)],
    ['huge values', [1e150, -1e150, 1e150, 5e149, 1e150]],
    ['zeros and gaps', [0, 0, Number.NaN, 1, 0, 0, Number.NaN, 2, 0, 0]],
    ['a hidden offset', [1e12, 1e12 + 1, 1e12, 1e12 + 2, 1e12 + 1]],
  ])('gives finite forecasts for %s', (_, list) => {
    const { mean, intervals } = fitTheta(Float64Array.from(list), { m: 4, variant }).forecast(
      6,
      [0.9],
    );
    expect(mean.every(Number.isFinite)).toBe(true);
    expect(intervals[0]!.lower.every((value, i) => value <= mean[i]!)).toBe(true);
  });
});
