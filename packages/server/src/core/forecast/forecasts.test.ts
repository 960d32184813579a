import { isoDate, parseIsoDate } from '@kizashi/series';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestSettings } from '../../testing/notify.ts';
import { createRandom } from '../../testing/random.ts';
import { createCompute } from '../compute/worker-pool.ts';
import type { Measure, MeasureQuery } from '../measures/measure.ts';
import { forecastSchema } from './contract.ts';
import { createForecasts, type ForecastRequest } from './forecasts.ts';

const compute = createCompute({ threads: 1 });
afterAll(() => compute.stop());

const DAY = 86_400_000;
/** Wednesday 11 March 2026, 23:30 in Tokyo. */
const now = Date.parse('2026-03-11T14:30:00Z');
const forecasts = createForecasts({
  compute,
  settings: createTestSettings({ timeZone: 'Asia/Tokyo', weekStartsOn: 1 }),
  clock: { now: () => now },
});

/** A measure whose days are `daily(i)`, i days after `from`; weeks and months are sums. */
function measureOf(
  daily: (day: number) => number | null,
  { from = '2025-12-01', to = '2026-03-11', nonNegative = true } = {},
) {
  const asked: MeasureQuery[] = [];
  const measure: Measure = {
    id: 'test.sales',
    title: { en: 'Sales', ja: '売上' },
    unit: 'money',
    nonNegative,
    permission: 'sales.read',
    dimensions: ['country'],
    range: async () => ({ from, to }),
    async series(query) {
      asked.push(query);
      const t: string[] = [];
      const y: (number | null)[] = [];
      for (let day = parseIsoDate(query.from); day <= parseIsoDate(query.to); day++) {
        const date = isoDate(day);
        const isMonday = new Date(day * DAY).getUTCDay() === 1;
        const starts =
          query.bucket === 'day' || (query.bucket === 'week' ? isMonday : date.endsWith('-01'));
        const value = daily(day - parseIsoDate(from));
        if (starts) {
          t.push(date);
          y.push(value);
        } else y.push((y.pop() ?? 0) + (value ?? 0));
      }
      return { t, y };
    },
  };
  return { measure, asked };
}

const request = (measure: Measure, change: Partial<ForecastRequest> = {}): ForecastRequest => ({
  measure,
  horizon: 14,
  bucket: 'day',
  model: 'auto',
  levels: [0.95, 0.8],
  filters: {},
  ...change,
});
const weekly = (day: number) => 100 + 20 * (day % 7) + ((day * 37) % 5);

describe('a forecast', () => {
  it('is made from whole days before today and begins where they end', async () => {
    const { measure, asked } = measureOf(weekly);
    const filters = { country: ['Germany'] };
    const reply = await forecasts.forecast(request(measure, { filters }), 'en');
    expect(asked).toEqual([{ bucket: 'day', filters, from: '2025-12-01', to: '2026-03-10' }]);
    expect(reply.history.t.at(-1)).toBe('2026-03-10');
    expect(reply.t).toHaveLength(14);
    expect([reply.t[0], reply.t.at(-1)]).toEqual(['2026-03-11', '2026-03-24']);
    expect(reply).toMatchObject({ bucket: 'day', seasonLength: 7, measure: { id: 'test.sales' } });
    expect(() => forecastSchema.parse(reply)).not.toThrow();
  });

  it.each([
    ['week', '2026-03-02', '2026-03-09', '2025-12-01'],
    ['month', '2026-02-01', '2026-03-01', '2025-12-01'],
  ] as const)('of a %s leaves out the one that is running', async (bucket, last, next, first) => {
    const { measure } = measureOf(weekly);
    const reply = await forecasts.forecast(request(measure, { bucket, horizon: 3 }), 'en');
    expect(reply.history.t[0]).toBe(first);
    expect(reply.history.t.at(-1)).toBe(last);
    expect(reply.t[0]).toBe(next);
    expect(reply.mean).toHaveLength(3);
  });

  it('keeps to the period that was asked for', async () => {
    const { measure } = measureOf(weekly);
    const period = { from: '2026-01-05', to: '2026-02-15' };
    const reply = await forecasts.forecast(request(measure, period), 'en');
    expect([reply.history.t[0], reply.history.t.at(-1), reply.t[0]]).toEqual([
      '2026-01-05',
      '2026-02-15',
      '2026-02-16',
    ]);
  });

  it.each([
    ['ets', /^ETS\(/],
    ['theta', /Theta/],
    ['seasonal-naive', /naive/i],
  ] as const)('uses %s when told to', async (model, name) => {
    const { measure } = measureOf(weekly);
    const reply = await forecasts.forecast(request(measure, { model }), 'en');
    expect(reply.model).toMatch(name);
    expect(reply.backtest?.seasonalNaive.mae).toBeGreaterThan(0);
  });

  it('gives each level once, the widest last, lower below mean below upper', async () => {
    const { measure } = measureOf(weekly);
    const reply = await forecasts.forecast(request(measure, { levels: [0.95, 0.5, 0.95] }), 'en');
    expect(reply.intervals.map(({ level }) => level)).toEqual([0.5, 0.95]);
    const [narrow, wide] = reply.intervals;
    expect(wide!.width).toBeGreaterThan(narrow!.width);
    for (const [i, mean] of reply.mean.entries()) {
      expect(wide!.lower[i]).toBeLessThanOrEqual(mean);
      expect(wide!.upper[i]).toBeGreaterThanOrEqual(mean);
    }
  });

  it('measures itself against the seasonal naive', async () => {
    const { measure } = measureOf(weekly);
    const { backtest } = await forecasts.forecast(request(measure), 'en');
    expect(backtest!.horizon).toBe(14);
    expect(backtest!.folds).toBeGreaterThan(20);
    expect(backtest!.ratio).toBeCloseTo(backtest!.model.mae! / backtest!.seasonalNaive.mae!, 10);
  });

  it('stays above zero where the measure does, and only there', async () => {
    const falling = (day: number) => 100 - day;
    const at = (nonNegative: boolean) =>
      forecasts.forecast(
        request(measureOf(falling, { nonNegative }).measure, { horizon: 60, model: 'ets' }),
        'en',
      );
    const clamped = await at(true);
    expect(Math.min(...clamped.mean, ...clamped.intervals.flatMap(({ lower }) => lower))).toBe(0);
    expect(clamped.warnings.map(({ code }) => code)).toContain('clamped-at-zero');
    expect(Math.min(...(await at(false)).mean)).toBeLessThan(0);
  });

  it('warns in the language of whoever asks', async () => {
    const { measure } = measureOf((day) => (day % 3 === 1 ? null : weekly(day)));
    const [english, japanese] = await Promise.all([
      forecasts.forecast(request(measure), 'en'),
      forecasts.forecast(request(measure), 'ja'),
    ]);
    const of = (reply: typeof english) =>
      reply.warnings.find(({ code }) => code === 'missing-filled')?.message;
    expect(of(english)).toBe('33 of 100 values were missing and were filled in.');
    expect(of(japanese)).toBe('100 個のうち 33 個の欠損値を補いました。');
    expect(english.history.y[1]).toBeNull();
  });

  it.each([
    ['there are no data', { range: async () => undefined }, {}],
    ['no bucket is whole', {}, { bucket: 'month', from: '2026-03-02' }],
    ['the period ends before it begins', {}, { from: '2026-02-01', to: '2026-01-01' }],
    ['all values are missing', { series: async () => ({ t: ['2026-03-01'], y: [null] }) }, {}],
  ] as const)('says so when %s', async (_when, measureChange, change) => {
    const { measure } = measureOf(weekly);
    const asking = (locale: 'en' | 'ja') =>
      forecasts.forecast(request({ ...measure, ...measureChange }, change), locale);
    await expect(asking('ja')).rejects.toMatchObject({
      code: 'FORECAST_NO_HISTORY',
      status: 422,
      params: { measure: '売上' },
    });
    await expect(asking('en')).rejects.toMatchObject({ params: { measure: 'Sales' } });
  });

  it('stops when the caller has gone', async () => {
    const { measure } = measureOf(weekly);
    const gone = new AbortController();
    gone.abort(new Error('gone'));
    await expect(forecasts.forecast(request(measure), 'en', gone.signal)).rejects.toThrow('gone');
  });

  it.each([
    ['one value', { from: '2026-03-10' }, () => 5],
    ['two values', { from: '2026-03-09' }, (day: number) => day],
    ['ten values', { from: '2026-03-01' }, weekly],
    ['nothing but zeros', {}, () => 0],
    ['a constant', {}, () => 1234.5],
    ['huge values', {}, (day: number) => 1e12 + weekly(day)],
    ['tiny values', {}, (day: number) => 1e-9 * weekly(day)],
    ['a single peak', {}, (day: number) => (day === 50 ? 1e9 : 0)],
    ['mostly gaps', {}, (day: number) => (day % 9 === 0 ? 3 : null)],
    [
      'chance',
      {},
      (
        (random) => () =>
          random() * 1000
      )(createRandom(7)),
    ],
  ] as const)('of %s is JSON without a hole', async (_what, range, daily) => {
    for (const nonNegative of [true, false]) {
      const { measure } = measureOf(daily, { ...range, nonNegative });
      const reply = await forecasts.forecast(request(measure), 'ja');
      expect(forecastSchema.parse(JSON.parse(JSON.stringify(reply)))).toEqual(reply);
      const numbers = [
        ...reply.mean,
        ...reply.intervals.flatMap(({ lower, upper }) => [...lower, ...upper]),
      ];
      expect(numbers.every(Number.isFinite)).toBe(true);
      if (nonNegative) expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a check of the newest buckets', () => {
  it('gives each with what was expected of it', async () => {
    const { measure } = measureOf((day) => (day === 99 ? 5000 : weekly(day)));
    const points = await forecasts.check(
      { measure, bucket: 'day', filters: {} },
      { count: 2, level: 0.9 },
    );
    expect(points.map(({ t }) => t)).toEqual(['2026-03-09', '2026-03-10']);
    const [usual, odd] = points;
    expect(usual!.y).toBeLessThanOrEqual(usual!.expected!.upper);
    expect(odd!.y).toBe(5000);
    expect(odd!.expected!.upper).toBeLessThan(1000);
  });

  it('needs no forecast without a level', async () => {
    const { measure } = measureOf(weekly);
    const points = await forecasts.check({ measure, bucket: 'week', filters: {} }, { count: 1 });
    expect(points).toEqual([{ t: '2026-03-02', y: expect.any(Number), expected: null }]);
  });

  it('is empty without a whole bucket', async () => {
    const { measure } = measureOf(weekly, { from: '2026-03-05' });
    const check = { measure, bucket: 'month', filters: {} } as const;
    expect(await forecasts.check(check, { count: 3, level: 0.9 })).toEqual([]);
  });
});
