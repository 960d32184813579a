import { bucketStarts } from '@kizashi/series';
import type { Analytics } from '../../core/analytics/analytics.ts';
import type { SalesFilters } from './filters.ts';
import { type FigureBucket, type Figures, NOTHING, periodFigures } from './store/period-figures.ts';
import type { DaySpan } from './store/statement.ts';

export type { Figures };

/** The figures of a whole period. */
export async function totalFigures(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
): Promise<Figures> {
  const [total] = await periodFigures(analytics, [{ span, bucket: 'all' }], filters);
  return total!.get(span.from) ?? NOTHING;
}

/** The figures of a period, of the one directly before it, and over time: what a page of KPIs needs, in one question. */
export async function figuresWithTrend(
  analytics: Analytics,
  span: DaySpan,
  before: DaySpan,
  filters: SalesFilters,
  { bucket, weekStartsOn }: SeriesCalendar,
): Promise<{ current: Figures; previous: Figures; trend: FigureSeries }> {
  const periods = [
    { span, bucket: 'all' },
    { span: before, bucket: 'all' },
    { span, bucket },
  ] as const;
  const [current, previous, trend] = await periodFigures(analytics, periods, filters, weekStartsOn);
  return {
    current: current!.get(span.from) ?? NOTHING,
    previous: previous!.get(before.from) ?? NOTHING,
    trend: withoutGaps(trend!, span, { bucket, weekStartsOn }),
  };
}

export interface SeriesCalendar {
  readonly bucket: Exclude<FigureBucket, 'all'>;
  readonly weekStartsOn: 1 | 7;
}

export interface FigureSeries {
  /** First days of the buckets, without gaps; the first may lie before the period. */
  readonly starts: readonly number[];
  readonly figures: readonly Figures[];
}

/** The figures of each bucket that touches a period, from the days within it. */
export async function figureSeries(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
  calendar: SeriesCalendar,
): Promise<FigureSeries> {
  const periods = [{ span, bucket: calendar.bucket }];
  const [series] = await periodFigures(analytics, periods, filters, calendar.weekStartsOn);
  return withoutGaps(series!, span, calendar);
}

function withoutGaps(
  figures: ReadonlyMap<number, Figures>,
  span: DaySpan,
  { bucket, weekStartsOn }: SeriesCalendar,
): FigureSeries {
  const starts = bucketStarts(span, bucket, weekStartsOn === 1 ? 'monday' : 'sunday');
  return { starts, figures: starts.map((start) => figures.get(start) ?? NOTHING) };
}
