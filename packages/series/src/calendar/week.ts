import { civilDate, dayNumber } from './day.ts';

/** Which day a week begins with. */
export type WeekStart = 'monday' | 'sunday';

/**
 * First day of the week that holds a day.
 *
 * @param day       day number, whole (days since 1970-01-01).
 * @param weekStart default Monday, as ISO 8601 has it.
 * @returns a day number from `day` − 6 to `day`.
 *
 * @example startOfWeek(dayNumber(2025, 4, 2)) // dayNumber(2025, 3, 31), a Monday
 */
export function startOfWeek(day: number, weekStart: WeekStart = 'monday'): number {
  const { weekday } = civilDate(day);
  return day - (weekStart === 'monday' ? (weekday + 6) % 7 : weekday);
}

/** A week of ISO 8601: weeks begin on Monday, and week 1 holds the year's first Thursday. */
export interface IsoWeek {
  readonly year: number;
  /** 1–53 */
  readonly week: number;
}

/**
 * ISO 8601 week of a day: weeks begin on Monday, and week 1 is the one with the year's first Thursday. Around New Year the
 * week's year differs from the date's.
 *
 * @param day day number, whole (days since 1970-01-01).
 *
 * @example isoWeek(dayNumber(2027, 1, 1)) // { year: 2026, week: 53 }
 */
export function isoWeek(day: number): IsoWeek {
  const thursday = startOfWeek(day, 'monday') + 3;
  const { year } = civilDate(thursday);
  return { year, week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1 };
}

/**
 * ISO 8601 week of a day as text.
 *
 * @param day day number, whole (days since 1970-01-01), of the years 0 to 9999.
 *
 * @example isoWeekLabel(dayNumber(2025, 12, 31)) // '2026-W01'
 */
export function isoWeekLabel(day: number): string {
  const { year, week } = isoWeek(day);
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}
