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
 * `month` and `day` may run over (month 13 is January of the next year, day 0 the last of the month before).
 *
 * @example dayNumber(2025, 4, 1) // 20179
 */
export function dayNumber(year: number, month: number, day: number): number {
  // Date.UTC reads years 0–99 as 1900–1999; shifting by one 400-year cycle (146,097 days) avoids that.
  return Date.UTC(year + 400, month - 1, day) / MS_PER_DAY - 146_097;
}

/** Year, month (1 to 12) and day of a day number (days since 1970-01-01), in the Gregorian calendar. */
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
 * Reads `YYYY-MM-DD`.
 *
 * @returns days since 1970-01-01.
 * @throws InvalidInput (`date`) for any other form, and for a day that does not exist, such as 2023-02-29.
 */
export function parseIsoDate(date: string): number {
  const parts = ISO_DATE.exec(date);
  if (parts !== null) {
    const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    if (isoDate(day) === date) return day;
  }
  throw new InvalidInput('date', `must be an existing date as YYYY-MM-DD, got ${show(date)}`);
}

/** Writes a day number (days since 1970-01-01) as `YYYY-MM-DD`, for years 0 to 9999. */
export function isoDate(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Day number of the first day of the month that holds `day`, `offset` months later (earlier when negative). */
export function monthStart(day: number, offset = 0): number {
  const { year, month } = civilDate(day);
  return dayNumber(year, month + offset, 1);
}
