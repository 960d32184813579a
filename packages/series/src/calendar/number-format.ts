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
 * A whole number grouped by 万, 億 and 兆, as Japanese readers say it: 123456789 is `1億2,345万6,789`.
 *
 * @returns null when `value` is not a whole number that a double holds exactly: write it another way.
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

/** Digits grouped by thousands: `1,234.5`. At most three decimals. */
export function groupedNumber(value: number, language: Language): string {
  return formatter(language, {}).format(value);
}

/** A short form for axes and tiles: `1.2万` in Japanese, `12.3K` in English. At most one decimal. */
export function compactNumber(value: number, language: Language): string {
  return formatter(language, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** An amount in whole and fractional currency units (not e4): `￥1,235`, `$1,234.50`. */
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
