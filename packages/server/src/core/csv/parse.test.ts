import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvBatch, type CsvParserOptions, createCsvParser } from './parse.ts';

type Parsed = Omit<CsvBatch, 'suspect'>;

function parseAll(pieces: readonly string[], options: Partial<CsvParserOptions> = {}): Parsed {
  const parser = createCsvParser({ delimiter: ',', ...options });
  const whole: Parsed = { rows: [], lines: [], faults: [] };
  const add = (batch: CsvBatch | null) => {
    whole.rows.push(...(batch?.rows ?? []));
    whole.lines.push(...(batch?.lines ?? []));
    whole.faults.push(...(batch?.faults ?? []));
  };
  for (const piece of pieces) add(parser.push(piece));
  add(parser.end());
  return whole;
}

describe('createCsvParser', () => {
  it.each<[string, string, string[][]]>([
    ['no text at all', '', []],
    ['one cell', 'a', [['a']]],
    [
      'a last line without a line break',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['CRLF, LF and CR, mixed', 'a\r\nb\nc\rd', [['a'], ['b'], ['c'], ['d']]],
    ['empty cells at both ends', ',a,\n', [['', 'a', '']]],
    ['a last cell that is empty', 'a,', [['a', '']]],
    ['empty lines, left out', '\n\r\n\ra\n\n', [['a']]],
    ['a quoted empty line', '""\n', [['']]],
    ['delimiters in quotes', '"a,b",c', [['a,b', 'c']]],
    ['doubled quotes', '"say ""hi""",""""', [['say "hi"', '"']]],
    ['line breaks in quotes, kept as they are', '"a\r\nb\nc\rd",e', [['a\r\nb\nc\rd', 'e']]],
    ['a quote inside an unquoted cell', '5" pipe,a"b"\n', [['5" pipe', 'a"b"']]],
    ['a quote after a space', 'a, "b"', [['a', ' "b"']]],
    ['the end mark of DOS files', 'a\r\n\x1a', [['a']]],
  ])('reads %s', (_, text, rows) => {
    expect(parseAll([text])).toMatchObject({ rows, faults: [] });
  });

  it('takes other delimiters and quotes', () => {
    const { rows } = parseAll(["a\t'b\tc'\n"], { delimiter: '\t', quote: "'" });
    expect(rows).toEqual([['a', 'b\tc']]);
  });

  it('says on which physical line a row begins', () => {
    const text = 'h\r\n\r\n"x\ny\r\nz\rw"\rlast\n"q""\n"\nend';
    expect(parseAll([text]).lines).toEqual([1, 3, 7, 8, 10]);
  });

  it('rejects one line for a quote that is never closed, and reads the rest', () => {
    expect(parseAll(['a,b\n1,"2\n3,4\n5,6'])).toEqual({
      rows: [
        ['a', 'b'],
        ['3', '4'],
        ['5', '6'],
      ],
      lines: [1, 3, 4],
      faults: [{ line: 2, code: 'unterminated-quote', text: '1,"2' }],
    });
  });

  it('rejects one line for text after a closing quote, even when the row swallowed others', () => {
    expect(parseAll(['1,"2\n3,4\n5,"6"\n7,8'])).toEqual({
      rows: [
        ['3', '4'],
        ['5', '6'],
        ['7', '8'],
      ],
      lines: [2, 3, 4],
      faults: [{ line: 1, code: 'text-after-quote', text: '1,"2' }],
    });
  });

  it('rejects a row longer than allowed and goes on after it', () => {
    const long = 'x'.repeat(50);
    const { rows, lines, faults } = parseAll([`a\n${long}\nb\n"${long}\n${long}"\nc`], {
      maxRowChars: 40,
    });
    expect(rows).toEqual([['a'], ['b'], ['c']]);
    expect(lines).toEqual([1, 3, 6]);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [2, 'row-too-long'],
      [4, 'unterminated-quote'],
      [5, 'row-too-long'],
    ]);
  });

  it('marks batches that may hold NUL or replaced characters', () => {
    const suspect = (text: string) => {
      const parser = createCsvParser({ delimiter: ',' });
      parser.push(text);
      return parser.end().suspect;
    };
    expect([suspect('a,b'), suspect('a\0,b'), suspect('a,\uFFFD')]).toEqual([false, true, true]);
  });

  // Few different characters, so that quotes, delimiters and line breaks meet in every way.
  const messy = fc.string({
    unit: fc.constantFrom('a', 'あ', ',', '"', '\n', '\r'),
    maxLength: 60,
  });

  it('gives the same rows, lines and faults wherever the text is cut', () => {
    fc.assert(
      fc.property(
        messy,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 7 }),
        (text, maxRowChars, blockChars, pieceChars) => {
          const whole = parseAll([text], { maxRowChars });
          const pieces = text.match(new RegExp(`[^]{1,${pieceChars}}`, 'g')) ?? [];
          expect(parseAll(pieces, { maxRowChars, blockChars })).toEqual(whole);
        },
      ),
      { seed: 20250401, numRuns: 3000 },
    );
  });

  it('accounts for every physical line once, in order', () => {
    fc.assert(
      fc.property(messy, (text) => {
        const { lines, faults } = parseAll([text]);
        const starts = [...lines, ...faults.map(({ line }) => line)].sort((a, b) => a - b);
        expect(new Set(starts).size).toBe(starts.length);
        expect(lines).toEqual([...lines].sort((a, b) => a - b));
        const last = text.split(/\r\n|\n|\r/).length;
        expect(starts.every((line) => line >= 1 && line <= last)).toBe(true);
      }),
      { seed: 20250402, numRuns: 1000 },
    );
  });

  it('gives back what a plain writer wrote', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', ' ', '髙', '😀', ',', '"', '\n', '\r'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        (rows) => {
          const text = rows
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
            .join('\r\n');
          expect(parseAll([text])).toMatchObject({ rows, faults: [] });
        },
      ),
      { seed: 20250403, numRuns: 500 },
    );
  });

  it.each([
    ['one endless cell', 'x'],
    ['one endless quoted cell', '"x', 'x'],
    ['endless delimiters', ','],
    ['an endless cell of quotes', '"'],
    ['quotes opened on every line', '"\n', 'x\n'],
    ['odd quotes on every line', '"""x\n'],
    ['even quotes on every line', '""x\n', '"",""\n'],
  ])('keeps memory and time bounded on %s', (_, first, rest = first) => {
    const limit = 1 << 16;
    const parser = createCsvParser({ delimiter: ',', maxRowChars: limit, blockChars: limit });
    const piece = rest.repeat(Math.ceil(limit / rest.length));
    let longest = 0;
    let faults = 0;
    const look = (batch: CsvBatch | null) => {
      for (const row of batch?.rows ?? []) {
        longest = Math.max(
          longest,
          row.reduce((sum, cell) => sum + cell.length + 1, 0),
        );
      }
      faults += batch?.faults.length ?? 0;
    };
    parser.push(first);
    // 4 MB: with work quadratic in the input this would take minutes, not the test's time limit.
    for (let i = 0; i < 64; i++) look(parser.push(piece));
    look(parser.end());
    expect(longest).toBeLessThanOrEqual(limit + 1);
    expect(faults).toBeGreaterThan(0);
  });
});
