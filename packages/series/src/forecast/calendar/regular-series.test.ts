import { describe, expect, it } from 'vitest';
import { dayNumber, isoDate } from '../../calendar/day.ts';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { type RegularOptions, type RegularSeries, toRegularSeries } from './regular-series.ts';
import { stepLabel } from './time-step.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const at = (...texts: string[]) =>
  Float64Array.from(texts, (text) => Date.parse(text.includes('T') ? text : `${text}T00:00:00Z`));
const ones = (t: Float64Array) => t.map((_, i) => 1 + (i % 7));

function regular(t: Float64Array, options: RegularOptions = {}, y = ones(t)): RegularSeries {
  const result = toRegularSeries({ t, y }, options);
  if (result.status !== 'ok') throw new Error('no data');
  return result;
}

const dates = (t: Float64Array) => Array.from(t, (time) => isoDate(time / DAY));
const codes = ({ warnings }: { warnings: readonly { code: string }[] }) =>
  warnings.map(({ code }) => code);

/** n places made by `time`. */
const times = (n: number, time: (i: number) => number) =>
  Float64Array.from({ length: n }, (_, i) => time(i));

describe('the season of a series', () => {
  const wave = (n: number, m: number, size: number) => {
    const random = createRandom(7);
    return Float64Array.from(
      { length: n },
      (_, i) => 100 + size * Math.sin((2 * Math.PI * i) / m) + 4 * (random() + random() - 1),
    );
  };
  const of = (n: number, step: number, y: ReturnType<typeof wave>) =>
    regular(
      times(n, (i) => i * step),
      {},
      y,
    ).m;

  it('is found where it is long and smooth: a year of weeks, a day of ten minutes', () => {
    expect(of(520, 7 * DAY, wave(520, 52, 8))).toBe(52);
    expect(of(1152, HOUR / 6, wave(1152, 144, 20))).toBe(144);
  });

  it('is none in weeks and minutes that do not repeat', () => {
    expect(of(200, 7 * DAY, wave(200, 52, 0))).toBe(1);
    expect(of(1152, HOUR / 6, wave(1152, 144, 0))).toBe(1);
  });

  it('is that of the calendar for days and months, which models that choose for themselves may leave out', () => {
    expect(of(100, DAY, wave(100, 7, 0))).toBe(7);
    const months = times(60, (i) => Date.UTC(2020, i, 1));
    expect(regular(months, {}, wave(60, 12, 0)).m).toBe(12);
    expect(regular(months.slice(0, 23), {}, wave(23, 12, 0)).m).toBe(1);
  });
});

describe('the step of a series', () => {
  it.each<[string, Float64Array, number]>([
    ['minute', times(2000, (i) => i * 60_000), 1],
    ['15-minute', times(700, (i) => 5 * 60_000 + i * 15 * 60_000), 96],
    ['hour', times(600, (i) => i * HOUR), 24],
    ['6-hour', times(200, (i) => i * 6 * HOUR), 4],
    ['30-second', times(50, (i) => i * 30_000), 1],
    ['250-millisecond', times(50, (i) => i * 250), 1],
    ['day', times(100, (i) => i * DAY), 7],
    ['2-day', times(30, (i) => i * 2 * DAY), 1],
    ['business-day', times(100, (i) => (4 + 7 * Math.floor(i / 5) + (i % 5)) * DAY), 5],
    ['open-day', times(120, (i) => (3 + 7 * Math.floor(i / 6) + (i % 6)) * DAY), 6],
    ['week', times(30, (i) => 7 * i * DAY), 1],
    ['2-week', times(30, (i) => 14 * i * DAY), 1],
    ['month', times(60, (i) => Date.UTC(2010, i, 1)), 12],
    ['month', times(60, (i) => Date.UTC(2010, i + 1, 0)), 12],
    ['2-month', times(30, (i) => Date.UTC(2010, 2 * i, 15)), 6],
    ['quarter', times(40, (i) => Date.UTC(2010, 3 * i, 1)), 4],
    ['year', times(10, (i) => Date.UTC(2010 + i, 0, 1)), 1],
  ])('is a %s', (label, t, m) => {
    const pattern = t.map((_, i) => 10 * Math.sin((2 * Math.PI * i) / m) + 0.001 * i);
    const series = regular(t, {}, m === 1 ? ones(t) : pattern);
    expect(stepLabel(series.step)).toBe(label);
    expect([...series.t]).toEqual([...t]);
    expect(series.warnings).toEqual([]);
    if (m > 1) expect(series.m).toBe(m);
  });

  it('is the common distance of whole numbers', () => {
    const series = regular(Float64Array.of(641, 642, 644, 645), { timeKind: 'index', h: 2 });
    expect(series.step).toEqual({ unit: 'index', every: 1 });
    expect([...series.y]).toEqual([1, 2, NaN, 3, 4]);
    expect([...series.future.t]).toEqual([646, 647]);
  });

  it('survives gaps, and holes in them are missing or zero', () => {
    const t = at(
      '2024-01-01',
      '2024-01-02',
      '2024-01-04',
      '2024-01-05',
      '2024-01-06',
      '2024-01-07',
    );
    const series = regular(t);
    expect(stepLabel(series.step)).toBe('day');
    expect([...series.y]).toEqual([1, 2, NaN, 3, 4, 5, 6]);
    expect(series.warnings).toEqual([
      { code: 'gaps', message: '1 of 7 times has no value.', values: { gaps: 1, n: 7 } },
    ]);
    expect([...regular(t, { gaps: 'zero' }).y]).toEqual([1, 2, 0, 3, 4, 5, 6]);
  });

  it('is what a sensor with a wandering clock means', () => {
    const random = createRandom(1);
    const t = times(
      500,
      (i) => Date.UTC(2024, 0, 1) + i * 15 * 60_000 + Math.round(8000 * random()),
    );
    const series = regular(t);
    expect(stepLabel(series.step)).toBe('15-minute');
    expect(series.t[0]).toBe(Date.UTC(2024, 0, 1));
    expect(codes(series)).toEqual(['times-rounded']);
    expect(series.y).toEqual(ones(t));
  });

  it('is a week, a month or a business day although holidays move some dates', () => {
    const mondays = times(40, (i) => (4 + 7 * i + Number(i % 9 === 5)) * DAY);
    expect(stepLabel(regular(mondays).step)).toBe('week');
    expect(codes(regular(mondays))).toEqual(['times-rounded']);
    const lastBusinessDay = times(30, (i) => {
      let day = dayNumber(2020, 2 + i, 0);
      while ([0, 6].includes(new Date(day * DAY).getUTCDay())) day--;
      return day * DAY;
    });
    const monthly = regular(lastBusinessDay, { h: 2 });
    expect(monthly.step).toEqual({ unit: 'month', every: 1, monthDay: 'end' });
    expect(dates(monthly.future.t)).toEqual(['2022-07-31', '2022-08-31']);
  });

  it('is made where there is none, and says so', () => {
    const random = createRandom(2);
    let time = Date.UTC(2024, 0, 1);
    const t = times(200, () => (time += Math.round((0.2 + 2 * random()) * DAY)));
    const series = regular(t, { combine: 'sum' });
    expect(stepLabel(series.step)).toBe('day');
    expect(codes(series)).toContain('irregular-times');
    const total = (values: Float64Array) =>
      values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
    expect(total(series.y)).toBe(total(ones(t)));
  });

  it('can be chosen', () => {
    const t = times(90, (i) => Date.UTC(2024, 0, 1 + i));
    const series = regular(
      t,
      { step: 'month', combine: 'sum', h: 1 },
      new Float64Array(90).fill(1),
    );
    expect([...series.y]).toEqual([31, 29, 30]);
    expect(dates(series.future.t)).toEqual(['2024-04-01']);
    expect(() => regular(t, { step: 'moon' as 'month' })).toThrow('step: must be one of second');
  });
});

describe('the times that follow', () => {
  it.each<[string, string[], number, string[]]>([
    [
      'ends of months',
      ['2023-10-31', '2023-11-30', '2023-12-31'],
      3,
      ['2024-01-31', '2024-02-29', '2024-03-31'],
    ],
    ['the 30th', ['2023-11-30', '2023-12-30', '2024-01-30'], 2, ['2024-02-29', '2024-03-30']],
    ['quarters', ['2023-03-31', '2023-06-30', '2023-09-30'], 2, ['2023-12-31', '2024-03-31']],
    ['years', ['2020-02-29', '2021-02-28', '2022-02-28'], 2, ['2023-02-28', '2024-02-29']],
    ['weeks', ['2024-01-01', '2024-01-08', '2024-01-15'], 2, ['2024-01-22', '2024-01-29']],
  ])('keep to %s', (_, past, h, expected) => {
    expect(dates(regular(at(...past), { h }).future.t)).toEqual(expected);
  });

  it('leave out weekends, and holidays where the past did', () => {
    const christmas = dayNumber(2023, 12, 25);
    const newYear = dayNumber(2024, 1, 1);
    const closedDays = [christmas, newYear, dayNumber(2023, 11, 23), dayNumber(2023, 9, 4)];
    const trading = times(130, (i) => dayNumber(2023, 7, 3) + i)
      .filter((day) => ![0, 6].includes(new Date(day * DAY).getUTCDay()))
      .filter((day) => !closedDays.includes(day))
      .map((day) => day * DAY);
    const until = (options: RegularOptions) =>
      dates(regular(trading, { h: 40, ...options }).future.t);
    expect(until({})).toContain('2023-12-25');
    const kept = until({ closedDays });
    expect(kept).not.toContain('2023-12-25');
    expect(kept).not.toContain('2024-01-01');
    expect(kept.slice(0, 2)).toEqual(['2023-11-10', '2023-11-13']);
    expect(codes(regular(trading, { closedDays }))).toEqual(['closed-days']);
    expect(codes(regular(trading))).toEqual(['gaps']);
    // A shop that is open on holidays has no closed days.
    const open = times(200, (i) => (4 + 7 * Math.floor(i / 5) + (i % 5)) * DAY);
    expect(codes(regular(open, { closedDays: [open[30]! / DAY, open[77]! / DAY] }))).toEqual([]);
  });

  it('begin days where the zone does, summer time included', () => {
    const berlin = times(60, (i) => Date.UTC(2024, 2, 1 + i) - (i > 30 ? 2 : 1) * HOUR);
    const series = regular(berlin, { timeZone: 'Europe/Berlin', h: 1 });
    expect(stepLabel(series.step)).toBe('day');
    expect(series.warnings).toEqual([]);
    expect(series.future.t[0]).toBe(Date.UTC(2024, 3, 29, 22));
    const tokyo = times(30, (i) => Date.UTC(2024, i, 1) - 9 * HOUR);
    const months = regular(tokyo, { timeZone: 'Asia/Tokyo', h: 1 });
    expect(stepLabel(months.step)).toBe('month');
    expect(new Date(months.future.t[0]!).toISOString()).toBe('2026-06-30T15:00:00.000Z');
  });

  it('keep the time of day', () => {
    const t = times(20, (i) => Date.UTC(2024, 0, 1 + i, 9, 30));
    expect(regular(t, { h: 1 }).future.t[0]).toBe(Date.UTC(2024, 0, 21, 9, 30));
  });
});

describe('rows', () => {
  const t = at('2024-01-02', '2024-01-01', '2024-01-02', '2024-01-03');
  it.each([
    ['mean', 20],
    ['sum', 40],
    ['last', 30],
    ['first', 10],
    ['min', 10],
    ['max', 30],
  ] as const)('of the same time are combined: %s', (combine, expected) => {
    const series = regular(t, { combine }, Float64Array.of(10, 5, 30, 7));
    expect([...series.y]).toEqual([5, expected, 7]);
    expect(codes(series)).toEqual(['rows-out-of-order', 'duplicates-combined']);
  });

  it('without a time are left out, and infinite values count as missing', () => {
    const series = regular(
      Float64Array.of(0, NaN, DAY, 2 * DAY, 3 * DAY),
      {},
      Float64Array.of(1, 2, Infinity, 3, 4),
    );
    expect([...series.y]).toEqual([1, NaN, 3, 4]);
    expect(codes(series)).toEqual(['rows-without-time', 'gaps']);
  });

  it('behind the last value give the future of the other columns', () => {
    const days = times(5, (i) => i * DAY);
    const y = Float64Array.of(1, 2, 3, NaN, NaN);
    const price = Float64Array.of(10, 11, 12, 13, 14);
    const series = toRegularSeries({ t: days, y, x: { price } }, { h: 3 });
    expect(series).toMatchObject({ status: 'ok', x: { price: Float64Array.of(10, 11, 12) } });
    if (series.status !== 'ok') return;
    expect(series.future.x.price).toEqual(Float64Array.of(13, 14, NaN));
    expect(codes(series)).toEqual(['rows-without-values']);
    const more = toRegularSeries(
      { t: days, y, x: { price } },
      { h: 3, future: { t: Float64Array.of(5 * DAY), x: { price: Float64Array.of(15) } } },
    );
    expect(more.status === 'ok' && more.future.x.price).toEqual(Float64Array.of(13, 14, 15));
  });

  it('of the future must not lie in the past', () => {
    const future = { t: Float64Array.of(2 * DAY) };
    expect(() =>
      regular(
        times(5, (i) => i * DAY),
        { h: 1, future },
      ),
    ).toThrow('future.t[0]: ');
  });
});

describe('toRegularSeries', () => {
  it('has an answer where there is nothing', () => {
    const none = new Float64Array(0);
    expect(toRegularSeries({ t: none, y: none })).toMatchObject({
      status: 'no-data',
      warnings: [{ code: 'empty' }],
    });
    const t = Float64Array.of(0, DAY);
    expect(toRegularSeries({ t, y: Float64Array.of(NaN, NaN) })).toMatchObject({
      status: 'no-data',
      warnings: [{ code: 'all-missing' }],
    });
    expect(regular(Float64Array.of(DAY), { h: 2 }).future.t).toEqual(
      Float64Array.of(2 * DAY, 3 * DAY),
    );
  });

  it('refuses what cannot be meant', () => {
    const t = times(10, (i) => i * DAY);
    expect(() => regular(t, { h: 1_000_000 })).toThrow(
      'h: must be a whole number from 0 to 100000',
    );
    expect(() => regular(t, { m: 0 })).toThrow(InvalidInput);
    expect(() => regular(t, { timeZone: 'Mars' })).toThrow('timeZone: ');
    expect(() => toRegularSeries({ t, y: t.subarray(1) })).toThrow('y: must hold 10 values');
    expect(() => toRegularSeries({ t, y: t, x: { a: t.subarray(1) } })).toThrow('x.a: ');
    expect(() => regular(Float64Array.of(0.5, 1))).toThrow('t[0]: must be a time in whole');
    expect(() => regular(Float64Array.of(0, 8e15), { step: 'second' })).toThrow('step: must leave');
  });

  it('takes a million rows in its stride', () => {
    const n = 1_000_000;
    const series = regular(
      times(n, (i) => i * 60_000),
      { h: 1 },
    );
    expect(series.t.length).toBe(n);
    expect(stepLabel(series.step)).toBe('minute');
  });
});
