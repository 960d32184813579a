import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { type AutoForecastResult, autoForecast } from './auto-forecast.ts';

const path = new URL('../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);

function forecastOf(values: Iterable<number>, options = {}): AutoForecastResult {
  const result = autoForecast(Float64Array.from(values), { m: 7, h: 3, ...options });
  if (result.status !== 'ok') throw new Error(result.warnings[0]!.message);
  return result;
}

const codes = (result: { warnings: readonly { code: string }[] }) =>
  result.warnings.map(({ code }) => code);

describe('autoForecast of the airline passengers', () => {
  const result = forecastOf(passengers, { m: 12, h: 12 });

  it('beats the seasonal naive forecast and shows by how much', () => {
    expect(result.choice).not.toBe('seasonal-naive');
    expect(result.candidates.map(({ choice }) => choice)).toEqual([
      'seasonal-naive',
      'theta',
      'ets',
      'stl-theta',
      'autoregression',
      'differenced-autoregression',
      'stl-ets',
      'average',
    ]);
    const chosen = result.candidates.find(({ choice }) => choice === result.choice)!;
    expect(chosen.scores.mae!).toBeLessThan(result.candidates[0]!.scores.mae!);
    expect(result.origins.at(-1)).toBe(132);
    expect(result.origins.length).toBeGreaterThan(40);
    expect(result.testedSteps).toBe(12);
  });

  it('measures the coverage of its intervals on past values', () => {
    expect(result.coverage.map(({ level }) => level)).toEqual([0.8, 0.95]);
    for (const { level, coverage, tested } of result.coverage) {
      expect(tested).toBeGreaterThan(300);
      expect(Math.abs(coverage! - level)).toBeLessThan(0.12);
    }
  });

  it('would have foreseen 1960', () => {
    const earlier = forecastOf(passengers.subarray(0, 132), { m: 12, h: 12 });
    const { mean, intervals } = earlier.forecast;
    mean.forEach((value, i) => {
      expect(Math.abs(value / passengers[132 + i]! - 1)).toBeLessThan(0.12);
    });
    const held = mean.filter((_, i) => {
      const y = passengers[132 + i]!;
      return intervals[1]!.lower[i]! <= y && y <= intervals[1]!.upper[i]!;
    });
    expect(held.length).toBeGreaterThanOrEqual(10);
  });

  it('is plain data that another thread can receive', () => {
    expect(structuredClone(result)).toEqual(result);
  });

  it('gives the same answer twice', () => {
    expect(forecastOf(passengers, { m: 12, h: 12 })).toEqual(result);
  });
});

describe('the options of autoForecast', () => {
  const hours = Float64Array.from(
    { length: 1100 },
    (_, t) =>
      60 +
      10 * Math.sin((2 * Math.PI * t) / 24) +
      (Math.floor(t / 24) % 7 > 4 ? -8 : 0) +
      ((t * 7919) % 13) / 6,
  );

  it('let it find the seasons itself', () => {
    expect(forecastOf(passengers, { m: undefined, h: 12 }).seasons).toEqual([12]);
    const { seasons, forecast } = forecastOf(hours, { m: 24, h: 168 });
    expect(seasons).toEqual([24, 168]);
    forecast.mean.forEach((value, i) => {
      const t = 1100 + i;
      const weekday = Math.floor(t / 24) % 7 > 4 ? -8 : 0;
      expect(Math.abs(value - 61 - 10 * Math.sin((2 * Math.PI * t) / 24) - weekday)).toBeLessThan(
        4,
      );
    });
  });

  it('can name them, and leave out those that are too long', () => {
    expect(forecastOf(hours, { m: 24, seasons: [24, 168, 5000], h: 2 }).seasons).toEqual([24, 168]);
    expect(forecastOf(passengers, { m: 1, h: 2 }).seasons).toEqual([]);
  });

  it('bound the work, and say so', () => {
    const little = forecastOf(passengers, { m: 12, h: 6, work: 200_000 });
    expect(codes(little)).toContain('models-left-out');
    expect(little.candidates.length).toBeLessThan(5);
    const fast = forecastOf(passengers, { m: 12, h: 6, timeMs: 4 });
    expect(fast.forecast).toEqual(little.forecast);
  });

  it('can ask for other candidates, or for one model', () => {
    const two = forecastOf(passengers, { m: 12, h: 6, candidates: ['theta', 'ces'] });
    expect(two.candidates.map(({ choice }) => choice)).toEqual([
      'seasonal-naive',
      'theta',
      'ces',
      'average',
    ]);
    const ets = forecastOf(passengers, { m: 12, h: 6, model: 'ets' });
    expect(ets.choice).toBe('ets');
    expect(ets.members).toHaveLength(1);
    expect(ets.model).toBe(ets.members[0]!.model);
  });

  it('round interval ends outwards for whole numbers, and keep the mean', () => {
    const plain = forecastOf(passengers, { m: 12, h: 6 });
    const whole = forecastOf(passengers, { m: 12, h: 6, integer: true });
    expect(whole.forecast.mean).toEqual(plain.forecast.mean);
    whole.forecast.intervals.forEach(({ lower, upper }, i) => {
      expect([...lower, ...upper].every(Number.isInteger)).toBe(true);
      expect(lower[0]!).toBeLessThanOrEqual(plain.forecast.intervals[i]!.lower[0]!);
      expect(upper[0]!).toBeGreaterThanOrEqual(plain.forecast.intervals[i]!.upper[0]!);
    });
  });

  it('give demand that mostly is none a model of its own', () => {
    const demand = Array.from({ length: 90 }, (_, t) => ((t * 7) % 10 < 3 ? 1 + ((t * 3) % 4) : 0));
    const result = forecastOf(demand, { m: 1, h: 6, nonNegative: true });
    expect(result.candidates.map(({ choice }) => choice)).toContain('intermittent');
    expect(forecastOf(passengers).candidates.map(({ choice }) => choice)).not.toContain(
      'intermittent',
    );
  });

  it('show what was averaged', () => {
    const { members, model, choice } = forecastOf(passengers, { m: 12, h: 6 });
    expect(choice).toBe('average');
    expect(members.length).toBeGreaterThan(1);
    expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(model).toContain(members[0]!.model);
    expect(model).toContain('%');
  });
});

describe('autoForecast', () => {
  it('falls back to the seasonal naive forecast, and says so, when nothing beats it', () => {
    // A season that repeats exactly leaves nothing to improve.
    const y = Array.from({ length: 70 }, (_, t) => [5, 1, 4, 2, 8, 9, 3][t % 7]!);
    const result = forecastOf(y, { h: 7 });
    expect(result.choice).toBe('seasonal-naive');
    expect(codes(result)).toContain('seasonal-naive-not-beaten');
    expect([...result.forecast.mean]).toEqual([5, 1, 4, 2, 8, 9, 3]);
  });

  it('has no forecast for an empty or wholly missing series', () => {
    const empty = autoForecast(new Float64Array(0), { m: 7, h: 3 });
    expect(empty).toEqual({
      status: 'no-data',
      warnings: [
        {
          code: 'empty',
          message: 'The series has no values, so nothing can be forecast.',
          values: { n: 0 },
        },
      ],
    });
    const missing = autoForecast(Float64Array.of(Number.NaN, Number.NaN), { m: 7, h: 3 });
    expect(missing.status).toBe('no-data');
    expect(codes(missing)).toEqual(['all-missing']);
  });

  it.each([
    ['one value', [5], 'single-value'],
    ['a constant', new Array(30).fill(3), 'constant'],
    ['a constant with gaps', [3, Number.NaN, 3, 3, Number.NaN, 3, 3, 3], 'constant'],
    ['zeros', new Array(30).fill(0), 'constant'],
  ])('repeats %s with an interval of no width', (_, values, code) => {
    const { forecast, warnings } = forecastOf(values);
    const value = values[0]!;
    expect([...forecast.mean]).toEqual([value, value, value]);
    expect([...forecast.intervals[1]!.lower]).toEqual([value, value, value]);
    expect(warnings.map((w) => w.code)).toContain(code);
    expect(warnings.map((w) => w.code)).not.toContain('intervals-from-model');
  });

  it('repeats a season that was always the same, and finds every past value in its interval', () => {
    const result = forecastOf(
      Array.from({ length: 70 }, (_, t) => 100 + (t % 7)),
      { m: 7 },
    );
    expect(result.choice).toBe('seasonal-naive');
    expect([...result.forecast.mean]).toEqual([100, 101, 102]);
    expect(result.coverage.map(({ coverage }) => coverage)).toEqual([1, 1]);
    expect(codes(result)).toEqual(['seasonal-naive-not-beaten']);
  });

  it.each([2, 3, 5, 8, 13])('forecasts %s values untested and says so', (n) => {
    const result = forecastOf(Array.from({ length: n }, (_, t) => 10 + ((t * 5) % 7)));
    expect(result.forecast.mean.every(Number.isFinite)).toBe(true);
    expect(result.candidates).toEqual([]);
    expect(codes(result)).toContain('too-short-for-backtest');
    expect(codes(result)).toContain('intervals-from-model');
  });

  it('works when the season is longer than the series', () => {
    const result = forecastOf(passengers.subarray(0, 40), { m: 365, h: 10 });
    expect(codes(result)).toContain('too-short-for-season');
    expect(result.forecast.mean.every(Number.isFinite)).toBe(true);
  });

  it('cuts at zero what cannot be negative, and says so', () => {
    const falling = Array.from({ length: 40 }, (_, t) => 80 - 2 * t + ((t * 5) % 7) / 7);
    const free = forecastOf(falling, { m: 1, h: 8 });
    const cut = forecastOf(falling, { m: 1, h: 8, nonNegative: true });
    expect(free.forecast.mean[7]!).toBeLessThan(0);
    expect(cut.forecast.mean[7]!).toBe(0);
    for (const { lower, upper } of cut.forecast.intervals) {
      expect(Math.min(...lower, ...upper)).toBeGreaterThanOrEqual(0);
    }
    const note = cut.warnings.find(({ code }) => code === 'clamped-at-zero')!;
    expect(note.message).toBe(`${note.values.steps} forecast steps below zero were set to zero.`);
    expect(codes(free)).not.toContain('clamped-at-zero');
  });

  it('says how many missing values it filled in', () => {
    const gaps = passengers.map((v, t) => (t % 10 === 3 ? Number.NaN : v));
    const result = forecastOf(gaps, { m: 12, h: 6 });
    expect(codes(result)).toContain('missing-filled');
    expect(result.forecast.mean.every((v) => v > 300 && v < 700)).toBe(true);
  });

  it('uses only the newest values of a long history', () => {
    const long = Array.from({ length: 500 }, (_, t) => (t < 400 ? 1e6 : 10 + ((t * 5) % 7)));
    const result = forecastOf(long, { m: 1, longestHistory: 90 });
    expect(result.fitted).toHaveLength(90);
    expect(result.forecast.mean.every((v) => v > 5 && v < 20)).toBe(true);
  });

  it('forecasts from what there is when the newest part is missing', () => {
    const stopped = [...passengers, ...new Array(30).fill(Number.NaN)];
    expect(forecastOf(stopped, { m: 12, longestHistory: 20 }).forecast.mean[0]).toBeGreaterThan(0);
  });

  it.each([
    [{ h: 0 }, 'h: must be a whole number >= 1, got 0'],
    [{ h: 2.5 }, 'h: must be'],
    [{ m: 0 }, 'm: must be'],
    [{ levels: [0.8, 95] }, 'levels[1]: must be a fraction between 0 and 1, got 95'],
    [{ folds: 0 }, 'folds: must be'],
    [{ longestHistory: 0 }, 'longestHistory: must be'],
    [{ seasons: [7, 1] }, 'seasons[1]: must be'],
    [{ work: 0 }, 'work: must be above 0, got 0'],
    [{ timeMs: -5 }, 'timeMs: must be above 0, got -5'],
  ])('refuses %j', (options, message) => {
    expect(() => forecastOf(passengers, options)).toThrow(InvalidInput);
    expect(() => forecastOf(passengers, options)).toThrow(message);
  });

  it('scales with the series', () => {
    const base = forecastOf(passengers, { m: 12, h: 6 });
    const scaled = forecastOf(
      passengers.map((v) => v * 1e6),
      { m: 12, h: 6 },
    );
    expect(scaled.choice).toBe(base.choice);
    scaled.forecast.mean.forEach((value, i) => {
      expect(value / 1e6 / base.forecast.mean[i]!).toBeCloseTo(1, 4);
    });
    expect(scaled.candidates[1]!.scores.mase).toBeCloseTo(base.candidates[1]!.scores.mase!, 3);
  });

  it('bears a horizon far beyond what can be tested', () => {
    const result = forecastOf(passengers, { m: 12, h: 20_000 });
    expect(result.forecast.mean.every(Number.isFinite)).toBe(true);
    expect(result.forecast.intervals[1]!.upper.every(Number.isFinite)).toBe(true);
    expect(result.testedSteps).toBeLessThan(73);
  });

  it('refuses values whose squares overflow', () => {
    expect(() => forecastOf([1, 2, 1e200])).toThrow('y: must lie within ±1e+150, got 1e+200');
  });

  it('never answers with NaN, and nests its intervals, whatever the numbers', () => {
    const number = fc.oneof(
      fc.double({ min: -1e150, max: 1e150, noNaN: true }),
      fc.integer({ min: -5, max: 5 }),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0),
    );
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 1, maxLength: 45 }),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        (list, m, nonNegative) => {
          fc.pre(list.some(Number.isFinite));
          const { forecast } = forecastOf(list, { m, h: 4, levels: [0.95, 0.5], nonNegative });
          const [wide, narrow] = forecast.intervals;
          for (let i = 0; i < 4; i++) {
            const ends = [wide!.lower, narrow!.lower, forecast.mean, narrow!.upper, wide!.upper];
            const values = ends.map((end) => end[i]!);
            expect(values.every(Number.isFinite)).toBe(true);
            expect(values).toEqual([...values].sort((a, b) => a - b));
          }
        },
      ),
      { seed: 2026, numRuns: 60 },
    );
  });
});
