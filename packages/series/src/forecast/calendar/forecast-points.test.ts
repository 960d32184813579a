import { describe, expect, it } from 'vitest';
import airpassengers from '../../../fixtures/airpassengers.json' with { type: 'json' };
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { draftPoints } from './draft-points.ts';
import { finishPoints, forecastPoints, poolName, poolPoints } from './forecast-points.ts';
import { POINT_MODELS, type PointModel } from './point-models.ts';
import type { ForecastPointsOptions, PointsDraft, PointsForecast } from './points-forecast.ts';

const DAY = 86_400_000;
const air = {
  t: Float64Array.from({ length: 144 }, (_, i) => Date.UTC(1949, i, 1)),
  y: Float64Array.from(airpassengers.values),
};

function forecast(
  points: Parameters<typeof forecastPoints>[0],
  options: ForecastPointsOptions,
): PointsForecast {
  const result = forecastPoints(points, options);
  if (result.status !== 'ok') throw new Error('no data');
  return result;
}

const codes = ({ warnings }: PointsForecast) => warnings.map(({ code }) => code);

describe('forecastPoints', () => {
  it.each(POINT_MODELS.filter((name) => !['lstm', 'tbats', 'arima'].includes(name)))(
    'forecasts months with %s, tested on the past',
    (model) => {
      const result = forecast(air, { h: 12, model, levels: [0.95] });
      expect(new Date(result.series.future.t[11]!).toISOString()).toBe('1961-12-01T00:00:00.000Z');
      const { mean, intervals } = result.forecast;
      expect(mean.every((value) => value > 200 && value < 900)).toBe(true);
      for (let i = 0; i < 12; i++) {
        expect(intervals[0]!.lower[i]!).toBeLessThanOrEqual(mean[i]!);
        expect(intervals[0]!.upper[i]!).toBeGreaterThanOrEqual(mean[i]!);
      }
      expect(result.backtest).toMatchObject({ h: 12, model: { count: expect.any(Number) } });
      expect(result.model.length).toBeGreaterThan(2);
    },
  );

  it('says what prophet’s forecast is made of', () => {
    const { components, forecast: made } = forecast(air, { h: 3, model: 'prophet' });
    expect(Object.keys(components!)).toEqual(['trend', 'yearly']);
    for (let i = 0; i < 3; i++) {
      expect(components!.trend![i]! + components!.yearly![i]!).toBeCloseTo(made.mean[i]!, 6);
    }
    const conformal = forecast(air, { h: 3, model: 'prophet', intervals: 'conformal' });
    expect(conformal.forecast.mean).toEqual(made.mean);
    expect(conformal.forecast.intervals).not.toEqual(made.intervals);
  });

  it.each(['prophet', 'arima'] as const)('follows columns that are known ahead: %s', (model) => {
    const n = 80;
    const t = Float64Array.from({ length: n + 5 }, (_, i) => i * DAY);
    const price = t.map((_, i) => (i * 7919) % 10);
    const y = t.map((_, i) => (i < n ? 50 + 3 * price[i]! + Math.sin(i * i) : Number.NaN));
    const result = forecast({ t, y, x: { price } }, { h: 5, model });
    result.forecast.mean.forEach((value, i) => {
      expect(Math.abs(value - (50 + 3 * price[n + i]!))).toBeLessThan(2);
    });
    expect(codes(result)).not.toContain('columns-unused');
    expect(codes(forecast({ t, y, x: { price } }, { h: 6, model }))).toContain('columns-unused');
  });

  it('counts holidays for days, not for months', () => {
    const additive = { events: [{ name: 'obon', days: [45, 90] }] };
    const t = Float64Array.from({ length: 90 }, (_, i) => i * DAY);
    const y = t.map((_, i) => 20 + (i === 45 ? 30 : 0) + Math.sin(i));
    const daily = forecast({ t, y }, { h: 2, model: 'prophet', additive });
    expect(daily.components!.obon![0]).toBeGreaterThan(20);
    const monthly = forecast(air, { h: 2, model: 'prophet', additive });
    expect(Object.keys(monthly.components!)).not.toContain('obon');
  });

  it('keeps what is never negative at zero or above, and counts whole', () => {
    const t = Float64Array.from({ length: 30 }, (_, i) => i * DAY);
    const y = t.map((_, i) => 29 - i);
    const kept = forecast({ t, y }, { h: 5, model: 'drift', integer: true });
    expect([...kept.forecast.mean]).toEqual([0, 0, 0, 0, 0]);
    expect(codes(kept)).toContain('clamped-at-zero');
    expect(kept.forecast.intervals[0]!.upper.every(Number.isInteger)).toBe(true);
    const free = forecast({ t, y }, { h: 5, model: 'drift', nonNegative: false });
    expect(free.forecast.mean[4]).toBeCloseTo(-5, 9);
  });

  it('knows rows by number only', () => {
    const t = Float64Array.from({ length: 40 }, (_, i) => 641 + i);
    const y = t.map((_, i) => i % 5);
    const result = forecast({ t, y }, { h: 2, timeKind: 'index' });
    expect([...result.series.future.t]).toEqual([681, 682]);
    expect(() => forecast({ t, y }, { h: 2, timeKind: 'index', model: 'prophet' })).toThrow(
      'model: ',
    );
  });

  it.each<[string, number[], PointModel[]]>([
    ['one value', [5], ['auto', 'prophet', 'lstm', 'ets']],
    ['two values', [5, 7], ['auto', 'prophet', 'arima', 'stl']],
    ['a constant', new Array(40).fill(3), ['auto', 'prophet', 'lstm', 'theta', 'tbats']],
    ['zeros', new Array(40).fill(0), ['auto', 'croston', 'tsb', 'prophet']],
    [
      'large values',
      Array.from({ length: 40 }, (_, i) => 1e140 * (1 + (i % 7))),
      ['auto', 'prophet'],
    ],
  ])('has an answer for %s', (_, values, models) => {
    const t = Float64Array.from(values, (_, i) => i * DAY);
    for (const model of models) {
      const { mean, intervals } = forecast(
        { t, y: Float64Array.from(values) },
        { h: 3, model },
      ).forecast;
      const all = [...mean, ...intervals.flatMap(({ lower, upper }) => [...lower, ...upper])];
      expect(all.every(Number.isFinite)).toBe(true);
    }
  });

  it('says when there is nothing to forecast from', () => {
    const t = Float64Array.of(0, DAY);
    const y = Float64Array.of(Number.NaN, Number.NaN);
    expect(forecastPoints({ t, y }, { h: 3 })).toMatchObject({ status: 'no-data' });
  });

  it.each<[ForecastPointsOptions, string]>([
    [{ h: 0 }, 'h: must be a whole number from 1 to 10000, got 0'],
    [{ h: 1_000_000 }, 'h: '],
    [{ h: 3, levels: [95] }, 'levels[0]: '],
    [{ h: 3, model: 'magic' as 'ets' }, 'model: must be one of auto, naive'],
    [{ h: 3, m: 0 }, 'm: '],
  ])('refuses %j', (options, message) => {
    expect(() => forecastPoints(air, options)).toThrow(message);
    expect(() => forecastPoints(air, options)).toThrow(InvalidInput);
    const wild = air.y.map((value, i) => (i % 2 ? 1 : -1) * 1e300 * (value / 1000));
    expect(() => forecastPoints({ t: air.t, y: wild }, { h: 1 })).toThrow('y: must lie within');
  });
});

describe('a season that is longer than the series', () => {
  const t = Float64Array.from({ length: 40 }, (_, i) => Date.UTC(2024, 0, 1 + i));
  const y = t.map((_, i) => 50 + (i % 7) + ((i * 5) % 3));

  it.each<PointModel>(['auto', 'ets', 'arima', 'holt-winters'])('is left out by %s', (model) => {
    const asked = forecast({ t, y }, { h: 7, m: 365, model });
    expect(asked.series.m).toBe(1);
    expect(codes(asked)).toContain('too-short-for-season');
    expect(asked.backtest!.origins).toBeGreaterThan(0);
    const without = forecast({ t, y }, { h: 7, m: 1, model });
    expect(asked.forecast).toEqual(without.forecast);
  });

  it('is repeated by the seasonal naive if it was seen once', () => {
    const asked = forecast({ t, y }, { h: 7, m: 30, model: 'seasonal-naive' });
    expect(asked.forecast.mean).toEqual(y.slice(10, 17));
  });
});

describe('many series', () => {
  const t = Float64Array.from({ length: 30 }, (_, i) => Date.UTC(2024, 0, 1 + i));
  const drafts = (count: number, model: PointModel): PointsDraft[] =>
    Array.from({ length: count }, (_, s) => {
      const random = createRandom(s + 1);
      const y = t.map(() => 10 ** (s % 3) * (5 + random() + random()));
      const draft = draftPoints({ t, y }, { h: 5, model });
      if (draft.status !== 'ok') throw new Error('no data');
      return structuredClone(draft);
    });

  it.each<PointModel>(['auto', 'theta'])(
    'share the widths of their intervals with %s, the same in any order',
    (model) => {
      const all = drafts(12, model);
      expect(new Set(all.map(poolName))).toEqual(new Set(['day, 5 steps']));
      const pool = poolPoints(all)!;
      const other = poolPoints(all.toReversed())!;
      for (const draft of all) {
        const result = finishPoints(draft, pool);
        expect(result.intervals).toEqual({ kind: 'conformal', series: 12 });
        expect(finishPoints(draft, other)).toEqual(result);
        const alone = finishPoints(draft);
        expect(alone.intervals.series).toBe(1);
        expect(alone.forecast.mean).toEqual(result.forecast.mean);
        expect(alone.forecast.intervals).not.toEqual(result.forecast.intervals);
      }
    },
  );

  it('learn nothing from each other where they are few, or the intervals are the model’s', () => {
    expect(poolPoints(drafts(9, 'theta'))).toBeNull();
    const [prophet] = drafts(1, 'prophet');
    expect(poolName(prophet!)).toBeNull();
    expect(finishPoints(prophet!).intervals).toEqual({ kind: 'model', series: 1 });
  });
});
