import { describe, expect, it } from 'vitest';
import { valueFormatSchema } from '../csv/contract.ts';
import { createMeasureParser, createTimeParser, readNumbers } from './cells.ts';

const format = valueFormatSchema.parse({});
const measure = createMeasureParser(format);

describe('a measured value', () => {
  it.each([
    ['12.5', 12.5],
    ['1,234', 1234],
    ['410,892,875円', 410_892_875],
    ['¥1,000', 1000],
    ['第641回', 641],
    ['第６４１回', 641],
    ['12口', 12],
    ['△3', -3],
    ['50%', 0.5],
    ['1e300', 1e300],
    ['inf', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['', Number.NaN],
    ['NaN', Number.NaN],
    ['欠測', Number.NaN],
    ['-', Number.NaN],
  ])('%j is %d', (text, value) => {
    expect(measure(text)).toBe(value);
  });

  it.each(['abc', '1.2.3', '12:30', '第回', '1,23', '0x10'])('%j is none', (text) => {
    expect(measure(text)).toBe(undefined);
  });

  it('reads a comma as the decimal mark where the file has it so', () => {
    const comma = createMeasureParser(valueFormatSchema.parse({ decimalMark: ',' }));
    expect(comma('1.234,5')).toBe(1234.5);
  });
});

describe('a time', () => {
  const date = createTimeParser('date', format);
  it.each(['2024年6月26日', '2024/6/26', '2024-06-26', '令和6年6月26日', '2024/6/26(水)'])(
    '%s is the midnight of a day in UTC',
    (text) => {
      expect(date(text)).toBe(Date.UTC(2024, 5, 26));
    },
  );

  it('of an index is a whole number', () => {
    const index = createTimeParser('index', format);
    expect(['7', '第12回', '1.5', '', 'x'].map(index)).toEqual([
      ...[7, 12, 'not-an-integer', 'required', 'not-a-number'],
    ]);
  });

  it('that does not exist is told', () => {
    expect([date('2024-02-30'), date(''), date(null)]).toEqual([
      ...['invalid-date', 'required', 'required'],
    ]);
  });
});

describe('a list of numbers', () => {
  it.each([
    ['[1, 1, 4, 9]', [1, 1, 4, 9]],
    ['07 10 12', [7, 10, 12]],
    ['3、9、21', [3, 9, 21]],
    ['(1;2)', [1, 2]],
    ['5', [5]],
    ['', []],
  ])('%j', (text, numbers) => {
    expect(readNumbers(text, measure)).toEqual(numbers);
  });

  it('with something else in it is none', () => {
    expect(readNumbers('1, two, 3', measure)).toBe(undefined);
  });
});
