import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteDecoder } from './decode.ts';
import { createCsvParser } from './parse.ts';
import { type CsvCell, type CsvWriterOptions, createCsvWriter } from './write.ts';

function write(rows: CsvCell[][], options: CsvWriterOptions = { encoding: 'utf-8' }): string {
  const encoding = options.encoding === 'shift_jis' ? 'shift_jis' : 'utf-8';
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(
    createCsvWriter(options).write(rows),
  );
}

describe('createCsvWriter', () => {
  it('quotes what must be quoted and nothing else', () => {
    const row = ['plain', 'a,b', 'say "hi"', 'two\nlines', ' edge', 'a;b', ''];
    expect(write([row])).toBe('plain,"a,b","say ""hi""","two\nlines"," edge",a;b,\r\n');
    expect(write([['a,b', 'a;b']], { encoding: 'utf-8', delimiter: ';' })).toBe('a,b;"a;b"\r\n');
  });

  it('writes numbers, booleans and missing values plainly', () => {
    const row = [-5, 1.5, 1e21, 12n, true, null, undefined, Number.NaN, Number.POSITIVE_INFINITY];
    expect(write([row])).toBe('-5,1.5,1e+21,12,true,,,,\r\n');
  });

  it('begins with a byte order mark once, and only where Excel needs it', () => {
    const writer = createCsvWriter();
    expect([...writer.write([['a']])]).toEqual([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a]);
    expect([...writer.write([['b']])]).toEqual([0x62, 0x0d, 0x0a]);
  });

  it('leaves formulas alone when the export is raw', () => {
    expect(write([['=1+1']], { encoding: 'utf-8', raw: true })).toBe('=1+1\r\n');
  });

  it('counts cells, not characters, that CP932 cannot hold', () => {
    const writer = createCsvWriter({ encoding: 'shift_jis' });
    writer.write([
      ['😀😀', 'ok'],
      ['é', '髙'],
    ]);
    writer.write([['한']]);
    expect(writer.replacedCells).toBe(3);
  });

  it.each(['utf-8', 'utf-8-bom', 'shift_jis'] as const)(
    'writes in %s what the parser reads back, cut into any pieces',
    (encoding) => {
      const cell = fc.string({
        unit: fc.constantFrom('a', '1', ' ', ',', ';', '\t', '"', '\n', '\r', '=', '漢', 'ﾐ', '～'),
        maxLength: 6,
      });
      const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
      const delimiter = fc.constantFrom(',', ';', '\t', '|');
      const cut = fc.integer({ min: 1, max: 9 });
      fc.assert(
        fc.property(table, delimiter, cut, (rows, separator, size) => {
          const bytes = createCsvWriter({ encoding, delimiter: separator, raw: true }).write(rows);
          const decoder = createByteDecoder(encoding === 'shift_jis' ? 'shift_jis' : 'utf-8');
          const parser = createCsvParser({ delimiter: separator });
          for (let i = 0; i < bytes.length; i += size) {
            parser.push(decoder.write(bytes.subarray(i, i + size)));
          }
          parser.push(decoder.end());
          expect(parser.end()).toMatchObject({ rows, faults: [] });
        }),
        { seed: 20250410, numRuns: 400 },
      );
    },
  );
});
