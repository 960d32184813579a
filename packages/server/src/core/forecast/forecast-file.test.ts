import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ForecastPointsOptions } from '@kizashi/series';
import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../testing/random.ts';
import type { Locale } from '../errors.ts';
import { seriesLayoutSchema } from '../series-source/contract.ts';
import type { EventDay } from './contract.ts';
import { forecastFile } from './forecast-file.ts';
import { readEvents } from './read-events.ts';
import type { FileForecast } from './series-forecast.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-forecast-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(lines: readonly string[]): string {
  const file = join(folder, `${files++}.csv`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

interface Asked extends Partial<Omit<ForecastPointsOptions, 'future'>> {
  readonly layout?: Record<string, unknown>;
  readonly country?: string;
  readonly future?: string;
  readonly locale?: Locale;
  readonly events?: readonly EventDay[];
  readonly threads?: number;
  readonly worthThreadsMs?: number;
  readonly pooled?: boolean;
  readonly stopSignal?: () => AbortSignal;
}

async function forecastOf(lines: readonly string[], asked: Asked = {}) {
  const { layout = {}, country, future, locale = 'en', h = 3, ...rest } = asked;
  const { events, threads, worthThreadsMs, pooled, stopSignal, ...forecast } = rest;
  const found: Record<string, FileForecast> = {};
  const progress: unknown[] = [];
  const summary = await forecastFile({
    file: fileOf(lines),
    layout: seriesLayoutSchema.parse({ exogenous: [], ...layout }),
    forecast: { h, ...forecast },
    ...(events && { events }),
    ...(threads && { threads }),
    ...(pooled !== undefined && { pooled }),
    ...(worthThreadsMs !== undefined && { worthThreadsMs }),
    ...(stopSignal && { stopSignal }),
    progress: (...told) => progress.push(told),
    ...(country !== undefined && { country }),
    ...(future !== undefined && { future }),
    onSeries: (id, tell) => {
      found[id] = tell(locale);
    },
  });
  return { found, summary, progress };
}

const day = (i: number) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const week = (i: number) => 10 + (i % 7) + (i % 3) / 10;
const daily = (n: number, value: (i: number) => number | string = week) =>
  Array.from({ length: n }, (_, i) => `${day(i)},${value(i)}`);

describe('a forecast of a file', () => {
  it('gives each series its model, mean, intervals and back-test', async () => {
    const lines = ['shop,date,sales'];
    for (let i = 0; i < 60; i++)
      lines.push(`north,${day(i)},${week(i)}`, `south,${day(i)},${5 * week(i)}`);
    const { found, summary } = await forecastOf(lines, {
      layout: { id: 'shop', time: 'date', y: 'sales' },
      levels: [0.8, 0.95],
      h: 7,
    });
    expect(summary).toEqual({ series: 2, rowsRejected: 0 });
    expect(Object.keys(found)).toEqual(['north', 'south']);
    const { north, south } = found;
    expect(north).toMatchObject({ step: 'day', season: 7, n: 60 });
    expect(north!.t.slice(0, 2)).toEqual(['2024-03-01', '2024-03-02']);
    expect(Object.keys(north!.lower)).toEqual(['80', '95']);
    expect(north!.backtest).toMatchObject({ h: 7, coverage: { '80': expect.any(Number) } });
    north!.mean.forEach((mean, i) => {
      expect(Math.abs(mean - week(60 + i))).toBeLessThan(1);
      expect(north!.lower['95']![i]!).toBeLessThanOrEqual(north!.lower['80']![i]!);
      expect(Math.abs(south!.mean[i]! / mean - 5)).toBeLessThan(0.3);
    });
  });

  it('finds the column that names the series, and takes a number of the row for none', async () => {
    const rows = ['a', 'b'].flatMap((id) => daily(20).map((row) => `${id},${row}`));
    expect(Object.keys((await forecastOf(['id,date,y', ...rows])).found)).toEqual(['a', 'b']);
    const counted = daily(20).map((row, i) => `${i},${row}`);
    expect(Object.keys((await forecastOf(['id,date,y', ...counted])).found)).toEqual(['y']);
  });

  it('combines rows of the same time as asked, and says what was changed in both languages', async () => {
    const lines = ['date,sales', ...daily(30), ...daily(30)];
    const summed = await forecastOf(lines, { combine: 'sum', model: 'seasonal-naive' });
    expect(summed.found.y!.mean[0]).toBeCloseTo(2 * week(30 - 7), 9);
    expect(summed.found.y!.warnings.map(({ code }) => code).slice(0, 2)).toEqual([
      'rows-out-of-order',
      'duplicates-combined',
    ]);
    const japanese = await forecastOf(lines, { model: 'seasonal-naive', locale: 'ja' });
    expect(japanese.found.y!.warnings[1]!.message).toContain('日時が重複する 30 行');
  });

  it('puts rows in order of time and says so, whatever order they came in', async () => {
    const { found } = await forecastOf(['date,sales', ...daily(40)]);
    const backwards = await forecastOf(['date,sales', ...daily(40).toReversed()]);
    expect(backwards.found.y!.mean).toEqual(found.y!.mean);
    expect(found.y!.warnings.map(({ code }) => code)).not.toContain('rows-out-of-order');
    expect(backwards.found.y!.warnings[0]).toMatchObject({
      code: 'rows-out-of-order',
      message: '39 rows stood behind a later time and were put in order.',
    });
  });

  it('takes years as they are written, unless months stand beside them', async () => {
    const rows = Array.from({ length: 25 }, (_, i) => `${1990 + i},${100 + 3 * i}`);
    for (const head of ['year,sales', '年度,売上']) {
      const { found } = await forecastOf([head, ...rows], { h: 2 });
      expect(found.y!.t).toEqual([2015, 2016]);
    }
    const months = rows.map((row, i) => `${1 + (i % 12)},${row}`);
    expect((await forecastOf(['month,year,sales', ...months])).found.y).toMatchObject({
      step: 'month',
      t: ['2014-02-01', '2014-03-01', '2014-04-01'],
    });
  });

  it('asks which column is meant where several could be, also where one is called b', async () => {
    const rows = daily(20).map((row) => `${row},5,7`);
    await expect(forecastOf(['date,a,b,c', ...rows])).rejects.toMatchObject({
      code: 'SERIES_NO_VALUES',
    });
  });

  it('lets prophet learn the holidays of a country, and leaves them out of business days', async () => {
    const lines = ['date,sales', ...daily(800, (i) => (day(i).endsWith('-01-01') ? 90 : week(i)))];
    const made = await forecastOf(lines, { model: 'prophet', country: 'JP', h: 2 });
    const { components } = made.found.y as Extract<FileForecast, { components?: unknown }>;
    expect(Object.keys(components!)).toContain("New Year's Day");
    const closed = new Set(['2024-01-01', '2024-01-08', '2024-02-12', '2024-02-23']);
    const open = daily(66).filter((line) => {
      const text = line.slice(0, 10);
      return ![0, 6].includes(new Date(text).getUTCDay()) && !closed.has(text);
    });
    const business = await forecastOf(['date,sales', ...open], { country: 'JP', h: 12 });
    expect(business.found.y).toMatchObject({ step: 'business-day' });
    expect(business.found.y!.t).toContain('2024-03-19');
    expect(business.found.y!.t).not.toContain('2024-03-20');
  });

  it('takes exogenous columns, with their future in rows without a value or in a second file', async () => {
    const price = (i: number) => (i * 7) % 5;
    const rows = (from: number, to: number, known: boolean) =>
      Array.from({ length: to - from }, (_, k) => {
        const i = from + k;
        return `${day(i)},${known ? 100 - 9 * price(i) + (i % 2) : ''},${price(i)}`;
      });
    const asked = { layout: { y: 'sales', exogenous: ['price'] }, model: 'arima' as const };
    const head = 'date,sales,price';
    const inside = await forecastOf([head, ...rows(0, 50, true), ...rows(50, 53, false)], asked);
    expect(Math.abs(inside.found.y!.mean[1]! - (100 - 9 * price(51)))).toBeLessThan(2);
    const future = fileOf(['date,price', ...[50, 51, 52].map((i) => `${day(i)},${price(i)}`)]);
    const beside = await forecastOf([head, ...rows(0, 50, true)], { ...asked, future });
    expect(beside.found.y!.mean[1]).toBeCloseTo(inside.found.y!.mean[1]!, 9);
    const past = fileOf(['date,price', `${day(3)},1`]);
    await expect(
      forecastOf([head, ...rows(0, 50, true)], { ...asked, future: past }),
    ).rejects.toMatchObject({ code: 'FORECAST_FUTURE_IN_PAST', status: 400 });
  });

  it('tells of a series that cannot be forecast beside those that can', async () => {
    const lines = [
      'id,date,y',
      ...daily(20).map((row) => `a,${row}`),
      `b,${day(0)},`,
      `c,${day(0)},1e300`,
    ];
    const { found } = await forecastOf(lines, { layout: { id: 'id', time: 'date', y: 'y' } });
    expect(found.a!.mean).toHaveLength(3);
    expect(found.b).toMatchObject({ model: null, mean: [], warnings: [{ code: 'all-missing' }] });
    expect(found.c).toMatchObject({ model: null, warnings: [{ code: 'values-refused' }] });
  });

  it.each<[string, readonly string[], Asked, string, number]>([
    ['no steps', daily(9), { h: 0 }, 'FORECAST_OPTION_INVALID', 400],
    ['a million steps', daily(9), { h: 1_000_000 }, 'FORECAST_OPTION_INVALID', 400],
    ['a season of 0', daily(9), { m: 0 }, 'FORECAST_OPTION_INVALID', 400],
    [
      'logistic growth without a limit',
      daily(9),
      { model: 'prophet', additive: { growth: 'logistic' } },
      'FORECAST_OPTION_INVALID',
      400,
    ],
    ['an unknown country', daily(9), { country: 'XX' }, 'FORECAST_COUNTRY_UNKNOWN', 400],
    ['a missing column', daily(9), { layout: { y: 'nope' } }, 'SERIES_COLUMN_UNKNOWN', 400],
    [
      'nothing but gaps',
      daily(9, () => ''),
      { layout: { y: 'sales' } },
      'FORECAST_FILE_NO_VALUES',
      422,
    ],
    [
      'future rows without columns',
      daily(9),
      { future: '/nowhere' },
      'FORECAST_OPTION_INVALID',
      400,
    ],
  ])('refuses %s', async (_, rows, asked, code, status) => {
    await expect(forecastOf(['date,sales', ...rows], asked)).rejects.toMatchObject({
      code,
      status,
    });
  });

  it.each(['auto', 'ets'] as const)('tells how far one series is: %s', async (model) => {
    const { progress } = await forecastOf(['date,sales', ...daily(60)], { model });
    const shares = (progress as [number][]).map(([share]) => share);
    expect(shares.filter((share) => share > 0.1 && share < 1).length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  describe('of many series', () => {
    /** Twelve short series with errors of their own, and two of months: too few to learn from each other. */
    const random = createRandom(11);
    const shops = Array.from({ length: 12 }, (_, s) =>
      daily(40, (i) => 100 * (s + 1) + 10 * week(i) + 30 * random()).map((row) => `s${s},${row}`),
    );
    const months = ['u', 'v'].map((name) =>
      Array.from({ length: 40 }, (_, i) => {
        const date = new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10);
        return `${name},${date},${50 + 9 * random()}`;
      }),
    );
    const all = [...shops, ...months];
    const head = 'shop,date,sales';
    const asked = { layout: { id: 'shop' }, h: 7, levels: [0.8, 0.95] };

    it('learns widths of intervals from those of one step together, and says so', async () => {
      const together = (await forecastOf([head, ...all.flat()], asked)).found;
      const alone = (await forecastOf([head, ...all.flat()], { ...asked, pooled: false })).found;
      expect(Object.keys(together)).toEqual(Object.keys(alone));
      for (const [id, one] of Object.entries(together)) {
        const own = alone[id]!;
        if (one.model === null || own.model === null) throw new Error('all have values');
        expect(one.mean).toEqual(own.mean);
        expect(own.intervals).toEqual({ kind: 'conformal', series: 1 });
        if (['u', 'v'].includes(id)) {
          expect(one).toEqual(own);
          continue;
        }
        expect(one.intervals).toEqual({ kind: 'conformal', series: 12 });
        expect(one.upper['95']).not.toEqual(own.upper['95']);
        one.mean.forEach((mean, i) => {
          const { lower, upper } = one;
          expect(lower['95']![i]!).toBeLessThanOrEqual(lower['80']![i]!);
          expect(lower['80']![i]!).toBeLessThanOrEqual(mean);
          expect(upper['80']![i]!).toBeGreaterThanOrEqual(mean);
          expect(upper['95']![i]!).toBeGreaterThanOrEqual(upper['80']![i]!);
        });
      }
    });

    it('gives the same numbers in every order of the series, by one thread and by two', async () => {
      const { found } = await forecastOf([head, ...all.flat()], asked);
      const backwards = all.toReversed().flat();
      const others = await forecastOf([head, ...backwards], {
        ...asked,
        threads: 2,
        worthThreadsMs: 0,
      });
      expect(Object.keys(others.found)).toEqual(Object.keys(found).toReversed());
      expect(others.found).toEqual(found);
    });
  });

  it('is the same from threads as from one, in the order of the file, and tells how far it is', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `s${(i * 17) % 40}`);
    const lines = [
      'shop,date,sales',
      ...names.flatMap((name, s) => daily(24, (i) => week(i) + s).map((row) => `${name},${row}`)),
    ];
    const one = await forecastOf(lines, { model: 'theta' });
    const several = await forecastOf(lines, { model: 'theta', threads: 2, worthThreadsMs: 0 });
    expect(several).toEqual(one);
    expect(Object.keys(several.found)).toEqual(names);
    expect(several.progress.at(-1)).toEqual([1, '40 / 40']);
    const wrong = { model: 'prophet', threads: 2, worthThreadsMs: 0 } as const;
    await expect(
      forecastOf(lines, { ...wrong, additive: { growth: 'logistic' } }),
    ).rejects.toMatchObject({ code: 'FORECAST_OPTION_INVALID' });
  });

  it('ends when its threads are stopped', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `s${i}`);
    const lines = [
      'shop,date,sales',
      ...names.flatMap((name) => daily(60).map((row) => `${name},${row}`)),
    ];
    const stop = new AbortController();
    const running = forecastOf(lines, {
      ...{ model: 'ses', threads: 2, worthThreadsMs: 0 },
      stopSignal: () => {
        queueMicrotask(() => stop.abort());
        return stop.signal;
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('lets prophet learn events of a file, each with its window', async () => {
    const sale = new Set([40, 110, 200, 300]);
    const lines = [
      'date,sales',
      ...daily(300, (i) => week(i) + (sale.has(i) || sale.has(i - 1) ? 50 : 0)),
    ];
    const file = fileOf([
      '日付,名称,window',
      ...[...sale].map((i) => `${day(i)},特売,${i === 40 ? '-0:1' : ''}`),
    ]);
    const events = await readEvents(file);
    expect(events[0]).toEqual({ date: day(40), name: '特売', window: '-0:1' });
    const { found } = await forecastOf(lines, { model: 'prophet', events });
    const { mean, components } = found.y as Extract<FileForecast, { components?: unknown }>;
    expect(Object.keys(components!)).toContain('特売');
    expect(mean[0]).toBeGreaterThan(45);
    expect(mean[1]).toBeGreaterThan(45);
    expect(mean[2]).toBeLessThan(25);
  });

  it('refuses events that cannot be read, or that the model does not know', async () => {
    const refused = (lines: readonly string[]) => readEvents(fileOf(lines)).catch((error) => error);
    expect((await refused(['date,name', '2024-01-01,a', 'x,b'])).text('ja')).toContain('3 行目');
    expect((await refused(['date,name,window', '2024-01-01,a,much'])).message).toContain('-1:3');
    expect((await refused(['when,what', '2024-01-01,a'])).code).toBe('FORECAST_EVENTS_INVALID');
    const events = [{ date: '2024-01-05', name: 'sale' }];
    await expect(forecastOf(['date,sales', ...daily(30)], { events })).rejects.toMatchObject({
      code: 'FORECAST_EVENTS_UNUSED',
    });
  });

  it('says why no series could be forecast in the reader’s language', async () => {
    const lines = ['date,sales', `${day(0)},`, `${day(1)},`];
    const failed = await forecastOf(lines, { layout: { y: 'sales' } }).catch((error) => error);
    expect(failed.text('en')).toContain('nothing can be forecast');
    expect(failed.text('ja')).toContain('予測できません');
    expect(failed.text('ja')).not.toContain('nothing');
  });
});
