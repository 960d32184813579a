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
 * @param startMonth month the business year begins with, 1–12; 4 is usual in Japan, 1 gives calendar years.
 * @throws InvalidInput (`startMonth`).
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

/** Day number of the first day of the business year that holds `day`, `offset` years later. */
export function fiscalYearStart(day: number, startMonth = 4, offset = 0): number {
  return dayNumber(fiscalDate(day, startMonth).year + offset, startMonth, 1);
}

/** Day number of the first day of the business quarter that holds `day`, `offset` quarters later. */
export function fiscalQuarterStart(day: number, startMonth = 4, offset = 0): number {
  const { year, quarter } = fiscalDate(day, startMonth);
  return dayNumber(year, startMonth + 3 * (quarter - 1 + offset), 1);
}

/** `2025年度` or `FY2025`. */
export function fiscalYearLabel(year: number, language: Language): string {
  return language === 'ja' ? `${year}年度` : `FY${year}`;
}

/** `上期` / `下期`, or `H1` / `H2`. */
export function fiscalHalfLabel(half: FiscalDate['half'], language: Language): string {
  if (language === 'ja') return half === 1 ? '上期' : '下期';
  return `H${half}`;
}
