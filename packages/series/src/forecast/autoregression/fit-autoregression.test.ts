import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { fitAutoregression } from './fit-autoregression.ts';
import { seasonalLags } from './lags.ts';

/** y_t = 5 + 0.6 y_(t−1) + 0.3 y_(t−4) + noise. */
function process(n: number, noise: number): Float64Array {
  const random = createRandom(11);
  const y = new Float64Array(n + 100).fill(50);
  for (let t = 4; t < y.length; t++) {
    y[t] = 5 + 0.6 * y[t - 1]! + 0.3 * y[t - 4]! + noise * (random() + random() - 1);
  }
  return y.slice(100);
}

const codes = (model: { warnings: readonly { code: string }[] }) =>
  model.warnings.map(({ code }) => code);

describe('a seasonal autoregression', () => {
  const plain = { seasons: [], lags: [1, 4], logarithm: false };

  it('finds the coefficients of its own process', () => {
    const { parameters } = fitAutoregression(process(3000, 4), plain);
    expect(parameters.lag1).toBeCloseTo(0.6, 1);
    expect(parameters.lag4).toBeCloseTo(0.3, 1);
    // The deviation of the sum of two uniform numbers is 1/√6.
    expect(parameters.sigma! / (4 / Math.sqrt(6))).toBeCloseTo(1, 1);
  });

  it('forecasts step by step, with errors that grow as the process says', () => {
    const y = process(3000, 4);
    const { mean, intervals } = fitAutoregression(y, plain).forecast(200, [0.95]);
    expect(mean[199]!).toBeCloseTo(y.reduce((sum, v) => sum + v, 0) / 3000, 0);
    const width = intervals[0]!.upper.map((end, i) => end - intervals[0]!.lower[i]!);
    expect(width[1]! / width[0]!).toBeCloseTo(Math.sqrt(1 + 0.6 ** 2), 1);
    expect(width[199]!).toBeGreaterThan(width[3]!);
  });

  it('repeats two seasons that fit into each other', () => {
    const value = (t: number) => 20 + [0, 3, 7, 2][t % 4]! + (t % 12 < 4 ? 5 : 0);
    const y = Float64Array.from({ length: 240 }, (_, t) => value(t));
    for (const differenced of [false, true]) {
      const { mean } = fitAutoregression(y, { seasons: [4, 12], differenced }).forecast(24);
      mean.forEach((forecast, i) => {
        expect(Math.abs(forecast - value(240 + i))).toBeLessThan(0.3);
      });
    }
  });

  it('carries a trend on when it learns from changes', () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => 100 + 3 * t + (t % 2));
    const { mean } = fitAutoregression(y, { seasons: [2], differenced: true }).forecast(10);
    expect(mean[9]! - y[59]!).toBeCloseTo(30, 0);
  });

  it('learns from logarithms only where all values are positive', () => {
    const y = process(200, 4);
    expect(fitAutoregression(y, { seasons: [4] }).name).toBe('Autoregression (14 lags)');
    y[7] = 0;
    const options = { seasons: [4], logarithm: true };
    expect(() => fitAutoregression(y, options)).toThrow('logarithm: needs values');
    expect(fitAutoregression(y, { seasons: [4] }).parameters.lag1).toBeDefined();
  });

  it('says the same after applyTo as after a fit with the same coefficients', () => {
    const y = process(300, 4);
    const model = fitAutoregression(y.subarray(0, 200), plain);
    const later = model.applyTo(y);
    expect(later.parameters.lag1).toBe(model.parameters.lag1);
    expect(later.fitted[250]! + later.residuals[250]!).toBeCloseTo(y[250]!, 9);
    const { lag1, lag4 } = model.parameters;
    const step = later.fitted[250]! - later.fitted[249]!;
    expect(step).toBeCloseTo(lag1! * (y[249]! - y[248]!) + lag4! * (y[246]! - y[245]!), 8);
    expect(later.fitted.subarray(0, 200)).toEqual(model.fitted);
  });

  it('goes on from an explosion at a steady pace at most', () => {
    const y = Float64Array.from({ length: 50 }, (_, t) => 1.3 ** t);
    const { mean } = fitAutoregression(y, { seasons: [], logarithm: false }).forecast(500);
    // Gone on as it began it would be 1.3^500 times larger.
    expect(mean.every((value) => Math.abs(value) < 1e4 * y[49]!)).toBe(true);
  });

  it.each([
    ['one value', [5], 'single-value'],
    ['a constant', new Array(40).fill(3), 'constant'],
    ['too few values', [1, 2, 3, 4, 5], 'too-short-for-model'],
  ])('repeats %s and says so', (_, list, code) => {
    const model = fitAutoregression(Float64Array.from(list), { seasons: [7] });
    expect(codes(model)).toContain(code);
    expect([...model.forecast(2).mean]).toEqual([list.at(-1), list.at(-1)]);
    expect(codes(model.applyTo(Float64Array.from(list)))).toContain(code);
  });

  it('fills gaps and leaves out their residuals', () => {
    const y = process(100, 4);
    y[50] = Number.NaN;
    const model = fitAutoregression(y, { seasons: [4] });
    expect(model.residuals[50]).toBeNaN();
    expect(codes(model)).toContain('missing-filled');
    expect(model.forecast(8).mean.every(Number.isFinite)).toBe(true);
  });

  it('refuses seasons and lags that are none', () => {
    expect(() => fitAutoregression(process(50, 1), { seasons: [1] })).toThrow(InvalidInput);
    expect(() => fitAutoregression(process(50, 1), { seasons: [], lags: [0] })).toThrow('lags[0]');
  });
});

describe('the lags of an autoregression', () => {
  it('are the last three and those around multiples of the seasons', () => {
    expect(seasonalLags(400, [12])).toEqual([
      1, 2, 3, 11, 12, 13, 23, 24, 25, 35, 36, 37, 47, 48, 49,
    ]);
  });

  it('are no longer than a third of the series, and no more than it can bear', () => {
    expect(Math.max(...seasonalLags(700, [24, 168]))).toBe(169);
    expect(seasonalLags(20, [4])).toEqual([1, 2, 3, 4]);
    expect(seasonalLags(6, [])).toEqual([]);
  });
});
