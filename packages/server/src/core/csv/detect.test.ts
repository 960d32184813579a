import { describe, expect, it } from 'vitest';
import { type DetectedFile, type DetectOptions, detectCsv } from './detect.ts';

function detect(text: string | Uint8Array, options: DetectOptions = {}): DetectedFile {
  const found = detectCsv(typeof text === 'string' ? Buffer.from(text) : text, options);
  if ('binary' in found) throw new Error(`taken for ${found.binary}`);
  return found;
}

describe('detectCsv', () => {
  it('describes each column with its name, type and samples', () => {
    const found = detect('id,when,total\nA,2025-04-01,£1.50\nB,2025-04-02,£2\nB,2025-04-02,£2\n');
    expect(found.columns).toMatchObject([
      { index: 0, name: 'id', type: 'text', samples: ['A', 'B'] },
      { index: 1, name: 'when', type: 'date', samples: ['2025-04-01', '2025-04-02'] },
      { index: 2, name: 'total', type: 'currency', currency: 'GBP', samples: ['£1.50', '£2'] },
    ]);
    expect(found.preview[0]).toEqual(['A', '2025-04-01', '£1.50']);
    expect(found.previewLines).toEqual([2, 3, 4]);
  });

  it.each([
    ['names', 'name,qty\nx,1\n', true],
    ['text only', 'name,town\nx,y\n', true],
    ['a number', 'x,1\ny,2\n', false],
    ['a date', 'x,04/11/2025\ny,05/11/2025\n', false],
    ['a code with leading zeros', 'x,001\ny,002\n', false],
    ['the same text twice', 'x,x\ny,z\n', false],
    ['nothing', '', false],
  ])('sees whether the first row, with %s, is a header', (_, text, hasHeader) => {
    expect(detect(text).hasHeader).toBe(hasHeader);
  });

  it('gives every column a name of its own', () => {
    const names = (text: string, options?: DetectOptions) =>
      detect(text, options).columns.map(({ name }) => name);
    expect(names('a,,b\nx,y,z\n')).toEqual(['a', 'column 2', 'b']);
    expect(names('a,a,a (2)\nx,y,z\n', { hasHeader: true })).toEqual(['a', 'a (2)', 'a (2) (2)']);
    expect(names('1,2\n3,4\n')).toEqual(['column 1', 'column 2']);
  });

  it('lets a person overrule what was found', () => {
    const found = detect('a;b\n1;2\n', { delimiter: ',', hasHeader: false, encoding: 'utf-8' });
    expect(found).toMatchObject({ delimiter: ',', hasHeader: false, encodingCertain: true });
    expect(found.columns).toHaveLength(1);
  });

  it('counts what a wrongly chosen encoding cannot read', () => {
    const found = detect(Buffer.from('é,ü\nå,ø\n', 'latin1'), { encoding: 'utf-8' });
    expect(found.invalidCount).toBe(4);
  });

  it('leaves out the row that the end of the sample cuts', () => {
    const found = detect('n\n1\n2\n3x', { truncated: true });
    expect(found.preview).toEqual([['1'], ['2']]);
    expect(found.columns[0]!.type).toBe('integer');
  });

  it('leaves out a row that is cut inside quotes, and what its lines would look like alone', () => {
    const found = detect('n,t\n1,a\n2,"b\n3,c\n4,d', { truncated: true });
    expect(found.preview).toEqual([['1', 'a']]);
    expect(detect('n,t\n1,a', { truncated: true }).preview).toEqual([]);
  });

  it('asks for the order of day and month where the sample proves none', () => {
    expect(detect('d\n04/11/2025\n')).toMatchObject({
      dateOrder: 'unambiguous',
      dateOrderUnknown: true,
    });
    expect(detect('d\n04/11/2025\n13/11/2025\n')).toMatchObject({
      dateOrder: 'day-first',
      dateOrderUnknown: false,
    });
  });

  it('recognises the notation of Europe', () => {
    const found = detect('Artikel;Preis\nTasse;1.234,50\nSchale;0,5\n');
    expect(found).toMatchObject({ delimiter: ';', decimalMark: ',' });
    expect(found.columns[1]!.type).toBe('number');
  });

  it.each([
    ['spreadsheet', Buffer.from('PK\x03\x04....xl/workbook.xml', 'latin1')],
    ['archive', Buffer.from('PK\x03\x04....orders.csv', 'latin1')],
    ['spreadsheet', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1)],
    ['document', Buffer.from('%PDF-1.7')],
    ['archive', Uint8Array.of(0x1f, 0x8b, 8)],
    ['binary', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 3, 0x3e, 0x3e, 0x3e)],
  ])('says that a file is no text: %s', (binary, bytes) => {
    expect(detectCsv(bytes)).toEqual({ binary });
  });
});
