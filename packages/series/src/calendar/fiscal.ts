import { requireWhole } from '../invalid-input.ts';
import { civilDate, dayNumber } from './day.ts';
import type { Language } from './language.ts';

/** Where a day falls in a business year. */
export interface FiscalDate {
  /** The calendar year in which the business year begins (the Japanese rule: 2025年度 begins in 2025). */
  readonly year: number;
  /** 1–4, counted from the start month. */
  readonly quarter: 1 | 2 | 3 | 4;
  /** 1 is 上期, 2 is 下期. */
  readonly half: 1 | 2;
}

/**
 * Business year, quarter and half of a day.
 *
 * @param day        day number, whole (days since 1970-01-01).
 * @param startMonth month the business year begins with, 1–12; 4 is usual in Japan, 1 gives calendar years.
 * @returns the year by its beginning, as in Japan: 2026-03-31 is in business year 2025 (many US companies would say 2026).
 * @throws InvalidInput (`startMonth`).
 *
 * @example fiscalDate(dayNumber(2026, 3, 31)) // { year: 2025, quarter: 4, half: 2 }
 */
export function fiscalDate(day: number, startMonth = 4): FiscalDate {
  requireWhole('startMonth', startMonth, 1, 12);
  const { year, month } = civilDate(day);
  const monthsIn = (month - startMonth + 12) % 12;
  return {
    year: month >= startMonth ? year : year - 1,
    quarter: (Math.floor(monthsIn / 3) + 1) as FiscalDate['quarter'],
    half: monthsIn < 6 ? 1 : 2,
  };
}

/**
 * First day of the business year that holds a day, or of another one counted from it.
 *
 * @param day        day number, whole (days since 1970-01-01).
 * @param startMonth as for `fiscalDate`.
 * @param offset     years later, earlier when negative; whole, default 0.
 * @returns a day number.
 * @throws InvalidInput (`startMonth`).
 *
 * @example fiscalYearStart(dayNumber(2026, 3, 31)) // dayNumber(2025, 4, 1)
 */
export function fiscalYearStart(day: number, startMonth = 4, offset = 0): number {
  return dayNumber(fiscalDate(day, startMonth).year + offset, startMonth, 1);
}

/**
 * First day of the business quarter that holds a day, or of another one counted from it.
 *
 * @param day        day number, whole (days since 1970-01-01).
 * @param startMonth as for `fiscalDate`; 2, 5, 8 and 11 have the same quarters.
 * @param offset     quarters later, earlier when negative; whole, default 0.
 * @returns a day number.
 * @throws InvalidInput (`startMonth`).
 *
 * @example fiscalQuarterStart(dayNumber(2026, 3, 31), 4, 1) // dayNumber(2026, 4, 1)
 */
export function fiscalQuarterStart(day: number, startMonth = 4, offset = 0): number {
  const { year, quarter } = fiscalDate(day, startMonth);
  return dayNumber(year, startMonth + 3 * (quarter - 1 + offset), 1);
}

/**
 * Name of a business year: `2025年度` in Japanese, `FY2025` in English.
 *
 * @param year calendar year in which it begins, as `fiscalDate` gives it.
 */
export function fiscalYearLabel(year: number, language: Language): string {
  return language === 'ja' ? `${year}年度` : `FY${year}`;
}

/**
 * Name of half a business year: `上期` and `下期` in Japanese, `H1` and `H2` in English.
 *
 * @param half 1 or 2, as `fiscalDate` gives it.
 */
export function fiscalHalfLabel(half: FiscalDate['half'], language: Language): string {
  if (language === 'ja') return half === 1 ? '上期' : '下期';
  return `H${half}`;
}
