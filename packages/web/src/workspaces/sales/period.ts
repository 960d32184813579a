import {
  type Bucket,
  chooseBucket,
  createZoneCalendar,
  isoDate,
  type Period,
  type PeriodContext,
  type PeriodPreset,
  parseIsoDate,
  presetPeriod,
} from '@kizashi/series';
import type { HomeSearch } from './search.ts';

/** First and last local day with data, as the API tells it. */
export interface DataRange {
  readonly from: string;
  readonly to: string;
}

export interface PeriodSettings {
  readonly timeZone: string;
  readonly fiscalYearStartMonth: number;
  /** ISO weekday: 1 Monday, 7 Sunday. */
  readonly weekStartsOn: 1 | 7;
}

/** The days a view shows. */
export interface ChosenPeriod {
  readonly from: string;
  readonly to: string;
  /** null when both ends were chosen by hand. */
  readonly preset: PeriodPreset | null;
  /** The day presets are counted back from. */
  readonly anchor: string;
  /** The data end before today, so presets are counted from their last day. */
  readonly behind: boolean;
}

export const defaultPreset: PeriodPreset = 'last-28-days';

/** The presets offered, in the order of the menu. */
export const offeredPresets = [
  'today',
  'yesterday',
  'last-7-days',
  'last-28-days',
  'last-90-days',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-fiscal-year',
  'last-fiscal-year',
  'year-to-date',
  'all',
] as const satisfies readonly PeriodPreset[];

/**
 * What presets are counted from. Data that end before today would leave every preset half empty and every change against
 * the period before wrong, so then the last day with data stands for today.
 */
export function periodContext(
  range: DataRange,
  settings: PeriodSettings,
  nowMs: number,
): PeriodContext {
  const data = { from: parseIsoDate(range.from), to: parseIsoDate(range.to) };
  return {
    today: Math.min(createZoneCalendar(settings.timeZone).dayOf(nowMs), data.to),
    data,
    weekStart: settings.weekStartsOn === 7 ? 'sunday' : 'monday',
    fiscalStartMonth: settings.fiscalYearStartMonth,
  };
}

/** The days that a search means. Ends given in the wrong order are exchanged. */
export function chosenPeriod(
  search: Pick<HomeSearch, 'period' | 'from' | 'to'>,
  range: DataRange,
  settings: PeriodSettings,
  nowMs: number,
): ChosenPeriod {
  const context = periodContext(range, settings, nowMs);
  const today = createZoneCalendar(settings.timeZone).dayOf(nowMs);
  const anchor = { anchor: isoDate(context.today), behind: context.today < today };
  if (search.from !== undefined && search.to !== undefined) {
    const [from, to] = [search.from, search.to].sort();
    return { from: from!, to: to!, preset: null, ...anchor };
  }
  const preset = search.period ?? defaultPreset;
  const { from, to } = presetPeriod(preset, context);
  return { from: isoDate(from), to: isoDate(to), preset, ...anchor };
}

/** The bucket that shows a period best, unless one was chosen. */
export function bucketFor(
  period: { readonly from: string; readonly to: string },
  chosen?: Bucket,
): Bucket {
  return chosen ?? chooseBucket(dayNumbers(period));
}

export function dayNumbers(period: { readonly from: string; readonly to: string }): Period {
  return { from: parseIsoDate(period.from), to: parseIsoDate(period.to) };
}

/** Horizons offered for a bucket, in buckets; the first is shown unless another is chosen. */
export const horizons: Readonly<Record<Bucket, readonly number[]>> = {
  day: [14, 28, 56, 90],
  week: [8, 13, 26, 52],
  month: [3, 6, 12],
};
