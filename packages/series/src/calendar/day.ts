import { InvalidInput, show } from '../invalid-input.ts';

/** A calendar date in the proleptic Gregorian calendar. `weekday` is 0 for Sunday … 6 for Saturday. */
export interface CivilDate {
  readonly year: number;
  /** 1–12 */
  readonly month: number;
  /** 1–31 */
  readonly day: number;
  readonly weekday: number;
}

const MS_PER_DAY = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Day number of a date: whole days since 1970-01-01, which is 0. Dates before are negative. A day number has no time
 * zone: it names a square on a paper calendar.
 *
 * @param year  of the proleptic Gregorian calendar, 0 to 275,000 or so; 0 is 1 BC.
 * @param month 1 to 12. It may run over: 13 is January of the next year, 0 December of the one before.
 * @param day   1 to 31. It may run over likewise: 0 is the last day of the month before.
 * @returns a whole number; `NaN` where an argument is not finite.
 *
 * @example dayNumber(2025, 4, 1) // 20179
 */
export function dayNumber(year: number, month: number, day: number): number {
  // Date.UTC reads years 0–99 as 1900–1999; shifting by one 400-year cycle (146,097 days) avoids that.
  return Date.UTC(year + 400, month - 1, day) / MS_PER_DAY - 146_097;
}

/**
 * Year, month (1 to 12), day of the month and weekday (0 is Sunday) of a day number, in the proleptic Gregorian calendar.
 *
 * @param day days since 1970-01-01; a fraction counts as a time of that day. All parts are `NaN` when it is not finite.
 *
 * @example civilDate(20179) // { year: 2025, month: 4, day: 1, weekday: 2 }
 */
export function civilDate(day: number): CivilDate {
  const date = new Date(day * MS_PER_DAY);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

/**
 * Reads `YYYY-MM-DD` (ISO 8601) and nothing else: no time, no other order.
 *
 * @returns days since 1970-01-01.
 * @throws InvalidInput (`date`) for any other form, and for a day that does not exist, such as 2023-02-29.
 *
 * @example parseIsoDate('2025-04-01') // 20179
 */
export function parseIsoDate(date: string): number {
  const parts = ISO_DATE.exec(date);
  if (parts !== null) {
    const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    if (isoDate(day) === date) return day;
  }
  throw new InvalidInput('date', `must be an existing date as YYYY-MM-DD, got ${show(date)}`);
}

/**
 * Writes a day number as `YYYY-MM-DD` (ISO 8601).
 *
 * @param day days since 1970-01-01, of the years 0 to 9999: others are written in a longer form, which this cuts off.
 * @throws RangeError when it is not finite or more than 100 million days from 1970.
 *
 * @example isoDate(20179) // '2025-04-01'
 */
export function isoDate(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/**
 * First day of the month that holds a day, or of another month counted from it.
 *
 * @param day    day number, whole (days since 1970-01-01).
 * @param offset months later, earlier when negative; whole, default 0.
 * @returns a day number.
 *
 * @example monthStart(dayNumber(2025, 1, 31), 1) // dayNumber(2025, 2, 1)
 */
export function monthStart(day: number, offset = 0): number {
  const { year, month } = civilDate(day);
  return dayNumber(year, month + offset, 1);
}
