import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import type { CesSeasonality } from './ces-filter.ts';
import { estimateCes } from './estimate-ces.ts';
import { fitCes } from './fit-ces.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(
  (JSON.parse(readFileSync(path, 'utf8')) as { values: number[] }).values,
);
const KINDS: CesSeasonality[] = ['none', 'simple', 'partial', 'full'];

/** Noise around 100 with the given season and slope. */
function noisy(n: number, season: (t: number) => number, slope = 0, seed = 2): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, (_, t) => 100 + slope * t + season(t) + 4 * random());
}

describe('complex exponential smoothing', () => {
  it('is the complex recursion of its paper', () => {
    // level + i·potential = (a₀ + i·a₁)(y + i·error) + (1 − a₀ + i·(1 − a₁))(level + i·potential), eq. 3, where the error is the
    // level’s before.
    const y = Array.from(passengers.subarray(0, 40), (value) => value / 200);
    const { parameters, start } = estimateCes(Float64Array.from(y), 'none', 1)!;
    const [a0, a1] = [parameters[0]!, parameters[1]!];
    let real = start.level;
    let imaginary = start.potential;
    let squares = 0;
    for (const value of y) {
      const error = value - real;
      squares += error ** 2;
      const nextReal = a0 * value - a1 * error + (1 - a0) * real - (1 - a1) * imaginary;
      const nextImaginary = a1 * value + a0 * error + (1 - a1) * real + (1 - a0) * imaginary;
      [real, imaginary] = [nextReal, nextImaginary];
    }
    const { sumOfSquares } = estimateCes(Float64Array.from(y), 'none', 1)!;
    expect(squares).toBeCloseTo(sumOfSquares, 10);
  });

  it('sees a season where there is one', () => {
    const season = (t: number) => 20 * Math.sin((2 * Math.PI * t) / 12);
    const seasonal = fitCes(noisy(96, season), { m: 12 });
    expect(seasonal.name).toMatch(/^CES\([SPF]\)$/);
    seasonal.forecast(12).mean.forEach((value, i) => {
      expect(Math.abs(value - 102 - season(96 + i))).toBeLessThan(6);
    });
    expect(
      fitCes(
        noisy(96, () => 0),
        { m: 12 },
      ).name,
    ).toBe('CES(N)');
  });

  it('carries a trend on', () => {
    const { mean } = fitCes(
      noisy(80, () => 0, 2),
      { m: 1 },
    ).forecast(6);
    mean.forEach((value, i) => {
      expect(Math.abs(value - (102 + 2 * (80 + i)))).toBeLessThan(12);
    });
  });

  it('does not care about the unit of the series', () => {
    for (const seasonality of KINDS) {
      const one = fitCes(passengers, { m: 12, seasonality });
      const many = fitCes(
        passengers.map((value) => 1e6 * value),
        { m: 12, seasonality },
      );
      const wanted = one.forecast(12, [0.8]);
      const actual = many.forecast(12, [0.8]);
      wanted.mean.forEach((value, i) => {
        expect(actual.mean[i]! / 1e6 / value).toBeCloseTo(1, 6);
        expect(actual.intervals[0]!.upper[i]! / 1e6 / wanted.intervals[0]!.upper[i]!).toBeCloseTo(
          1,
          6,
        );
      });
      expect(many.aicc! - one.aicc!).toBeCloseTo(2 * 144 * Math.log(1e6), 3);
    }
  });

  it('has deviations that simulated futures agree with', () => {
    const model = fitCes(
      noisy(60, () => 0),
      { m: 1 },
    );
    const { alpha0: a0, alpha1: a1, sigma } = model.parameters as Record<string, number>;
    const random = createRandom(8);
    const finals: number[] = [];
    for (let run = 0; run < 4000; run++) {
      let [level, potential, value] = [0, 0, 0];
      for (let step = 0; step < 8; step++) {
        const u = Math.sqrt(-2 * Math.log(1 - random()));
        const error = sigma! * u * Math.cos(2 * Math.PI * random());
        value = level + error;
        const before = level;
        level = before - (1 - a1!) * potential + (a0! - a1!) * error;
        potential = before + (1 - a0!) * potential + (a0! + a1!) * error;
      }
      finals.push(value);
    }
    const simulated = Math.sqrt(finals.reduce((sum, value) => sum + value ** 2, 0) / finals.length);
    const { lower, upper } = model.forecast(8, [0.6826894921]).intervals[0]!;
    expect((upper[7]! - lower[7]!) / 2 / simulated).toBeCloseTo(1, 1);
  });

  it('holds an endless growth within what a number can carry', () => {
    const y = Float64Array.from({ length: 30 }, (_, t) => 1.2 ** t);
    const { mean, intervals } = fitCes(y, { m: 1 }).forecast(20000, [0.9]);
    expect(mean.every(Number.isFinite)).toBe(true);
    expect(intervals[0]!.upper.every((value) => !Number.isNaN(value))).toBe(true);
  });

  it.each([
    ['one value', [5], 'single-value'],
    ['three values', [5, 9, 4], 'too-short-for-season'],
    ['a constant', new Array(30).fill(3), 'constant'],
    ['huge values', [1e150, -1e150, 1e150, 5e149, 1e150, -1e150, 1, 2, 3], undefined],
    ['gaps', [1, Number.NaN, 3, 4, Number.NaN, 6, 5, 8, 9, 7, Number.NaN], 'missing-filled'],
    ['zeros', [0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0], undefined],
  ])('gives finite forecasts for %s', (_, list, code) => {
    for (const seasonality of [undefined, ...KINDS]) {
      const model = fitCes(Float64Array.from(list), { m: 4, ...(seasonality && { seasonality }) });
      expect(model.forecast(9, [0.9]).mean.every(Number.isFinite)).toBe(true);
      const codes: string[] = model.warnings.map((one) => one.code);
      if (code !== undefined) expect(codes).toContain(code);
    }
  });
});
