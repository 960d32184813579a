import { bucketStart, bucketStarts } from '@kizashi/series';
import type { Analytics } from '../../core/analytics/analytics.ts';
import type { SalesFilters } from './filters.ts';
import { type DistinctCounts, distinctCounts, type FigureBucket } from './store/distinct-counts.ts';
import { type DaySums, daySums } from './store/figures.ts';
import type { DaySpan } from './store/statement.ts';

/** Everything a KPI is made of, for one stretch of days. Amounts are e4. */
export interface Figures {
  readonly revenue: number;
  readonly units: number;
  readonly returns: number;
  readonly orders: number;
  readonly customers: number;
  readonly newCustomers: number;
  readonly repeatCustomers: number;
}

const NOTHING: Figures = {
  revenue: 0,
  units: 0,
  returns: 0,
  orders: 0,
  customers: 0,
  newCustomers: 0,
  repeatCustomers: 0,
};

/** The figures of a whole period. */
export async function totalFigures(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
): Promise<Figures> {
  const [days, [counts]] = await Promise.all([
    daySums(analytics, span, filters),
    distinctCounts(analytics, [{ span, bucket: 'all' }], filters),
  ]);
  return addUp(days, counts);
}

/** The figures of a period, of the one directly before it, and over time: what a page of KPIs needs, in few questions. */
export async function figuresWithTrend(
  analytics: Analytics,
  span: DaySpan,
  before: DaySpan,
  filters: SalesFilters,
  calendar: SeriesCalendar,
): Promise<{ current: Figures; previous: Figures; trend: FigureSeries }> {
  const { bucket, weekStartsOn } = calendar;
  const [days, [current, previous, trend]] = await Promise.all([
    daySums(analytics, { from: before.from, to: span.to }, filters),
    distinctCounts(
      analytics,
      [
        { span, bucket: 'all' },
        { span: before, bucket: 'all' },
        { span, bucket },
      ],
      filters,
      weekStartsOn,
    ),
  ]);
  const within = days.filter(({ day }) => day >= span.from);
  return {
    current: addUp(within, current),
    previous: addUp(
      days.filter(({ day }) => day <= before.to),
      previous,
    ),
    trend: byBucket(within, trend!, span, calendar),
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
  const { bucket, weekStartsOn } = calendar;
  const [days, [counts]] = await Promise.all([
    daySums(analytics, span, filters),
    distinctCounts(analytics, [{ span, bucket }], filters, weekStartsOn),
  ]);
  return byBucket(days, counts!, span, calendar);
}

function addUp(days: readonly DaySums[], counts: readonly DistinctCounts[] = []): Figures {
  return days.reduce(withSums, counts.reduce(withCounts, NOTHING));
}

function byBucket(
  days: readonly DaySums[],
  counts: readonly DistinctCounts[],
  span: DaySpan,
  { bucket, weekStartsOn }: SeriesCalendar,
): FigureSeries {
  const weekStart = weekStartsOn === 1 ? 'monday' : 'sunday';
  const starts = bucketStarts(span, bucket, weekStart);
  const byStart = new Map<number, Figures>(starts.map((start) => [start, NOTHING]));
  for (const count of counts) byStart.set(count.bucket, withCounts(NOTHING, count));
  for (const day of days) {
    const start = bucketStart(day.day, bucket, weekStart);
    byStart.set(start, withSums(byStart.get(start)!, day));
  }
  return { starts, figures: starts.map((start) => byStart.get(start)!) };
}

function withSums(figures: Figures, { revenue, units, returns, orders }: DaySums): Figures {
  return {
    ...figures,
    revenue: figures.revenue + revenue,
    units: figures.units + units,
    returns: figures.returns + returns,
    orders: figures.orders + orders,
  };
}

function withCounts(figures: Figures, counts: DistinctCounts): Figures {
  return {
    ...figures,
    orders: counts.orders,
    customers: counts.customers,
    newCustomers: counts.new_customers,
    repeatCustomers: counts.repeat_customers,
  };
}
