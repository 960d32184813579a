import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { calibrateConformal, conformalForecast } from './conformal.ts';
import { fitNaive, fitSeasonalNaive } from './naive.ts';
import type { Fit } from './types.ts';

/** Uniform numbers in [0, 1), the same for the same seed. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

function randomWalk(n: number, seed: number): Float64Array {
  const next = uniform(seed);
  let level = 100;
  return Float64Array.from({ length: n }, () => {
    level += next() + next() - 1;
    return level;
  });
}

const naive: Fit = fitNaive;
const options = { model: naive, m: 1, levels: [0.8, 0.95] };

describe('conformal calibration', () => {
  it('gathers one error per origin and step, fewer at later steps', () => {
    const { scores } = calibrateConformal(randomWalk(50, 1), { ...options, h: 3, origins: 20 });
    expect(scores.map((step) => step.length)).toEqual([20, 19, 18]);
    for (const step of scores) expect([...step]).toEqual([...step].sort((a, b) => a - b));
  });

  it('fits as seldom as asked, and never on the future', () => {
    const lengths: number[] = [];
    const model: Fit = (y) => {
      lengths.push(y.length);
      return fitNaive(y);
    };
    calibrateConformal(randomWalk(50, 1), { ...options, model, h: 2, origins: 20, fits: 4 });
    expect(lengths).toEqual([30, 35, 40, 45]);
  });

  it('covers random walks as promised, in its own test and in the future', () => {
    const inside = new Map([
      [0.8, 0],
      [0.95, 0],
    ]);
    const measured: number[] = [];
    const walks = 400;
    for (let seed = 0; seed < walks; seed++) {
      const y = randomWalk(101, seed);
      const past = y.subarray(0, 100);
      const calibration = calibrateConformal(past, { ...options, h: 1 });
      const { forecast } = conformalForecast(fitNaive(past), calibration, [0.8, 0.95]);
      measured.push(calibration.coverage[0]!.coverage!);
      for (const { level, lower, upper } of forecast.intervals) {
        if (lower[0]! <= y[100]! && y[100]! <= upper[0]!) inside.set(level, inside.get(level)! + 1);
      }
    }
    // 400 walks: standard errors 0.02 and 0.011.
    expect(Math.abs(inside.get(0.8)! / walks - 0.8)).toBeLessThan(0.06);
    expect(Math.abs(inside.get(0.95)! / walks - 0.95)).toBeLessThan(0.035);
    const mean = measured.reduce((sum, value) => sum + value, 0) / walks;
    // With few errors known the rank is rounded up, so the test on the past is a little above the level, never below.
    expect(mean).toBeGreaterThan(0.79);
    expect(mean).toBeLessThan(0.84);
  });

  it('does not score missing values', () => {
    const y = randomWalk(40, 3);
    y[35] = Number.NaN;
    const { scores } = calibrateConformal(y, { ...options, h: 1, origins: 10 });
    expect(scores[0]).toHaveLength(9);
  });

  it('returns nothing to work with for a series that is too short', () => {
    const result = calibrateConformal(Float64Array.of(1, 2), { ...options, h: 2 });
    expect(result.scores.map((step) => step.length)).toEqual([0, 0]);
    expect(result.coverage[0]).toEqual({ level: 0.8, coverage: null, width: null, tested: 0 });
  });
});

describe('conformal forecasts', () => {
  const fitted = fitNaive(Float64Array.of(0, 1, 0, 1, 0));
  const sigma = 1;
  const with19 = (factor: number) =>
    Float64Array.from({ length: 19 }, (_, i) => ((i + 1) / 19) * factor);

  it('reach the size of past errors when these are many', () => {
    const many = Float64Array.from({ length: 5000 }, (_, i) => 3 + i / 5000);
    const calibration = { h: 1, m: 1, coverage: [], scores: [many] };
    const { forecast, warnings } = conformalForecast(fitted, calibration, [0.5, 0.8]);
    expect(forecast.intervals[0]!.upper[0]! / 3.5 / sigma).toBeCloseTo(1, 1);
    expect(forecast.intervals[1]!.lower[0]! / -3.8 / sigma).toBeCloseTo(1, 1);
    expect(warnings).toEqual([]);
  });

  it('rest on the model’s own deviation, and say so, where errors are too few', () => {
    const calibration = { h: 1, m: 1, coverage: [], scores: [with19(1).subarray(0, 18)] };
    const { forecast, warnings } = conformalForecast(fitted, calibration, [0.8, 0.95]);
    // A normal interval reaches 1.96 deviations; one that errors stay within half of is narrower, but not by much.
    expect(forecast.intervals[1]!.upper[0]).toBeGreaterThan(1.2 * sigma);
    expect(forecast.intervals[1]!.upper[0]).toBeLessThan(3 * sigma);
    expect(warnings.map(({ code }) => code)).toEqual(['intervals-from-model']);
    expect(warnings[0]!.values).toEqual({ level: 0.95, residuals: 18 });
  });

  it('find exactly 19 errors enough for 95 %', () => {
    const calibration = { h: 1, m: 1, coverage: [], scores: [with19(1)] };
    expect(conformalForecast(fitted, calibration, [0.95]).warnings).toEqual([]);
  });

  it('do not jump because of one error at one step', () => {
    const scores = Array.from({ length: 24 }, (_, i) =>
      Float64Array.from({ length: 60 - i }, (_, k) => (k + 0.5) / 30),
    );
    const width = (errors: readonly Float64Array[]) => {
      const calibration = { h: 24, m: 24, coverage: [], scores: errors };
      return conformalForecast(fitted, calibration, [0.95]).forecast.intervals[0]!.upper;
    };
    const plain = width(scores);
    const struck = width(
      scores.map((step, i) => (i === 23 ? step.with(step.length - 1, 9) : step)),
    );
    struck.forEach((value, i) => {
      expect(value / plain[i]!).toBeLessThan(1.15);
    });
  });

  it('have no width where the past was perfect', () => {
    const perfect = fitNaive(Float64Array.of(4, 4, 4));
    const calibration = {
      h: 2,
      m: 1,
      coverage: [],
      scores: [new Float64Array(1), new Float64Array(0)],
    };
    const { forecast } = conformalForecast(perfect, calibration, [0.95]);
    expect([...forecast.intervals[0]!.lower, ...forecast.intervals[0]!.upper]).toEqual([
      4, 4, 4, 4,
    ]);
  });

  it('never narrow with the step or with the level', () => {
    const scores = [with19(9), with19(1), with19(2)];
    const { forecast } = conformalForecast(
      fitted,
      { h: 3, m: 1, coverage: [], scores },
      [0.9, 0.5],
    );
    const [wide, narrow] = forecast.intervals;
    expect([wide!.level, narrow!.level]).toEqual([0.9, 0.5]);
    for (let i = 0; i < 3; i++) {
      expect(wide!.upper[i]).toBeGreaterThanOrEqual(narrow!.upper[i]!);
      expect(wide!.lower[i]).toBeLessThanOrEqual(narrow!.lower[i]!);
      if (i > 0) expect(wide!.upper[i]).toBeGreaterThanOrEqual(wide!.upper[i - 1]!);
    }
  });

  it('may narrow within a season but not from one season to the next', () => {
    const y = Float64Array.of(1, 9, 2, 8, 1, 9);
    const model = fitSeasonalNaive(y, { m: 2 });
    const scores = [with19(9), with19(1), with19(1), with19(1)];
    const { forecast } = conformalForecast(model, { h: 4, m: 2, coverage: [], scores }, [0.8]);
    const { lower, upper } = forecast.intervals[0]!;
    const width = upper.map((value, i) => value - lower[i]!);
    expect(width[1]!).toBeLessThan(width[0]!);
    expect(width[2]!).toBeGreaterThanOrEqual(width[0]!);
  });

  it('refuse a level of 95', () => {
    const calibration = { h: 1, m: 1, coverage: [], scores: [with19(1)] };
    expect(() => conformalForecast(fitted, calibration, [95])).toThrow(InvalidInput);
  });
});
