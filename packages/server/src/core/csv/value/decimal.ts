import { MAX_VALUE_CHARS } from './cell.ts';
import { toHalfWidth } from './full-width.ts';

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** A number as written: (negative ? −1 : 1) · digits · 10^exponent. */
export interface Decimal {
  readonly negative: boolean;
  /** Without leading zeros; `0` for zero. */
  readonly digits: string;
  readonly exponent: number;
  /** ISO 4217 code that the currency mark stands for; null without a mark. */
  readonly currency: string | null;
  readonly percent: boolean;
}

export interface DecimalNotation {
  readonly decimalMark: '.' | ',';
  readonly backslashIsYen: boolean;
}

/** For `readPlain`: the value itself, as the nearest double. */
export const UNSCALED = -1;

/**
 * Value × 10^`decimals` of plain ASCII `-123`, `1,234.5` in `text[from, to)`: the form of nearly all cells, read without
 * an allocation. NaN for everything else, also for more than `decimals` decimals and beyond 2^53; `readDecimal` decides then.
 */
export function readPlain(text: string, decimals: number, from = 0, to = text.length): number {
  if (to <= from || to - from > 18) return Number.NaN;
  const negative = text.charCodeAt(from) === 45;
  let value = 0;
  let digits = 0;
  let fraction = -1;
  /** Digits since the last comma; −1 before the first. */
  let group = -1;
  for (let i = negative ? from + 1 : from; i < to; i++) {
    const c = text.charCodeAt(i) - 48;
    if (c >= 0 && c <= 9) {
      value = value * 10 + c;
      digits++;
      if (fraction >= 0) fraction++;
      else if (group >= 0) group++;
    } else if (c === -2 && fraction < 0) {
      fraction = 0;
    } else if (
      c === -4 &&
      fraction < 0 &&
      digits > 0 &&
      (group === 3 || (group < 0 && digits <= 3))
    ) {
      group = 0;
    } else {
      return Number.NaN;
    }
  }
  // 15 digits are below 2^53, so `value` is exact, and the one division below rounds correctly.
  if (digits === 0 || digits > 15 || (group >= 0 && group !== 3)) return Number.NaN;
  if (fraction < 0) fraction = 0;
  if (decimals < 0) value /= POWERS[fraction]!;
  else if (fraction > decimals) return Number.NaN;
  else value *= POWERS[decimals - fraction]!;
  if (value > Number.MAX_SAFE_INTEGER && decimals >= 0) return Number.NaN;
  return negative ? 0 - value : value;
}

const CODES = 'JPY|USD|GBP|EUR';
const NOTATION = {
  '.': notation(String.raw`,' \u00a0\u202f`, String.raw`\.`),
  ',': notation(String.raw`.' \u00a0\u202f`, ','),
};

/** Groups: 1 sign, 2 mark, 3 sign after the mark, 4 whole part, 5 separator, 6 fraction, 7 exponent, 8 unit, 9 percent. */
function notation(separators: string, mark: string): RegExp {
  return new RegExp(
    String.raw`^([-+△▲])?\s?([¥$£€\\]|${CODES})?\s?([-+△▲])?\s?` +
      String.raw`(\d{1,3}(?:([${separators}])\d{3}(?:\5\d{3})*)|\d+)?(?:${mark}(\d*))?(?:[eE]([+-]?\d{1,4}))?` +
      String.raw`\s?([円€]|${CODES})?\s?(%)?$`,
  );
}

const CURRENCY: Readonly<Record<string, string>> = {
  '¥': 'JPY',
  '\\': 'JPY',
  円: 'JPY',
  $: 'USD',
  '£': 'GBP',
  '€': 'EUR',
};

/**
 * Reads a number in any notation: full-width digits, thousands separators in groups of three, ¥ ￥ 円 $ £ € or a currency
 * code, a percent sign, 1e3, and −, △, ▲ or parentheses for negative. Null when the text is no number.
 *
 * @param text without surrounding white space; longer than 64 characters is never a number.
 */
export function readDecimal(text: string, style: DecimalNotation): Decimal | null {
  if (text.length > MAX_VALUE_CHARS) return null;
  let body = toHalfWidth(text);
  const bracketed = body.startsWith('(') && body.endsWith(')');
  if (bracketed) body = body.slice(1, -1).trim();
  const match = NOTATION[style.decimalMark].exec(body);
  if (match === null) return null;
  const [, sign, mark, inner, whole = '', , fraction = '', exponent = '0', unit, percent] = match;
  const signs = (sign === undefined ? 0 : 1) + (inner === undefined ? 0 : 1) + (bracketed ? 1 : 0);
  if (whole + fraction === '' || signs > 1 || (mark !== undefined && unit !== undefined))
    return null;
  if (mark === '\\' && !style.backslashIsYen) return null;
  const symbol = mark ?? unit;
  const digits = (whole.replace(/\D/g, '') + fraction).replace(/^0+(?=\d)/, '');
  const effectiveSign = sign ?? inner;
  return {
    negative: bracketed || (effectiveSign !== undefined && effectiveSign !== '+'),
    digits,
    exponent: Number(exponent) - fraction.length,
    currency: symbol === undefined ? null : (CURRENCY[symbol] ?? symbol),
    percent: percent !== undefined,
  };
}

/** The nearest double; ±Infinity beyond the largest. */
export function decimalToNumber({ negative, digits, exponent }: Decimal, shift = 0): number {
  const size = Number(`${digits}e${exponent + shift}`);
  return negative ? 0 - size : size;
}

/**
 * Value × 10^`decimals` as an exact integer. `inexact` when decimals are left over and `round` is off (else they are
 * rounded half away from zero); `too-large` beyond 2^53 − 1.
 */
export function decimalToScaled(
  { negative, digits, exponent }: Decimal,
  decimals: number,
  round: boolean,
): number | 'inexact' | 'too-large' {
  const shift = exponent + decimals;
  let whole = digits;
  if (digits === '0') return 0;
  if (shift >= 0) {
    if (digits.length + shift > 16) return 'too-large';
    whole = digits + '0'.repeat(shift);
  } else {
    const kept = Math.max(digits.length + shift, 0);
    whole = digits.slice(0, kept) || '0';
    // 0.004 scaled by 100 keeps no digit at all; what is left over then begins with zeros that `digits` does not spell.
    const left = digits.length + shift < 0 ? `0${digits}` : digits.slice(kept);
    if (/[1-9]/.test(left)) {
      if (!round) return 'inexact';
      if (left.charCodeAt(0) >= 53) whole = (BigInt(whole) + 1n).toString();
    }
  }
  const size = Number(whole);
  if (!Number.isSafeInteger(size)) return 'too-large';
  return negative ? 0 - size : size;
}
