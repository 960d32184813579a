import { bucketStart, bucketStarts } from '@kizashi/series';
import type { Analytics } from '../../core/analytics/analytics.ts';
import type { SalesFilters } from './filters.ts';
import {
  type DistinctCounts,
  daySums,
  distinctCounts,
  type FigureBucket,
} from './store/figures.ts';
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
  const [days, counts] = await Promise.all([
    daySums(analytics, span, filters),
    distinctCounts(analytics, span, filters, 'all'),
  ]);
  let figures = counts[0] === undefined ? NOTHING : withCounts(NOTHING, counts[0]);
  for (const day of days) figures = withSums(figures, day);
  return figures;
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
  bucket: Exclude<FigureBucket, 'all'>,
  weekStartsOn: 1 | 7,
): Promise<FigureSeries> {
  const weekStart = weekStartsOn === 1 ? 'monday' : 'sunday';
  const [days, counts] = await Promise.all([
    daySums(analytics, span, filters),
    distinctCounts(analytics, span, filters, bucket, weekStartsOn),
  ]);
  const starts = bucketStarts(span, bucket, weekStart);
  const byStart = new Map<number, Figures>(starts.map((start) => [start, NOTHING]));
  for (const count of counts) byStart.set(count.bucket, withCounts(NOTHING, count));
  for (const day of days) {
    const start = bucketStart(day.day, bucket, weekStart);
    byStart.set(start, withSums(byStart.get(start)!, day));
  }
  return { starts, figures: starts.map((start) => byStart.get(start)!) };
}

function withSums(
  figures: Figures,
  { revenue, units, returns }: { revenue: number; units: number; returns: number },
): Figures {
  return {
    ...figures,
    revenue: figures.revenue + revenue,
    units: figures.units + units,
    returns: figures.returns + returns,
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
