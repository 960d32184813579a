import { describe, expect, it } from 'vitest';
import { fitNaive } from '../naive.ts';
import type { Fit } from '../types.ts';
import { planRolling, rollForecasts } from './rolling-forecasts.ts';

const line = (n: number) => Float64Array.from({ length: n }, (_, t) => t);

describe('the origins of rolling forecasts', () => {
  it('are every value of the newer half of a short series', () => {
    const { origins, gaps, span } = planRolling(line(20), 1, { h: 6, origins: 60 });
    expect(origins).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(gaps.every((gap) => gap === 1)).toBe(true);
    expect(span).toBe(10);
  });

  it('leave two seasons to learn from', () => {
    expect(planRolling(line(30), 12, { h: 6, origins: 60 }).origins[0]).toBe(24);
    expect(planRolling(line(20), 12, { h: 6, origins: 60 }).origins).toEqual([]);
    expect(planRolling(line(0), 1, { h: 6, origins: 60 }).origins).toEqual([]);
  });

  it('get sparser towards the past of a long series', () => {
    const { origins, gaps } = planRolling(line(1000), 24, { h: 48, origins: 60 });
    expect(origins).toHaveLength(60);
    expect(origins.at(-1)).toBe(999);
    expect(Math.abs(origins[0]! - 520)).toBeLessThanOrEqual(1);
    for (let i = 2; i < gaps.length; i++) expect(gaps[i]!).toBeLessThanOrEqual(gaps[i - 1]! + 1);
    expect(new Set(origins).size).toBe(60);
  });

  it('reach back ten horizons, or as far as there are origins', () => {
    expect(planRolling(line(1000), 1, { h: 10, origins: 60 }).origins[0]).toBe(900);
    expect(planRolling(line(1000), 1, { h: 1, origins: 60 }).origins[0]).toBe(940);
  });
});

describe('rolling forecasts', () => {
  it('fit as seldom as asked, evenly in time, and never on the future', () => {
    const lengths: number[] = [];
    const spy: Fit = (y) => {
      lengths.push(y.length);
      return fitNaive(y);
    };
    const y = line(100);
    const plan = planRolling(y, 1, { h: 4, origins: 60 });
    const folds = rollForecasts(y, spy, plan, { h: 4, fits: 2 });
    expect(lengths).toEqual([50, 75]);
    // The naive forecast of a line is its last value.
    for (const { origin, forecast } of folds) expect(forecast.mean[3]).toBe(origin - 1);
  });
});
