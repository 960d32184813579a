import { civilDate, dayNumber } from './day.ts';

/** Which day a week begins with. */
export type WeekStart = 'monday' | 'sunday';

/** Day number of the first day of the week that holds `day`. */
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

/** ISO 8601 week of a day. The week's year differs from the date's around New Year. */
export function isoWeek(day: number): IsoWeek {
  const thursday = startOfWeek(day, 'monday') + 3;
  const { year } = civilDate(thursday);
  return { year, week: Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1 };
}

/** ISO 8601 week as text: `2026-W01`. */
export function isoWeekLabel(day: number): string {
  const { year, week } = isoWeek(day);
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}
