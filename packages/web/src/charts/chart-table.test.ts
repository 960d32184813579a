import { describe, expect, it } from 'vitest';
import { type ChartTable, sortedRows, tableCsv } from './chart-table.ts';

const text = String;
const table: ChartTable = {
  columns: [
    { key: 'name', title: 'Product, name', text, numeric: false },
    { key: 'revenue', title: 'Revenue', text, numeric: true },
  ],
  rows: [
    ['White "mug"', 10.5],
    ['=HYPERLINK("http://x")', -3],
    ['赤い傘\n大', null],
  ],
};

describe('a table as CSV', () => {
  it('quotes what needs it and disarms what a spreadsheet would run', () => {
    expect(tableCsv(table)).toBe(
      '"Product, name",Revenue\r\n' +
        '"White ""mug""",10.5\r\n' +
        '"\'=HYPERLINK(""http://x"")",-3\r\n' +
        '"赤い傘\n大",\r\n',
    );
  });

  it.each(['+1', '-1', '@x', '\tx', '＝1'])('disarms text that begins like %j', (cell) => {
    expect(tableCsv({ columns: [], rows: [[cell]] })).toContain(`'${cell}`);
  });

  it('is only the heading when there is nothing', () => {
    expect(tableCsv({ ...table, rows: [] })).toBe('"Product, name",Revenue\r\n');
  });
});

describe('sorting', () => {
  const rows = [
    ['b', 2],
    ['a10', null],
    ['a9', 1],
  ] as const;

  it('leaves rows as they come without an order', () => {
    expect(sortedRows(rows, null, 'en')).toBe(rows);
  });

  it('orders numbers by size with undefined ones last in both directions', () => {
    const by = (descending: boolean) =>
      sortedRows(rows, { column: 1, descending }, 'en').map((row) => row[1]);
    expect(by(false)).toEqual([1, 2, null]);
    expect(by(true)).toEqual([2, 1, null]);
  });

  it('orders text as people do, with numbers inside by size', () => {
    expect(sortedRows(rows, { column: 0, descending: false }, 'en').map((row) => row[0])).toEqual([
      'a9',
      'a10',
      'b',
    ]);
  });
});
