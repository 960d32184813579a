import { type Language, MISSING } from './figure-text.ts';

const DIGITS = 6;
const formatters = {
  en: new Intl.NumberFormat('en-US', { maximumSignificantDigits: DIGITS }),
  ja: new Intl.NumberFormat('ja-JP', { maximumSignificantDigits: DIGITS }),
};

/** A value of any size: six significant digits, a power of ten where it is very large or small. */
export function valueText(value: number | null, language: Language): string {
  if (value === null || Number.isNaN(value)) return MISSING;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e12)) {
    return value.toExponential(3).replace('e+', 'e');
  }
  return formatters[language].format(value);
}

/** A probability that a test gives: `0.43`, `< 0.0001`. */
export function probabilityText(p: number | null, language: Language): string {
  if (p === null) return MISSING;
  if (p < 1e-4) return '< 0.0001';
  const digits = p < 0.1 ? 2 : 3;
  return new Intl.NumberFormat(language, { maximumSignificantDigits: digits }).format(p);
}
