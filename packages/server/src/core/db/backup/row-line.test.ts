import { expect, it } from 'vitest';
import { readRow, writeRow } from './row-line.ts';

it('is read as it was written', () => {
  const row = { a: '兆し\n"\\', b: 2 ** 53 - 1, c: 5e-324, d: null, e: '', f: '[1]' };
  const line = writeRow(row, Object.keys(row));
  expect(line.endsWith('\n')).toBe(true);
  expect(line.slice(0, -1)).not.toContain('\n');
  expect(readRow(line)).toEqual(Object.values(row));
});

it('keeps numbers that JSON cannot write', () => {
  const row = { a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY, c: Number.NaN };
  expect(readRow(writeRow(row, ['a', 'b', 'c']))).toEqual(Object.values(row));
});

it('refuses what is no column type of ours, instead of storing something else', () => {
  const bytes = Buffer.from('x') as unknown as string;
  expect(() => writeRow({ a: bytes }, ['a'])).toThrow('column a');
});
