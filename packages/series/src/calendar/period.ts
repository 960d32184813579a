import { civilDate, dayNumber, monthStart } from './day.ts';
import { fiscalQuarterStart, fiscalYearStart } from './fiscal.ts';
import { startOfWeek, type WeekStart } from './week.ts';

/**
 * The named periods a person can choose, in the order in which a list shows them. `presetPeriod` says which days each means.
 */
export const PERIOD_PRESETS = [
  'today',
  'yesterday',
  'last-7-days',
  'last-28-days',
  'last-90-days',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-fiscal-year',
  'last-fiscal-year',
  'year-to-date',
  'all',
] as const;

export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

/** A stretch of days. Both ends belong to it, so it holds `to − from + 1` days. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What a preset needs to know about the reader and the data. */
export interface PeriodContext {
  /** Day number of today in the reader's zone. */
  readonly today: number;
  /** First and last day with data; the answer to `all`. */
  readonly data: Period;
  /** Default: monday. */
  readonly weekStart?: WeekStart;
  /** Month a business year and its quarters begin with; default 4. */
  readonly fiscalStartMonth?: number;
}

/**
 * The days that a preset means today. `last-N-days` ends today. `this-…` and `year-to-date` end today too, so that they
 * compare with the same stretch before; `last-…` is whole. `year-to-date` is the calendar year.
 *
 * @param context today, the data's ends (the answer to `all`), and how the reader counts weeks and business years.
 * @returns day numbers, both ends included.
 * @throws InvalidInput (`startMonth`) for quarters and business years, when `context.fiscalStartMonth` is not 1–12.
 *
 * @example presetPeriod('last-month', { today: dayNumber(2025, 4, 16), data }) // 2025-03-01 to 2025-03-31
 */
export function presetPeriod(preset: PeriodPreset, context: PeriodContext): Period {
  const { today } = context;
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: today - 1, to: today - 1 };
    case 'last-7-days':
      return { from: today - 6, to: today };
    case 'last-28-days':
      return { from: today - 27, to: today };
    case 'last-90-days':
      return { from: today - 89, to: today };
    case 'this-week':
    case 'this-month':
    case 'this-quarter':
    case 'this-fiscal-year':
    case 'year-to-date':
      return { from: unitStart(preset, today, 0, context), to: today };
    case 'last-week':
    case 'last-month':
    case 'last-quarter':
    case 'last-fiscal-year':
      return {
        from: unitStart(preset, today, -1, context),
        to: unitStart(preset, today, 0, context) - 1,
      };
    case 'all':
      return context.data;
  }
}

/**
 * The period that a preset is compared with: the one before of the same kind. A period that is still running compares with
 * as many days of the one before (cut at that one's end: 31 March compares with the whole of February).
 *
 * @param context as for `presetPeriod`.
 * @returns day numbers, both ends included; null for `all`, which has nothing before it.
 * @throws InvalidInput (`startMonth`) as `presetPeriod`.
 *
 * @example presetPreviousPeriod('this-month', { today: dayNumber(2025, 4, 16), data }) // 2025-03-01 to 2025-03-16
 */
export function presetPreviousPeriod(preset: PeriodPreset, context: PeriodContext): Period | null {
  const { today } = context;
  switch (preset) {
    case 'all':
      return null;
    case 'this-week':
    case 'this-month':
    case 'this-quarter':
    case 'this-fiscal-year':
    case 'year-to-date': {
      const start = unitStart(preset, today, 0, context);
      const from = unitStart(preset, today, -1, context);
      return { from, to: Math.min(from + (today - start), start - 1) };
    }
    case 'last-week':
    case 'last-month':
    case 'last-quarter':
    case 'last-fiscal-year':
      return {
        from: unitStart(preset, today, -2, context),
        to: unitStart(preset, today, -1, context) - 1,
      };
    default:
      return previousPeriod(presetPeriod(preset, context));
  }
}

/**
 * As many days directly before: what a period chosen by hand is compared with.
 *
 * @param period day numbers, both ends included.
 *
 * @example previousPeriod({ from: 10, to: 16 }) // { from: 3, to: 9 }
 */
export function previousPeriod(period: Period): Period {
  const days = period.to - period.from + 1;
  return { from: period.from - days, to: period.from - 1 };
}

type UnitPreset = Extract<PeriodPreset, `this-${string}` | `last-${string}` | 'year-to-date'>;
type CalendarPreset = Exclude<UnitPreset, `last-${number}-days`>;

/** First day of the week, month, quarter or year holding `today`, `offset` of them later. */
function unitStart(
  preset: CalendarPreset,
  today: number,
  offset: number,
  context: PeriodContext,
): number {
  switch (preset) {
    case 'this-week':
    case 'last-week':
      return startOfWeek(today, context.weekStart) + 7 * offset;
    case 'this-month':
    case 'last-month':
      return monthStart(today, offset);
    case 'this-quarter':
    case 'last-quarter':
      return fiscalQuarterStart(today, context.fiscalStartMonth, offset);
    case 'this-fiscal-year':
    case 'last-fiscal-year':
      return fiscalYearStart(today, context.fiscalStartMonth, offset);
    case 'year-to-date':
      return dayNumber(civilDate(today).year + offset, 1, 1);
  }
}
