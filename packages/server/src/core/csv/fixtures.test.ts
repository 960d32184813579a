import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ColumnRuleInput, type ColumnType, valueFormatSchema } from './contract.ts';
import { type DetectedFile, detectCsv } from './detect.ts';
import { createRowReader, type RowBatch } from './read-rows.ts';
import type { CellValue } from './value/cell.ts';
import { createCsvWriter } from './write.ts';

// fixtures/ORIGIN.md says where these come from.
interface Expected {
  files: {
    file: string;
    encoding: string;
    delimiter: string;
    columns: { name: string; type: ColumnType }[];
    rows: (string | number | null)[][];
  }[];
  rowErrors: {
    file: string;
    spec: { columns: Record<string, Omit<ColumnRuleInput, 'name' | 'index'>> };
    expected: {
      rowsRead: number;
      accepted: number[];
      acceptedOrderIds: number[];
      errors: unknown[];
    };
  };
  typeInference: { file: string; expected: Record<string, string> };
  export: { cells: [string, string][]; cp932Unmappable: string[]; cp932Mappable: string[] };
}

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
const expected: Expected = JSON.parse(fixture('expected.json').toString());

function detected(file: string): DetectedFile {
  const found = detectCsv(fixture(file));
  if ('binary' in found) throw new Error(`${file} was taken for ${found.binary}`);
  return found;
}

function readAll(file: string, found: DetectedFile, rules: ColumnRuleInput[]): RowBatch {
  const reader = createRowReader({
    encoding: found.encoding,
    delimiter: found.delimiter,
    hasHeader: found.hasHeader,
    width: found.columns.length,
    rules,
    format: valueFormatSchema.parse({ backslashIsYen: found.encoding === 'shift_jis' }),
  });
  expect(reader.write(fixture(file))).toBeNull();
  return reader.end();
}

describe.each(expected.files)('$file', ({ file, encoding, delimiter, columns, rows }) => {
  it('is recognised without any choice of a person', () => {
    const found = detected(file);
    expect(found.encoding).toBe(encoding.replace(' (cp932)', ''));
    expect(found.delimiter).toBe(delimiter.replace('tab', '\t'));
    expect(found).toMatchObject({ hasHeader: true, invalidCount: 0, encodingCertain: true });
    expect(found.columns.map(({ name, type }) => ({ name, type }))).toEqual(columns);
  });

  it('is read cell for cell', () => {
    const found = detected(file);
    const batch = readAll(
      file,
      found,
      found.columns.map(({ name, index, type }) => ({ name, index, type })),
    );
    expect(batch.rejected).toEqual([]);
    const currency = columns.map(({ type }) => type === 'currency');
    const units = (value: CellValue, i: number) =>
      currency[i] && typeof value === 'number' ? value / 10_000 : value;
    // Two tables exist for the wave dash of EUC-JP; the fixture's note accepts both.
    const oneDash = (value: CellValue) =>
      typeof value === 'string' && encoding === 'euc-jp'
        ? value.replaceAll('\u301c', '\uff5e').replaceAll('\u2212', '\uff0d')
        : value;
    expect(batch.rows.map((row) => row.map(units).map(oneDash))).toEqual(
      rows.map((row) => row.map(oneDash)),
    );
  });
});

describe(expected.rowErrors.file, () => {
  const { file, spec, expected: wanted } = expected.rowErrors;
  const found = detected(file);
  const rules = found.columns.map(({ name, index }) => ({
    name,
    index,
    ...spec.columns[name]!,
  }));
  const batch = readAll(file, found, rules);

  it('reports every error with line, column, code and value', () => {
    expect(batch.rejected.flatMap(({ errors }) => errors)).toEqual(wanted.errors);
  });

  it('accepts the good rows and skips the empty line', () => {
    expect(batch.rowsRead).toBe(wanted.rowsRead);
    expect(batch.lines).toEqual(wanted.accepted);
    expect(batch.rows.map(([orderId]) => orderId)).toEqual(wanted.acceptedOrderIds);
  });
});

describe(expected.typeInference.file, () => {
  const { file, expected: wanted } = expected.typeInference;

  it('gives every column the expected type', () => {
    const types = detected(file).columns.map(({ name, type }) => [name, type]);
    const wantedTypes = Object.entries(wanted).map(([name, text]) => [name, /^\w+/.exec(text)![0]]);
    expect(types).toEqual(wantedTypes);
  });

  it('reads the values behind the types', () => {
    const found = detected(file);
    const rules = found.columns.map(({ name, index, type }) => ({ name, index, type }));
    const { rows } = readAll(file, found, rules);
    const column = (name: string) =>
      rows.map((row) => row[rules.findIndex((r) => r.name === name)]);
    expect(column('code')).toEqual(['001', '002', '010']);
    expect(column('flag')).toEqual([true, false, true]);
    expect(column('pct')).toEqual([0.125, 0.07, 1]);
    expect(column('amount')).toEqual([1234.5, -5, -200]);
    expect(column('jdate')).toEqual(['2025-04-01', '2025-04-02', '2025-12-31']);
    expect(column('ts')).toEqual([
      Date.UTC(2025, 3, 1, 9),
      Date.UTC(2025, 3, 1, 9, 30),
      Date.UTC(2025, 3, 2),
    ]);
    expect(column('blank')).toEqual([null, null, null]);
  });
});

describe('export', () => {
  const { cells, cp932Mappable, cp932Unmappable } = expected.export;

  it.each(cells)('writes %j as %j', (text, written) => {
    const bytes = createCsvWriter({ encoding: 'utf-8' }).write([[text]]);
    expect(new TextDecoder().decode(bytes)).toBe(`${written.replace(' (a number)', '')}\r\n`);
  });

  it('writes to CP932 what it holds, and ? with a count for what it lacks', () => {
    const writer = createCsvWriter({ encoding: 'shift_jis' });
    const bytes = writer.write([cp932Mappable, cp932Unmappable]);
    expect(writer.replacedCells).toBe(cp932Unmappable.length);
    expect(new TextDecoder('shift_jis').decode(bytes)).toBe(
      `${cp932Mappable.join(',')}\r\n${cp932Unmappable.map(() => '?').join(',')}\r\n`,
    );
  });
});
