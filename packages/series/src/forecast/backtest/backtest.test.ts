import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { fitEts } from '../ets/fit-ets.ts';
import { fitNaive, fitSeasonalNaive } from '../naive.ts';
import { backtest } from './backtest.ts';
import { foldOrigins } from './rolling-origins.ts';

interface Passengers {
  values: number[];
  holdout1959: { train: number; snaive: { mape: number; smape: number } };
}
const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const golden: Passengers = JSON.parse(readFileSync(path, 'utf8'));
const passengers = Float64Array.from(golden.values);
const naive = { model: fitNaive, m: 1 };

describe('the origins of a back-test', () => {
  it('end a horizon before the end and go back by the step', () => {
    expect(foldOrigins(20, 3, 4, 2, 5)).toEqual([11, 13, 15, 17]);
  });

  it('stop where too little is left to learn from', () => {
    expect(foldOrigins(20, 3, 9, 5, 10)).toEqual([12, 17]);
    expect(foldOrigins(20, 3, 9, 5, 18)).toEqual([]);
  });
});

describe('backtest', () => {
  it('scores the seasonal naive forecast of 1959 and 1960 as R does', () => {
    const model = (y: Float64Array) => fitSeasonalNaive(y, { m: 12 });
    const { origins, model: scores } = backtest(passengers, { model, m: 12, h: 24, folds: 1 });
    expect(origins).toEqual([golden.holdout1959.train]);
    expect(scores!.mape! * 100).toBeCloseTo(golden.holdout1959.snaive.mape, 6);
    expect(scores!.smape! * 100).toBeCloseTo(golden.holdout1959.snaive.smape, 6);
    expect(scores!.count).toBe(24);
  });

  it('puts ETS before the seasonal naive and naive2 forecasts on the airline passengers', () => {
    const model = (y: Float64Array) => fitEts(y, { m: 12 });
    const result = backtest(passengers, { model, m: 12, h: 12, folds: 4 });
    expect(result.origins).toEqual([96, 108, 120, 132]);
    expect(result.model!.mase!).toBeLessThan(result.seasonalNaive!.mase!);
    expect(result.model!.owa!).toBeLessThan(1);
    const [narrow, wide] = result.model!.levels;
    expect(narrow!.coverage!).toBeLessThanOrEqual(wide!.coverage!);
    expect(wide!.msis!).toBeGreaterThan(0);
    expect(wide!.pinball!).toBeGreaterThan(0);
  });

  it('agrees with a calculation by hand', () => {
    // Origins 6 and 8; naive forecasts 6, 6 and 8, 8 against 7, 8 and 9, 20.
    const y = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 20);
    const { model } = backtest(y, { ...naive, h: 2, folds: 2, levels: [] });
    expect(model!.mae).toBeCloseTo((1.5 + 6.5) / 2, 12);
    expect(model!.rmse).toBeCloseTo(Math.sqrt((2.5 + 72.5) / 2), 12);
    expect(model!.bias).toBeCloseTo(-4, 12);
    expect(model!.mase).toBeCloseTo(4, 12);
    expect(model!.rmsse).toBeCloseTo(Math.sqrt(37.5), 12);
    expect(model!.owa).toBe(1);
    expect(model!.levels).toEqual([]);
  });

  it('never shows a fit what came after its origin', () => {
    const seen: number[] = [];
    const spy = (y: Float64Array) => {
      seen.push(y.length);
      return fitNaive(y);
    };
    backtest(passengers, { model: spy, m: 12, h: 6, folds: 3 });
    expect(seen).toEqual([126, 132, 138]);
  });

  it('does not score missing values and has no MAPE beside a zero', () => {
    const y = Float64Array.of(3, 1, 2, 3, 1, 2, 3, Number.NaN, 0, 4);
    const { model } = backtest(y, { ...naive, h: 4, folds: 1 });
    expect(model!.count).toBe(3);
    expect(model!.mape).toBeNull();
    expect(model!.mae).toBeCloseTo(5 / 3, 12);
  });

  it('has no scaled measures for a constant history', () => {
    const y = Float64Array.of(5, 5, 5, 5, 5, 5, 5, 5, 6);
    const { model } = backtest(y, { ...naive, h: 1, folds: 1 });
    expect(model).toMatchObject({ mae: 1, mase: null, rmsse: null, owa: null });
    expect(model!.levels[0]!.msis).toBeNull();
  });

  it('says when the series is too short', () => {
    const result = backtest(Float64Array.of(1, 2, 3), { ...naive, h: 2 });
    expect(result).toMatchObject({ status: 'too-short', model: null, seasonalNaive: null });
    expect(result.warnings[0]!.message).toContain('3 values are too few to test');
    expect(backtest(new Float64Array(0), { ...naive, h: 1 }).status).toBe('too-short');
  });

  it.each([
    [{ h: 0 }, 'h'],
    [{ h: 1, m: 0 }, 'm'],
    [{ h: 1, folds: 0 }, 'folds'],
    [{ h: 1, step: 0.5 }, 'step'],
    [{ h: 1, levels: [1] }, 'levels[0]'],
  ])('refuses %j', (options, argument) => {
    try {
      backtest(passengers, { ...naive, ...options });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      expect((error as InvalidInput).argument).toBe(argument);
    }
  });
});
