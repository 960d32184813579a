import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createCp932Encoder } from '../../../core/csv/cp932.ts';
import { AppError } from '../../../core/errors.ts';
import { seriesLayoutSchema } from '../../../core/series-source/contract.ts';
import { columnsOf } from '../../../core/series-source/layout.ts';
import { openFile } from '../../../core/series-source/open-file.ts';
import { readSeries } from '../../../core/series-source/read-series.ts';
import type { ValidationReport } from '../contract.ts';
import { validateFile } from './validate.ts';

const folder = mkdtempSync(join(tmpdir(), 'kizashi-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Uint8Array, name = 'draws.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Series by name: times and values. */
async function seriesOf(content: string | Uint8Array, layout: object = {}) {
  const choices = seriesLayoutSchema.parse(layout);
  const source = await openFile(fileOf(content), choices);
  const columns = columnsOf(source, choices);
  const read = await readSeries(source, columns);
  const found = Object.fromEntries(
    [...read.spool.drain()].map(({ series, t, y, x }) => {
      const { loto, uniqueId } = read.names[series]!;
      return [`${loto}/${uniqueId}`, { t: [...t], y: [...y], x: x.map((column) => [...column]) }];
    }),
  );
  read.spool.close();
  return { found, columns, read };
}

function validate(content: string | Uint8Array, layout: object = {}): Promise<ValidationReport> {
  return validateFile(fileOf(content), seriesLayoutSchema.parse(layout), 'en');
}

const day = (text: string): number => Date.parse(text);

describe('the layouts that draws come in', () => {
  const expected = {
    'draws/N1': { t: [day('2024-06-26'), day('2024-06-28')], y: [1, 7] },
    'draws/N2': { t: [day('2024-06-26'), day('2024-06-28')], y: [1, 10] },
    'draws/N3': { t: [day('2024-06-26'), day('2024-06-28')], y: [4, 12] },
  };

  it.each([
    [
      'a list in brackets',
      '回号,抽せん日,当せん番号\n第1回,2024年6月26日,"[1, 1, 4]"\n第2回,2024年6月28日,"[7, 10, 12]"\n',
    ],
    [
      'a list under any name, with the number of the draw beside it',
      '回号,日付,当たり\n第1回,令和6年6月26日,01 01 04\n第2回,令和6年6月28日,07 10 12\n',
    ],
    ['a list with spaces', 'draw,date,numbers\n1,2024/6/26,01 01 04\n2,2024/6/28,07 10 12\n'],
    [
      'separate columns',
      'draw,date,第1数字,第2数字,第3数字\n1,2024-06-26,1,1,4\n2,2024-06-28,7,10,12\n',
    ],
    [
      'long form under Japanese names',
      '回号,日付,名前,値\n1,2024-06-26,N1,1\n1,2024-06-26,N2,1\n1,2024-06-26,N3,4\n2,2024-06-28,N1,7\n2,2024-06-28,N2,10\n2,2024-06-28,N3,12\n',
    ],
    [
      'long form',
      'draw,ds,unique_id,y\n1,2024-06-26,N1,1\n1,2024-06-26,N2,1\n1,2024-06-26,N3,4\n2,2024-06-28,N1,7\n2,2024-06-28,N2,10\n2,2024-06-28,N3,12\n',
    ],
  ])('%s', async (_, text) => {
    const { found, columns } = await seriesOf(text);
    for (const [name, { t, y }] of Object.entries(expected)) {
      expect(found[name]).toMatchObject({ t, y, x: [[1, 2]] });
    }
    expect(columns.exogenous).toHaveLength(1);
  });

  it('keeps amounts and counters beside the numbers, in Shift_JIS as well', async () => {
    const text =
      '回号,日付,当選番号,キャリーオーバー\n第641回,2024年6月26日,07 10 12,"410,892,875円"\n';
    const { bytes } = createCp932Encoder()(text);
    const { found, columns } = await seriesOf(bytes);
    expect(columns.exogenous.map(({ name }) => name)).toEqual(['回号', 'キャリーオーバー']);
    expect(found['draws/N2']).toEqual({
      t: [day('2024-06-26')],
      y: [10],
      x: [[641], [410_892_875]],
    });
  });

  it('names bonus numbers, and prefers the columns that were chosen', async () => {
    const text = 'date,N1,N2,ボーナス数字\n2024-01-01,3,5,9\n';
    expect(Object.keys((await seriesOf(text)).found)).toEqual(['draws/N1', 'draws/N2', 'draws/B1']);
    const chosen = await seriesOf(text, { series: ['N2'], name: 'mine' });
    expect(Object.keys(chosen.found)).toEqual(['mine/N2']);
  });
});

describe('a validation report', () => {
  it('counts what is wrong and stores nothing', async () => {
    const report = await validate(
      'unique_id,ds,y\na,2024-01-03,3\na,2024-01-01,1\na,2024-01-02,\na,2024-01-02,9\na,2024-01-10,5\na,,7\na,2024-01-11,abc\nb,2024-01-01,4\nb,2024-02-01,4\n',
    );
    expect(report).toMatchObject({
      rowsRead: 9,
      rowsRejected: 2,
      seriesCount: 2,
      points: 6,
      missing: 1,
      duplicates: 1,
      unsorted: 1,
      gaps: 1,
      constantSeries: 1,
      range: { from: day('2024-01-01'), to: day('2024-02-01') },
    });
    expect(report.rejected.map(({ line, code }) => [line, code])).toEqual([
      [7, 'required'],
      [8, 'not-a-number'],
    ]);
  });

  it('tells a wrong date in a short file, and reads the rest', async () => {
    const report = await validate('ds,y\n2026-01-01,1\n2026-13-02,2\n2026-01-03,3\n');
    expect(report).toMatchObject({ rowsRead: 3, rowsRejected: 1, timeKind: 'date', points: 2 });
    expect(report.rejected[0]).toMatchObject({
      line: 3,
      code: 'invalid-date',
      value: '2026-13-02',
    });
  });

  it.each([
    ['day', Array.from({ length: 30 }, (_, i) => i)],
    ['week', Array.from({ length: 30 }, (_, i) => i * 7)],
    ['weekdays', [0, 3, 7, 10, 14, 17, 21, 24, 28]],
    ['2 day', [0, 2, 4, 6, 8, 10]],
    ['none', [0]],
  ])('knows the frequency %s', async (frequency, days) => {
    const rows = days.map(
      (d) => `${new Date(day('2024-01-01') + d * 86_400_000).toISOString().slice(0, 10)},${d}`,
    );
    const report = await validate(`ds,y\n${rows.join('\n')}\n`);
    expect(Object.keys(report.frequencies)).toEqual([frequency]);
    expect(report.mixedFrequencies).toBe(false);
  });

  it('takes a column called y for the values, even where all of them are missing', async () => {
    const report = await validate('unique_id,ds,y\na,2024-01-01,\na,2024-01-02,\n');
    expect(report).toMatchObject({ points: 2, missing: 2, rowsRejected: 0 });
  });

  it('says when frequencies are mixed', async () => {
    const report = await validate('id,t,y\na,1,1\na,2,1\nb,1,1\nb,4,2\n', { id: 'id' });
    expect(report).toMatchObject({ timeKind: 'index', mixedFrequencies: true });
  });
});

describe('files that cannot be read', () => {
  it.each([
    ['', {}, 'SERIES_FILE_EMPTY'],
    ['ds,y\n', {}, 'SERIES_FILE_EMPTY'],
    ['a,b\nx,y\n', {}, 'SERIES_NO_TIME'],
    ['ds,name\n2024-01-01,x\n', {}, 'SERIES_NO_VALUES'],
    ['回号,日付\n第1回,2024-01-01\n第2回,2024-01-02\n', {}, 'SERIES_NO_VALUES'],
    ['ds,y\nsoon,1\nlater,2\n', {}, 'SERIES_TIME_UNREADABLE'],
    ['ds,y\n2026-01-01,1\nlater,2\n', {}, 'SERIES_TIME_UNREADABLE'],
    ['ds,y\n2024-01-01,1\n', { time: 'when' }, 'SERIES_COLUMN_UNKNOWN'],
    ['ds,y\n2024-01-01,1\n', { time: 'ds', y: 'ds' }, 'SERIES_COLUMN_TWICE'],
    ['ds,y\n2024-01-01,x\n', { y: 'y' }, 'SERIES_NOTHING_READ'],
    [new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), {}, 'SERIES_FILE_BINARY'],
    ['PAR1 but no Parquet', {}, 'SERIES_PARQUET_UNREADABLE'],
  ])('%j', async (content, layout, code) => {
    await expect(validate(content, layout)).rejects.toMatchObject({ code });
  });

  it('are told apart from any other file, whatever it holds', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '1',
        '-2.5',
        'NaN',
        'inf',
        '1e308',
        '2024-01-01',
        '2024年6月26日',
        '第3回',
        '',
      ),
      fc.constantFrom(
        '"',
        'a"b',
        '[1, 2]',
        '07 10',
        ' ',
        '\u0000',
        '９',
        '1,000円',
        '9'.repeat(400),
      ),
      fc.string({ maxLength: 12 }),
    );
    const row = fc.array(cell, { minLength: 1, maxLength: 5 }).map((cells) => cells.join(','));
    const header = fc.constantFrom('ds,y', 'unique_id,ds,y', 'date,numbers', 't,N1,N2', 'x', '');
    const file = fc
      .tuple(header, fc.array(row, { maxLength: 30 }))
      .map((parts) => parts.flat().join('\n'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(file, fc.string({ maxLength: 400 })), async (text) => {
        try {
          const report = await validate(Buffer.from(text));
          expect(report.points).toBeGreaterThan(0);
          expect(report.rowsRead).toBeGreaterThanOrEqual(report.rowsRejected);
          expect(JSON.stringify(report)).not.toContain('undefined');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).status).toBe(400);
        }
      }),
      { seed: 20_261_122, numRuns: 400 },
    );
  });
});
