import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesFilters } from '../filters.ts';
import { MONTH_OF_DAY, NEVER } from './cache-tables.ts';
import { cacheShape, type DaySpan, daysWithin, filterCondition, needsLines } from './statement.ts';

/** What days are counted together; `all` is one bucket beginning at the period's first day. */
export type FigureBucket = 'all' | 'day' | 'week' | 'month';

/** A stretch of days to count in, as a whole or by bucket. */
export interface CountedPeriod {
  readonly span: DaySpan;
  readonly bucket: FigureBucket;
}

export interface DistinctCounts {
  /** First day of the bucket; may lie before the span. */
  readonly bucket: number;
  /** Only of those orders that `daySums` leaves out. */
  readonly orders: number;
  readonly customers: number;
  readonly new_customers: number;
  readonly repeat_customers: number;
}

/**
 * Distinct orders and customers in each bucket of each period, only of days within it; everything in one question.
 * See README.md, "Counting".
 */
export async function distinctCounts(
  analytics: Analytics,
  periods: readonly CountedPeriod[],
  filters: SalesFilters,
  weekStartsOn: 1 | 7 = 1,
): Promise<readonly (readonly DistinctCounts[])[]> {
  const accepted = await filterCondition(analytics, filters);
  const asked = periods.map((period, number): AskedPeriod => ({ ...period, number, weekStartsOn }));
  let sources = '';
  const parts: string[] = [];
  if (needsLines(filters)) {
    sources = `WITH found AS MATERIALIZED (
      SELECT ord, day, customer, first_day FROM sales_lines LEFT JOIN sales_customers ON customer = id
      WHERE kind = 1 AND ${daysWithin(hull(periods))}${accepted}) `;
    for (const period of asked) parts.push(ordersOf(period, 'found'), customersOf(period, 'found'));
  } else {
    const byCountry = filters.country.length > 0;
    const { spread_orders, mixed_customers } = await cacheShape(analytics);
    for (const period of asked) {
      parts.push(customersBySteps(period, byCountry ? accepted : ' AND country = 0'));
      if (spread_orders > 0) parts.push(ordersOf(period, 'sales_spread_lines', accepted));
      if (mixed_customers > 0 && byCountry) {
        parts.push(customersOf(period, 'sales_mixed_orders', accepted));
      }
    }
  }
  const rows = await analytics.query<DistinctCounts & { period: number }>(
    sources + parts.join(' UNION ALL '),
  );
  return asked.map(({ number }) => addCounts(rows.filter(({ period }) => period === number)));
}

interface AskedPeriod extends CountedPeriod {
  readonly number: number;
  readonly weekStartsOn: 1 | 7;
}

/** First day of the bucket of `day`. */
function bucketStart({ bucket, span, weekStartsOn }: AskedPeriod, month: string): string {
  switch (bucket) {
    case 'all':
      return String(span.from);
    case 'day':
      return 'day';
    case 'week':
      // 1970-01-01 was a Thursday. The added weeks keep the remainder positive before it.
      return `day - (day + ${weekStartsOn === 1 ? 3 : 4} + 700000) % 7`;
    case 'month':
      return month;
  }
}

/** Customers where each is one step from a day before the bucket into it. */
function customersBySteps(period: AskedPeriod, accepted: string): string {
  const { number, bucket, span } = period;
  const start = bucketStart(period, 'month');
  return `SELECT ${number} AS period, ${start} AS bucket, 0 AS orders, coalesce(sum(customers), 0) AS customers,
      coalesce(sum(customers) FILTER (prev = ${NEVER}), 0) AS new_customers, coalesce(sum(repeats), 0) AS repeat_customers
    FROM sales_customer_steps
    WHERE ${daysWithin(span)}${accepted} AND prev < ${bucket === 'all' ? start : `greatest(${start}, ${span.from})`}
    ${bucket === 'all' ? '' : 'GROUP BY bucket'}`;
}

/** Orders counted one by one. */
function ordersOf(period: AskedPeriod, table: string, accepted = ''): string {
  return `SELECT ${period.number} AS period, ${bucketStart(period, MONTH_OF_DAY)} AS bucket,
      count(DISTINCT ord) AS orders, 0 AS customers, 0 AS new_customers, 0 AS repeat_customers
    FROM ${table} WHERE ${daysWithin(period.span)}${accepted} GROUP BY bucket`;
}

/** Customers counted one by one; one whose lowest and highest order differ has two. */
function customersOf(period: AskedPeriod, table: string, accepted = ''): string {
  return `SELECT ${period.number} AS period, bucket, 0 AS orders, count(*) AS customers,
      count(*) FILTER (first_day >= greatest(bucket, ${period.span.from})) AS new_customers,
      count(*) FILTER (lowest <> highest) AS repeat_customers
    FROM (
      SELECT ${bucketStart(period, MONTH_OF_DAY)} AS bucket, first_day, min(ord) AS lowest, max(ord) AS highest
      FROM ${table} WHERE customer > 0 AND ${daysWithin(period.span)}${accepted} GROUP BY bucket, customer, first_day
    ) GROUP BY bucket`;
}

function hull(periods: readonly CountedPeriod[]): DaySpan {
  return {
    from: Math.min(...periods.map(({ span }) => span.from)),
    to: Math.max(...periods.map(({ span }) => span.to)),
  };
}

function addCounts(counts: readonly DistinctCounts[]): readonly DistinctCounts[] {
  const sums = new Map<number, DistinctCounts>();
  for (const more of counts) {
    const { bucket } = more;
    const known = sums.get(bucket);
    sums.set(bucket, {
      bucket,
      orders: (known?.orders ?? 0) + more.orders,
      customers: (known?.customers ?? 0) + more.customers,
      new_customers: (known?.new_customers ?? 0) + more.new_customers,
      repeat_customers: (known?.repeat_customers ?? 0) + more.repeat_customers,
    });
  }
  return [...sums.values()];
}
