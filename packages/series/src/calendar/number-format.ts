import type { Language } from './language.ts';

const UNITS = [
  { size: 1_000_000_000_000, name: '兆' },
  { size: 100_000_000, name: '億' },
  { size: 10_000, name: '万' },
  { size: 1, name: '' },
] as const;

const LOCALES: Record<Language, string> = { ja: 'ja-JP', en: 'en-US' };
// Building a formatter costs far more than using it, and pages format thousands of cells.
const formatters = new Map<string, Intl.NumberFormat>();

/**
 * A whole number grouped by 万, 億 and 兆 (powers of 10,000), as Japanese readers say it.
 *
 * @returns null when `value` is not a whole number that a double holds exactly (±2⁵³): write it another way.
 *
 * @example manUnits(123456789) // '1億2,345万6,789'
 */
export function manUnits(value: number): string | null {
  if (!Number.isSafeInteger(value)) return null;
  let rest = Math.abs(value);
  if (rest === 0) return '0';
  let text = value < 0 ? '-' : '';
  for (const { size, name } of UNITS) {
    const part = Math.floor(rest / size);
    rest -= part * size;
    if (part > 0) text += groupedNumber(part, 'en') + name;
  }
  return text;
}

/**
 * A number with its digits grouped by thousands and at most three decimals, rounded half away from zero.
 *
 * @param value any number; `NaN` and infinities are written `NaN` and `∞`.
 * @param language of the reader. Japanese and English group alike.
 *
 * @example groupedNumber(1234.5, 'en') // '1,234.5'
 */
export function groupedNumber(value: number, language: Language): string {
  return formatter(language, {}).format(value);
}

/**
 * A short form for axes and tiles, with at most one decimal: thousands in English, 万 (10,000) and 億 in Japanese.
 *
 * @param value any number; `NaN` and infinities are written `NaN` and `∞`.
 *
 * @example compactNumber(12345, 'ja') // '1.2万'; 'en': '12.3K'
 */
export function compactNumber(value: number, language: Language): string {
  return formatter(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/**
 * An amount of money with its mark and as many decimals as the currency has.
 *
 * @param value    whole and fractional currency units: 1234.5 is 1,234.50 dollars (not the e4 integers of the server).
 * @param currency ISO 4217 code, three letters; an unknown one is written as it is.
 * @throws RangeError when it is not three letters.
 *
 * @example moneyText(1234.5, 'USD', 'en') // '$1,234.50'; 'JPY' in 'ja': '￥1,235'
 */
export function moneyText(value: number, currency: string, language: Language): string {
  return formatter(language, { style: 'currency', currency }).format(value);
}

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${options.notation ?? ''} ${options.currency ?? ''}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(LOCALES[language], options);
    formatters.set(key, found);
  }
  return found;
}
