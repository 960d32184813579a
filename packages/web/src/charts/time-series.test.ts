import { describe, expect, it } from 'vitest';
import { palettes } from './palette.ts';
import { knownSince, type TimeSeries, timeSeriesRows } from './time-series.ts';
import { timeSeriesOption } from './time-series-option.ts';
import { rowText, timeSeriesTable, tipLines } from './time-series-words.ts';

const day = 86_400_000;
const start = Date.UTC(2011, 11, 7);
const style = { unit: 'money', currency: 'GBP', language: 'en' } as const;
const words = {
  date: 'Date',
  actual: 'Revenue',
  previous: 'Before',
  forecast: 'Forecast',
  lastDay: 'Last day',
  band: (i: number) => `band ${i}`,
  bandLower: (i: number) => `band ${i} from`,
  bandUpper: (i: number) => `band ${i} to`,
};
/** Three days, the period before with a gap, and a forecast of the two days after. */
const series: TimeSeries = {
  bucket: 'day',
  actual: { t: ['2011-12-07', '2011-12-08', '2011-12-09'], y: [10, 20, 5] },
  previous: { t: ['2011-12-04', '2011-12-05', '2011-12-06'], y: [1, null, 3] },
  forecast: {
    t: ['2011-12-10', '2011-12-11'],
    mean: [12, 14],
    bands: [
      { level: 0.8, lower: [8, 9], upper: [16, 19] },
      { level: 0.95, lower: [-2, 0], upper: [26, 28] },
    ],
  },
  lastDay: '2011-12-09',
};

function option(rows = timeSeriesRows(series), zoomFrom?: string) {
  return timeSeriesOption({
    rows,
    style,
    palette: palettes.light,
    words,
    lastDay: '2011-12-09',
    zoomFrom,
    tip: () => ({}) as HTMLElement,
  });
}

function line(id: string, from = option()) {
  const all = from.series as { id: string; data: [number, number | null][]; stack?: string }[];
  return all.find((one) => one.id === id)!;
}

describe('the rows of a time series', () => {
  it('hold actual values, the period before by position, and the forecast after them', () => {
    const rows = timeSeriesRows(series);
    expect(rows.map((row) => row.t)).toEqual([
      '2011-12-07',
      '2011-12-08',
      '2011-12-09',
      '2011-12-10',
      '2011-12-11',
    ]);
    expect(rows[0]).toEqual({
      t: '2011-12-07',
      actual: 10,
      previous: 1,
      previousT: '2011-12-04',
      mean: null,
      bands: [null, null],
      marked: false,
    });
    expect(rows[3]).toMatchObject({ actual: null, mean: 12, bands: [{ lower: 8, upper: 16 }, {}] });
  });

  it('keep both numbers of a bucket that is not finished: what is there so far and what is expected', () => {
    const rows = timeSeriesRows({
      ...series,
      forecast: { t: ['2011-12-09'], mean: [15], bands: [] },
    });
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatchObject({ actual: 5, mean: 15 });
  });

  it('are none when nothing is known', () => {
    expect(timeSeriesRows({ bucket: 'day', actual: { t: [], y: [] } })).toEqual([]);
  });

  it('carry marks', () => {
    const rows = timeSeriesRows({ ...series, marks: ['2011-12-08'] });
    expect(rows.map((row) => row.marked)).toEqual([false, true, false, false, false]);
  });
});

describe('what is known since the first day with data', () => {
  const weeks = { t: ['2011-11-21', '2011-11-28', '2011-12-05'], y: [0, 7, 0] };

  it('leaves out buckets that ended before it and keeps the one that holds it', () => {
    expect(knownSince(weeks, '2011-11-30').y).toEqual([null, 7, 0]);
    expect(knownSince(weeks, '2011-11-28').y).toEqual([null, 7, 0]);
    expect(knownSince(weeks, '2011-11-27').y).toEqual([0, 7, 0]);
  });

  it('keeps everything when the data began earlier', () => {
    expect(knownSince(weeks, '2010-12-01')).toEqual(weeks);
  });
});

describe('the drawing of a time series', () => {
  it('is the same for the same input', () => {
    expect(JSON.stringify(option())).toBe(JSON.stringify(option()));
  });

  it('gives every line a point per row, so that an index means the same everywhere', () => {
    for (const one of option().series as { data: unknown[] }[]) expect(one.data).toHaveLength(5);
  });

  it('joins the forecast to the last actual value', () => {
    expect(line('mean').data).toEqual([
      [start, null],
      [start + day, null],
      [start + 2 * day, 5],
      [start + 3 * day, 12],
      [start + 4 * day, 14],
    ]);
  });

  it('stacks the width of a band on its lower bound, widest band first', () => {
    const ids = (option().series as { id: string }[]).map((one) => one.id);
    expect(ids.slice(0, 4)).toEqual([
      'band-1-lower',
      'band-1-width',
      'band-0-lower',
      'band-0-width',
    ]);
    expect(line('band-1-lower').data.map(([, y]) => y)).toEqual([null, null, 5, -2, 0]);
    expect(line('band-1-width').data.map(([, y]) => y)).toEqual([null, null, 0, 28, 28]);
    expect(line('band-1-lower').stack).toBe(line('band-1-width').stack);
    expect(line('band-0-lower').stack).not.toBe(line('band-1-lower').stack);
  });

  it('has a slider only where it begins in the middle', () => {
    expect(option().dataZoom).toBeUndefined();
    expect(option(timeSeriesRows(series), '2011-12-08').dataZoom).toMatchObject([
      { type: 'slider', startValue: start + day },
    ]);
  });

  it('never moves', () => {
    expect(option().animation).toBe(false);
  });

  it('copes with nothing to draw', () => {
    expect((option([]).series as { data: unknown[] }[]).every((one) => one.data.length === 0)).toBe(
      true,
    );
  });
});

describe('the words of a time series', () => {
  const rows = timeSeriesRows(series);

  it('leave out what is not known', () => {
    expect(tipLines(rows[1]!, words, style, 'day')).toEqual([
      { look: 'actual', label: 'Revenue', value: '£20.00' },
    ]);
    expect(tipLines(rows[3]!, words, style, 'day').map(({ look, value }) => [look, value])).toEqual(
      [
        ['forecast', '£12.00'],
        ['band', '£8.00 – £16.00'],
        ['wide-band', '-£2.00 – £26.00'],
      ],
    );
  });

  it('read as one sentence', () => {
    expect(rowText(rows[0]!, words, style, 'day')).toBe(
      'Wed, Dec 7, 2011, Revenue £10.00, Before (Sun, Dec 4, 2011) £1.00',
    );
  });

  it('fill a table with raw values', () => {
    const table = timeSeriesTable(rows, words, style, 'day');
    expect(table.columns.map((column) => column.title)).toEqual([
      'Date',
      'Revenue',
      'Before',
      'Forecast',
      'band 0 from',
      'band 0 to',
      'band 1 from',
      'band 1 to',
    ]);
    expect(table.rows[3]).toEqual(['2011-12-10', null, null, 12, 8, 16, -2, 26]);
    expect(table.columns[1]!.text(null)).toBe('–');
  });

  it('leave out columns that would be empty', () => {
    const bare = timeSeriesRows({ bucket: 'day', actual: series.actual });
    const table = timeSeriesTable(bare, words, style, 'day');
    expect(table.columns.map((column) => column.key)).toEqual(['date', 'actual']);
  });
});
