import type { ValueFormat } from '../contract.ts';
import { CellFault, type CellParser } from './cell.ts';
import { decimalToNumber, decimalToScaled, readDecimal, readPlain, UNSCALED } from './decimal.ts';

const NOT_A_NUMBER = new CellFault('not-a-number');
const NOT_AN_INTEGER = new CellFault('not-an-integer');
const NOT_A_PERCENT = new CellFault('not-a-percent');
const OUT_OF_RANGE = new CellFault('out-of-range');
const TOO_MANY_DECIMALS = new CellFault('too-many-decimals');

/** Money is kept as whole ten-thousandths: 1.2345 GBP is 12345. */
export const CURRENCY_DECIMALS = 4;

/** Whole numbers of at most ±(2^53 − 1): `12`, `1,200`, `１２`, `1e3`, `2.0`, `△3`. */
export function createIntegerParser(format: ValueFormat): CellParser {
  // A comma may be the decimal mark, so plain reading is for the point only.
  const plain = format.decimalMark === '.';
  return (text) => {
    if (plain) {
      const value = readPlain(text, 0);
      if (!Number.isNaN(value)) return value;
    }
    const trimmed = text.trim();
    if (trimmed === '') return null;
    const decimal = readDecimal(trimmed, format);
    if (decimal === null || decimal.currency !== null || decimal.percent) return NOT_A_NUMBER;
    const scaled = decimalToScaled(decimal, 0, false);
    if (scaled === 'inexact') return NOT_AN_INTEGER;
    return scaled === 'too-large' ? OUT_OF_RANGE : scaled;
  };
}

/** The nearest double of a number without currency mark or percent sign. */
export function createNumberParser(format: ValueFormat): CellParser {
  const plain = format.decimalMark === '.';
  return (text) => {
    if (plain) {
      const value = readPlain(text, UNSCALED);
      if (!Number.isNaN(value)) return value;
    }
    const trimmed = text.trim();
    if (trimmed === '') return null;
    const decimal = readDecimal(trimmed, format);
    if (decimal === null || decimal.currency !== null || decimal.percent) return NOT_A_NUMBER;
    const value = decimalToNumber(decimal);
    return Number.isFinite(value) ? value : OUT_OF_RANGE;
  };
}

/** Marks that `readPlain` can step over: ¥ ￥ $ £ €. */
const LEADING_MARKS: ReadonlySet<number> = new Set([0xa5, 0xffe5, 0x24, 0xa3, 0x20ac]);

/** Money × 10,000 as an exact integer, never through binary fractions; the currency mark may be absent. */
export function createCurrencyParser(format: ValueFormat, round: boolean): CellParser {
  const plain = format.decimalMark === '.';
  return (text) => {
    if (plain) {
      const from = LEADING_MARKS.has(text.charCodeAt(0)) ? 1 : 0;
      const to = text.endsWith('円') ? text.length - 1 : text.length;
      const value =
        from === 1 && to < text.length ? Number.NaN : readPlain(text, CURRENCY_DECIMALS, from, to);
      if (!Number.isNaN(value)) return value;
    }
    const trimmed = text.trim();
    if (trimmed === '') return null;
    const decimal = readDecimal(trimmed, format);
    if (decimal === null || decimal.percent) return NOT_A_NUMBER;
    const scaled = decimalToScaled(decimal, CURRENCY_DECIMALS, round);
    if (scaled === 'inexact') return TOO_MANY_DECIMALS;
    return scaled === 'too-large' ? OUT_OF_RANGE : scaled;
  };
}

/** `12.5%` as the fraction 0.125. The sign is required: a bare 0.3 could mean either. */
export function createPercentParser(format: ValueFormat): CellParser {
  return (text) => {
    const trimmed = text.trim();
    if (trimmed === '') return null;
    const decimal = readDecimal(trimmed, format);
    if (decimal === null || !decimal.percent || decimal.currency !== null) return NOT_A_PERCENT;
    const value = decimalToNumber(decimal, -2);
    return Number.isFinite(value) ? value : OUT_OF_RANGE;
  };
}
