import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ColumnRuleInput,
  columnTypes,
  delimiters,
  encodings,
  valueFormatSchema,
} from './contract.ts';
import { detectCsv } from './detect.ts';
import { createRowReader, type ReadRowsOptions, type RowBatch, readRows } from './read-rows.ts';

const format = valueFormatSchema.parse({});
const rules: ColumnRuleInput[] = [
  { name: 'id', index: 0, type: 'integer', required: true },
  { name: 'name', index: 1, type: 'text' },
];
const options: ReadRowsOptions = {
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  width: 2,
  rules,
  format,
};

async function collect(source: Uint8Array[], read: ReadRowsOptions): Promise<RowBatch[]> {
  const batches: RowBatch[] = [];
  for await (const batch of readRows(source, read)) batches.push(batch);
  return batches;
}

describe('createRowReader', () => {
  const read = (text: string, changed: Partial<ReadRowsOptions> = {}) => {
    const reader = createRowReader({ ...options, ...changed });
    reader.write(Buffer.from(text));
    return reader.end();
  };

  it('separates good rows from rejected ones, each with its line', () => {
    const batch = read('id,name\n1,a\nx,b\n\n3,"c\nd"\n4,"e"f\n5,g\n');
    expect(batch.rows).toEqual([
      [1, 'a'],
      [3, 'c\nd'],
      [5, 'g'],
    ]);
    expect(batch.lines).toEqual([2, 5, 8]);
    expect(batch.rejected).toEqual([
      {
        line: 3,
        cells: ['x', 'b'],
        errors: [{ line: 3, column: 'id', code: 'not-a-number', value: 'x' }],
      },
      {
        line: 7,
        cells: ['4,"e"f'],
        errors: [{ line: 7, column: null, code: 'text-after-quote', value: null }],
      },
    ]);
    expect(batch.rowsRead).toBe(5);
  });

  it('skips rows in which nothing stands', () => {
    expect(read('id,name\n,\n  \n1,\n').rows).toEqual([[1, null]]);
  });

  it('reads a file without a header from its first line', () => {
    expect(read('1,a\n', { hasHeader: false })).toMatchObject({ rows: [[1, 'a']], lines: [1] });
  });

  it('has nothing to say about an empty file', () => {
    expect(read('')).toMatchObject({ rows: [], rejected: [], rowsRead: 0 });
  });

  it('rejects rows with bytes that are no text in the encoding, and only those', () => {
    const reader = createRowReader(options);
    reader.write(Buffer.from('id,name\n1,caf\xe9\n2,ok\n', 'latin1'));
    const { rows, rejected } = reader.end();
    expect(rows).toEqual([[2, 'ok']]);
    expect(rejected[0]!.errors[0]).toMatchObject({
      line: 2,
      column: 'name',
      code: 'invalid-characters',
    });
  });
});

describe('readRows', () => {
  it('yields batch after batch, with running counts', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `${i},n${i}\n`).join('');
    const bytes = Buffer.from(`id,name\n${rows}`);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, i) =>
      bytes.subarray(i * 1000, (i + 1) * 1000),
    );
    const batches = await collect(pieces, { ...options, blockChars: 4096 });
    expect(batches.length).toBeGreaterThan(5);
    expect(batches.flatMap((batch) => batch.rows.map(([id]) => id))).toEqual(
      Array.from({ length: 3000 }, (_, i) => i),
    );
    expect(batches.flatMap((batch) => batch.lines)).toEqual(
      Array.from({ length: 3000 }, (_, i) => i + 2),
    );
    expect(batches.at(-1)).toMatchObject({ bytesRead: bytes.length, rowsRead: 3000 });
    const counts = batches.map((batch) => batch.rowsRead);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('stops reading the source when the consumer stops', async () => {
    let taken = 0;
    function* source() {
      for (; taken < 1000; taken++) yield Buffer.from(`${'1,a\n'.repeat(64)}`);
    }
    for await (const _ of readRows(source(), { ...options, blockChars: 256 })) break;
    expect(taken).toBeLessThan(5);
  });
});

describe('hostile input', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    // Bytes that mean something somewhere: quotes, delimiters, line breaks, lead and trail bytes, zeros.
    fc
      .array(fc.constantFrom(0, 0x0a, 0x0d, 0x22, 0x2c, 0x31, 0x5c, 0x82, 0xa0, 0xe3, 0xef, 0xff), {
        maxLength: 300,
      })
      .map((values) => Uint8Array.from(values)),
  );

  it('never stops detection, and what is detected can be read', () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (file, truncated) => {
        const found = detectCsv(file, { truncated });
        if ('binary' in found) return;
        const reader = createRowReader({
          ...options,
          encoding: found.encoding,
          delimiter: found.delimiter,
          hasHeader: found.hasHeader,
          width: found.columns.length,
          rules: found.columns.map(({ name, index, type }) => ({ name, index, type })),
        });
        reader.write(file);
        const { rows, rejected, rowsRead } = reader.end();
        expect(rows.length + rejected.length).toBe(rowsRead);
      }),
      { seed: 20250411, numRuns: 1500 },
    );
  });

  it('gives the same rows for every cut of the bytes, in every encoding', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom(...encodings, 'auto' as const),
        fc.constantFrom(...delimiters),
        fc.constantFrom(...columnTypes),
        fc.integer({ min: 1, max: 40 }),
        (file, encoding, delimiter, type, size) => {
          const setup: ReadRowsOptions = {
            ...options,
            encoding,
            delimiter,
            width: 1,
            rules: [{ name: 'c', index: 0, type }],
            maxRowChars: 50,
          };
          const all = (blockChars: number, pieceBytes: number) => {
            const reader = createRowReader({ ...setup, blockChars });
            const batches: RowBatch[] = [];
            for (let i = 0; i < file.length; i += pieceBytes) {
              const batch = reader.write(file.subarray(i, i + pieceBytes));
              if (batch !== null) batches.push(batch);
            }
            batches.push(reader.end());
            return {
              rows: batches.flatMap((batch) => batch.rows),
              lines: batches.flatMap((batch) => batch.lines),
              rejected: batches.flatMap((batch) => batch.rejected),
              rowsRead: batches.at(-1)!.rowsRead,
            };
          };
          expect(all(size, size)).toEqual(all(1 << 18, Math.max(file.length, 1)));
        },
      ),
      { seed: 20250412, numRuns: 1500 },
    );
  });
});
