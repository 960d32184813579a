/** Stands where there is no value. */
export const MISSING = '–';

/** Words for numbers, the same on cards, axes, tables and tips. */
export type FigureUnit = 'money' | 'count' | 'ratio' | 'number';
export type Language = 'en' | 'ja';

export interface FigureStyle {
  readonly unit: FigureUnit;
  /** ISO 4217; read for `money` only. */
  readonly currency: string;
  readonly language: Language;
}

/** A figure for reading: `£8,187`, `12.3%`, `1,204`, `4.5`. Small amounts keep their fraction. */
export function figureText(value: number | null, style: FigureStyle): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  return format(style, readingOptions(style, Math.abs(value)), value);
}

/** A figure in full for tables: every digit of the currency, two decimals of a rate. */
export function exactText(value: number | null, style: FigureStyle): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  const options: Intl.NumberFormatOptions =
    style.unit === 'ratio'
      ? { style: 'percent', maximumFractionDigits: 2 }
      : style.unit === 'money'
        ? { style: 'currency', currency: style.currency }
        : { maximumFractionDigits: 3 };
  return format(style, options, value);
}

/** The shortest form, for axes: `£12K`, `1.2万`. */
export function axisText(value: number, style: FigureStyle): string {
  const options: Intl.NumberFormatOptions =
    style.unit === 'ratio'
      ? { style: 'percent', maximumFractionDigits: 1 }
      : {
          notation: 'compact',
          maximumFractionDigits: 1,
          ...(style.unit === 'money' && { style: 'currency', currency: style.currency }),
        };
  return format(style, options, value);
}

/** A relative change with its sign: `+12.3%`, `-4%`, `0%`. */
export function changeText(change: number, language: Language): string {
  const options: Intl.NumberFormatOptions = {
    style: 'percent',
    maximumFractionDigits: Math.abs(change) < 10 ? 1 : 0,
    signDisplay: 'exceptZero',
  };
  return format({ unit: 'ratio', currency: '', language }, options, change);
}

/** A fraction as a whole or one-decimal percentage: `80%`, `99.5%`. */
export function percentText(fraction: number, language: Language): string {
  const options: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 1 };
  return format({ unit: 'ratio', currency: '', language }, options, fraction);
}

function readingOptions(style: FigureStyle, size: number): Intl.NumberFormatOptions {
  switch (style.unit) {
    case 'money':
      return {
        style: 'currency',
        currency: style.currency,
        ...(size >= 1000 && { maximumFractionDigits: 0 }),
      };
    case 'count':
      return { maximumFractionDigits: 0 };
    case 'ratio':
      return { style: 'percent', maximumFractionDigits: 1 };
    case 'number':
      return { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 };
  }
}

// Building a formatter costs far more than using it, and a table formats thousands of cells.
const formatters = new Map<string, Intl.NumberFormat>();

function format(style: FigureStyle, options: Intl.NumberFormatOptions, value: number): string {
  const key = style.language + JSON.stringify(options);
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(style.language === 'ja' ? 'ja-JP' : 'en-US', options);
    formatters.set(key, found);
  }
  return found.format(value);
}
