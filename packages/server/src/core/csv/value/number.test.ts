import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueFormatSchema } from '../contract.ts';
import { CellFault, type CellParser } from './cell.ts';
import {
  createCurrencyParser,
  createIntegerParser,
  createNumberParser,
  createPercentParser,
} from './number.ts';

const format = valueFormatSchema.parse({});
const integer = createIntegerParser(format);
const number = createNumberParser(format);
const currency = createCurrencyParser(format, false);
const percent = createPercentParser(format);

function read(parse: CellParser, text: string) {
  const value = parse(text);
  return value instanceof CellFault ? value.code : value;
}

describe('createIntegerParser', () => {
  it.each([
    ['123', 123],
    ['-5', -5],
    ['+5', 5],
    ['-0', 0],
    ['007', 7],
    ['1,234,567', 1234567],
    ['１２，３４５', 12345],
    ['−7', -7],
    ['－7', -7],
    ['△1,500', -1500],
    ['▲3', -3],
    ['(200)', -200],
    ['（２００）', -200],
    ['1e3', 1000],
    ['1.5e1', 15],
    ['2.0', 2],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['1 234', 1234],
    ["1'234", 1234],
    [' 12\u3000', 12],
    ['', null],
    ['   ', null],
    ['2.5', 'not-an-integer'],
    ['1e-1', 'not-an-integer'],
    ['9007199254740992', 'out-of-range'],
    ['1e400', 'out-of-range'],
    ['1e9999', 'out-of-range'],
    ['abc', 'not-a-number'],
    ['1,23', 'not-a-number'],
    ['1234,567', 'not-a-number'],
    ['1,234 567', 'not-a-number'],
    ['12.5.0', 'not-a-number'],
    ['--5', 'not-a-number'],
    ['-(5)', 'not-a-number'],
    ['-', 'not-a-number'],
    ['.', 'not-a-number'],
    ['()', 'not-a-number'],
    ['①', 'not-a-number'],
    ['¥100', 'not-a-number'],
    ['5%', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['1'.repeat(65), 'not-a-number'],
  ])('reads %j as %j', (text, value) => {
    expect(read(integer, text)).toBe(value);
  });
});

describe('createNumberParser', () => {
  it.each([
    ['12.34', 12.34],
    ['.5', 0.5],
    ['5.', 5],
    ['-0.0', 0],
    ['1,234.50', 1234.5],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['0.1', 0.1],
    ['123456789012345678', 123456789012345680],
    ['1e999', 'out-of-range'],
    ['1.2.3', 'not-a-number'],
  ])('reads %j as %j', (text, value) => {
    expect(read(number, text)).toBe(value);
  });

  it('agrees with ECMAScript on every number that it writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(number, String(value))).toBe(value === 0 ? 0 : value);
      }),
      { seed: 20250405, numRuns: 2000 },
    );
  });

  it('reads the comma as the decimal mark where the file says so', () => {
    const european = createNumberParser({ ...format, decimalMark: ',' });
    expect(['1.234,56', '0,5', '1234', '1.234'].map((text) => read(european, text))).toEqual([
      1234.56, 0.5, 1234, 1234,
    ]);
    expect(read(european, '1,234.56')).toBe('not-a-number');
  });
});

describe('createCurrencyParser', () => {
  it.each([
    ['2.55', 25_500],
    ['¥450', 4_500_000],
    ['￥４５０', 4_500_000],
    ['300円', 3_000_000],
    ['1,500円', 15_000_000],
    ['△150', -1_500_000],
    ['-£1.5', -15_000],
    ['£-1.5', -15_000],
    ['($0.01)', -100],
    ['€ 12', 120_000],
    ['12 €', 120_000],
    ['USD 3', 30_000],
    ['0.0001', 1],
    ['1.23450000', 12_345],
    ['1e-4', 1],
    ['900719925474.0991', Number.MAX_SAFE_INTEGER],
    ['1.00005', 'too-many-decimals'],
    ['0.00001', 'too-many-decimals'],
    ['1e-9999', 'too-many-decimals'],
    ['900719925474.0992', 'out-of-range'],
    ['¥5円', 'not-a-number'],
    ['\\450', 'not-a-number'],
    ['¥', 'not-a-number'],
    ['円', 'not-a-number'],
  ])('reads %j as %j ten-thousandths', (text, value) => {
    expect(read(currency, text)).toBe(value);
  });

  it('is exact for every amount: no binary fraction comes between', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        const digits = String(Math.abs(amount)).padStart(5, '0');
        const text = `${amount < 0 ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
        expect(read(currency, text)).toBe(amount);
        expect(read(currency, `£${text}`)).toBe(amount);
      }),
      { seed: 20250406, numRuns: 2000 },
    );
  });

  it('rounds half away from zero where the rule asks for it', () => {
    const rounding = createCurrencyParser(format, true);
    const texts = ['0.00005', '-0.00005', '0.00004999', '33.333333333333336', '1.99999', '1e-30'];
    expect(texts.map((text) => read(rounding, text))).toEqual([1, -1, 0, 333_333, 20_000, 0]);
  });

  it('takes a backslash for the yen sign only where the encoding makes it one', () => {
    const yen = createCurrencyParser({ ...format, backslashIsYen: true }, false);
    expect(read(yen, '\\1,450')).toBe(14_500_000);
  });
});

describe('createPercentParser', () => {
  it.each([
    ['12.5%', 0.125],
    ['７％', 0.07],
    ['100 %', 1],
    ['-0.1%', -0.001],
    ['△3%', -0.03],
    ['', null],
    ['0.3', 'not-a-percent'],
    ['%', 'not-a-percent'],
    ['¥3%', 'not-a-percent'],
  ])('reads %j as %j', (text, value) => {
    expect(read(percent, text)).toBe(value);
  });
});
