import { type DateFormat, type DateOrder, dateFormats } from '../contract.ts';

/** A calendar date and perhaps a time, as written. One object is filled again and again: no allocation per cell. */
export interface DateParts {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  hasTime: boolean;
  /** Milliseconds since midnight. */
  msOfDay: number;
  /** Minutes east of UTC; NaN when the text names no offset. */
  offsetMinutes: number;
  /** Where the reader stands in the text. */
  at: number;
}

export function emptyDateParts(): DateParts {
  return {
    year: 0,
    month: 0,
    day: 0,
    hasTime: false,
    msOfDay: 0,
    offsetMinutes: Number.NaN,
    at: 0,
  };
}

/** Sets the date and forgets time and offset. */
export function setDate(parts: DateParts, year: number, month: number, day: number): void {
  parts.year = year;
  parts.month = month;
  parts.day = day;
  parts.hasTime = false;
  parts.msOfDay = 0;
  parts.offsetMinutes = Number.NaN;
}

/** Sets the time; false when a clock never shows it. 24:00 and leap seconds are not known here. */
export function setTime(
  parts: DateParts,
  hour: number,
  minute: number,
  second: number,
  ms: number,
): boolean {
  parts.hasTime = true;
  parts.msOfDay = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  return hour < 24 && minute < 60 && second < 60;
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Years 1000 to 9999: shorter ones are two-digit years or typing errors, and both need a person. */
export function dateExists({ year, month, day }: DateParts): boolean {
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= MONTH_DAYS[month - 1]! + (leap ? 1 : 0);
}

/** One bit for each notation, so that a set of them is a number. */
export const DATE_BIT = Object.fromEntries(
  dateFormats.map((format, i) => [format, 1 << i]),
) as Readonly<Record<DateFormat, number>>;

export function dateFormatMask(formats: readonly DateFormat[]): number {
  return formats.reduce((mask, format) => mask | DATE_BIT[format], 0);
}

/** All notations with one meaning, and the one that `order` gives a meaning to. */
export function defaultDateMask(order: DateOrder): number {
  const dropped: DateFormat[] = [];
  if (order !== 'day-first') dropped.push('DD/MM/YYYY');
  if (order !== 'month-first') dropped.push('MM/DD/YYYY');
  return dateFormatMask(dateFormats.filter((format) => !dropped.includes(format)));
}
