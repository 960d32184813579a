import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isoDate } from '@kizashi/series';
import { afterAll, describe, expect, it } from 'vitest';
import { seriesLayoutSchema } from './contract.ts';
import { readFileSeries } from './file-series.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-joined-time-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Times and values of the only series of a table, times as days, or as ISO texts. */
async function read(lines: readonly string[], layout: Record<string, unknown> = {}) {
  const file = join(folder, 'table.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const reading = await readFileSeries(file, seriesLayoutSchema.parse(layout));
  try {
    const [series] = [...reading.each()];
    const { t, y, timeKind } = series!;
    const times = Array.from(t, (time) =>
      timeKind === 'date' ? isoDate(time / 86_400_000) : new Date(time).toISOString(),
    );
    return { times, y: [...y], rejected: reading.rowsRejected };
  } finally {
    reading.close();
  }
}

describe('times in several columns', () => {
  it.each([
    ['months', 'year,month,sales', ['2024,11', '2024,12'], ['2024-11-01', '2024-12-01']],
    ['Japanese months', '年,月,売上', ['2024年,3月', '2024年,4月'], ['2024-03-01', '2024-04-01']],
    ['named months', 'Year,Month,sales', ['2024,Jan', '2024,Feb'], ['2024-01-01', '2024-02-01']],
    ['quarters', 'year,quarter,gdp', ['2024,3', '2024,Q4'], ['2024-07-01', '2024-10-01']],
    ['days', 'day,month,year,y', ['9,5,2024', '10,5,2024'], ['2024-05-09', '2024-05-10']],
  ])('are joined where nothing else is a time: %s', async (_, head, rows, times) => {
    const found = await read([head, ...rows.map((row, i) => `${row},${10 + i}`)]);
    expect(found).toEqual({ times, y: [10, 11], rejected: 0 });
  });

  it.each([
    ['date,time,y', ['2024-05-09,9:00', '2024-05-09,10:00']],
    ['日付,時,y', ['2024/5/9,9', '2024/5/9,10']],
  ])('are a date and a time of day: %s', async (head, rows) => {
    const found = await read([head, ...rows.map((row) => `${row},1`)]);
    expect(found.times).toEqual(['2024-05-09T09:00:00.000Z', '2024-05-09T10:00:00.000Z']);
  });

  it('are those that were named, and rows without a part are rejected', async () => {
    const lines = ['date,y1,m1,v', 'x,2024,1,5', 'x,2024,,6', 'x,2024,2,7'];
    const found = await read(lines, { time: 'y1,m1', y: 'v' });
    expect(found).toEqual({ times: ['2024-01-01', '2024-02-01'], y: [5, 7], rejected: 1 });
  });

  it('are left alone beside a column of dates, and where they are used for something else', async () => {
    const dated = await read(['date,year,month,y', '2024-05-31,2024,5,1', '2024-06-30,2024,6,2']);
    expect(dated.times).toEqual(['2024-05-31', '2024-06-30']);
    const lines = ['year,month,y', '2023,1,5', '2024,1,6'];
    const byMonth = await read(lines, { id: 'month', time: 'year', y: 'y' });
    expect(byMonth.y).toEqual([5, 6]);
  });

  it('names the column that does not exist', async () => {
    await expect(read(['year,m,y', '2024,1,2'], { time: 'year,month' })).rejects.toMatchObject({
      code: 'SERIES_COLUMN_UNKNOWN',
      message: expect.stringContaining('“month”'),
    });
  });
});

describe('times written as numbers', () => {
  it.each([
    ['days of a spreadsheet', 'date,y', ['44197', '４４１９８'], ['2021-01-01', '2021-01-02']],
    ['months', 'yyyymm,y', ['202312', '202401'], ['2023-12-01', '2024-01-01']],
  ])('are read where a column is called so: %s', async (_, head, cells, times) => {
    expect((await read([head, ...cells.map((cell) => `${cell},1`)])).times).toEqual(times);
  });

  it("are a spreadsheet's days with their time, in the zone of the file", async () => {
    const lines = ['日時,y', '44197,1', '44197.5,2'];
    expect((await read(lines, { timeZone: 'Asia/Tokyo' })).times).toEqual([
      '2020-12-31T15:00:00.000Z',
      '2021-01-01T03:00:00.000Z',
    ]);
  });

  it.each(['1700000000', '1700000000000'])(
    'are seconds or milliseconds since 1970: %s',
    async (t) => {
      expect((await read(['t,y', `${t},1`])).times).toEqual(['2023-11-14T22:13:20.000Z']);
    },
  );
});
