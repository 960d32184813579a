import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { autoForecast } from '../auto-forecast.ts';
import { fitEts } from '../ets/fit-ets.ts';
import { fitNaive } from '../naive.ts';
import { fitTheta } from '../theta/fit-theta.ts';
import { explainAdditive, explainForecast, type ForecastPart } from './explain-forecast.ts';
import { forecastInfluence } from './forecast-influence.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);

function expectSum(parts: readonly ForecastPart[], mean: Float64Array): void {
  mean.forEach((value, i) => {
    const sum = parts.reduce((total, part) => total + part.values[i]!, 0);
    expect(Math.abs(sum - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
  });
}

describe('the parts of a forecast', () => {
  it('are trend and season, and add up', () => {
    const { mean } = fitEts(passengers, { m: 12 }).forecast(24);
    const parts = explainForecast(passengers, mean, { seasons: [12] });
    expect(parts.map(({ kind }) => kind)).toEqual(['trend', 'season', 'remainder']);
    expectSum(parts, mean);
    const [trend, season, remainder] = parts;
    // The passengers go on growing, and July stays far above November.
    expect(trend!.values[23]!).toBeGreaterThan(trend!.values[0]!);
    expect(season!.values[6]!).toBeGreaterThan(100);
    expect(season!.values[10]!).toBeLessThan(-50);
    expect(Math.max(...remainder!.values.map(Math.abs))).toBeLessThan(40);
  });

  it('find an exact line and season again', () => {
    const value = (t: number) => 50 + 2 * t + [10, -4, -6][t % 3]!;
    const y = Float64Array.from({ length: 30 }, (_, t) => value(t));
    const mean = Float64Array.from({ length: 6 }, (_, i) => value(30 + i));
    const [trend, season] = explainForecast(y, mean, { seasons: [3] });
    season!.values.forEach((part, i) => {
      expect(part).toBeCloseTo([10, -4, -6][i % 3]!, 1);
      expect(trend!.values[i]!).toBeCloseTo(50 + 2 * (30 + i), 1);
    });
  });

  it('take off what a regressor adds', () => {
    const past = Float64Array.from({ length: 30 }, (_, t) => (t % 7 === 2 ? 1 : 0));
    const future = Float64Array.of(0, 1, 0);
    const y = past.map((on, t) => 10 + t + 5 * on);
    const mean = Float64Array.of(40, 46, 42);
    const regressors = { sale: { coefficient: 5, past, future } };
    const parts = explainForecast(y, mean, { seasons: [], regressors });
    expect(parts.map(({ name }) => name)).toEqual(['trend', 'sale', 'remainder']);
    expect([...parts[0]!.values]).toEqual([40, 41, 42]);
    expect([...parts[1]!.values]).toEqual([0, 5, 0]);
    expectSum(parts, mean);
  });

  it('are those of an additive model that knows its own', () => {
    const parts = explainAdditive({
      mean: Float64Array.of(13, 9),
      trend: Float64Array.of(10, 11),
      deviation: Float64Array.of(1, 1),
      intervals: [],
      components: [component('weekly', 'seasonality', [1, -2]), component('元日', 'event', [2, 0])],
    });
    expect(parts.map(({ kind, name }) => [kind, name])).toEqual([
      ['trend', 'trend'],
      ['season', 'weekly'],
      ['event', '元日'],
      ['remainder', 'remainder'],
    ]);
    expect([...parts.at(-1)!.values]).toEqual([0, 0]);
  });

  it('are all trend without a season, or with one too long', () => {
    const parts = explainForecast(Float64Array.of(1, 2, 3), Float64Array.of(4), { seasons: [7] });
    expect(parts.map(({ kind }) => kind)).toEqual(['trend', 'remainder']);
    expect(parts[0]!.values[0]).toBe(4);
  });

  it('refuse nothing to explain', () => {
    const none = Float64Array.of(Number.NaN);
    expect(() => explainForecast(none, none, { seasons: [] })).toThrow(InvalidInput);
    expect(() => explainForecast(passengers, none, { seasons: [1] })).toThrow('seasons[0]');
  });
});

function component(name: string, kind: 'seasonality' | 'event', values: readonly number[]) {
  const contribution = Float64Array.from(values);
  return { name, kind, mode: 'additive' as const, values: contribution, contribution };
}

describe('the influence of recent values', () => {
  it('is that of the last value alone in a naive forecast', () => {
    const y = Float64Array.of(3, 5, 4, 9);
    const [first, ...others] = forecastInfluence(y, fitNaive(y), { h: 2 });
    expect(first).toEqual({ index: 3, value: 9, expected: 4, change: 5, firstStep: 5 });
    expect(others.every(({ change }) => change === 0)).toBe(true);
  });

  it('is alpha times the surprise for the last value of simple smoothing', () => {
    const y = Float64Array.from({ length: 40 }, (_, t) => 20 + ((t * 7) % 5) + (t > 35 ? 10 : 0));
    const model = fitEts(y, { m: 1, form: 'ANN' });
    const last = forecastInfluence(y, model, { h: 3, points: 5 }).find((p) => p.index === 39)!;
    expect(last.change).toBeCloseTo(model.parameters.alpha! * (last.value - last.expected), 8);
  });

  it('finds the value that stands out', () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => 20 + ((t * 7) % 5) + (t === 57 ? 60 : 0));
    const influence = forecastInfluence(y, fitTheta(y, { m: 1 }), { h: 6, points: 12 });
    expect(influence[0]!.index).toBe(57);
    expect(influence[0]!.change).toBeGreaterThan(0);
  });

  it('leaves out missing values', () => {
    const y = Float64Array.of(1, 2, Number.NaN, 4);
    const indices = forecastInfluence(y, fitNaive(y), { h: 1 }).map(({ index }) => index);
    expect(indices).not.toContain(2);
    expect(indices).not.toContain(0);
  });
});

describe('autoForecast with explanation', () => {
  it('gives parts that add up to its mean and the values that moved it', () => {
    const result = autoForecast(passengers, { m: 12, h: 12, explain: true });
    if (result.status !== 'ok') throw new Error('the passengers can be forecast');
    expectSum(result.explanation!.parts, result.forecast.mean);
    const { influence } = result.explanation!;
    expect(influence.length).toBeGreaterThan(10);
    for (const { index, value } of influence) expect(value).toBe(passengers[index]);
  });

  it('is zero on days that are always closed', () => {
    const y = Float64Array.from({ length: 140 }, (_, t) => (t % 7 === 6 ? 0 : 20 + ((t * 5) % 7)));
    const result = autoForecast(y, { m: 7, h: 14, explain: true });
    if (result.status !== 'ok') throw new Error('there is a forecast');
    expectSum(result.explanation!.parts, result.forecast.mean);
    expect(result.explanation!.parts.every(({ values }) => values[6] === 0)).toBe(true);
    for (const { index, value } of result.explanation!.influence) expect(value).toBe(y[index]);
  });
});
