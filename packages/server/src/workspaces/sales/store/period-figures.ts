import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesFilters } from '../filters.ts';
import { MONTH_OF_DAY, NEVER } from './cache-tables.ts';
import { type DaySpan, daysWithin, readScope } from './statement.ts';

/** What days are counted together; `all` is one bucket beginning at the period's first day. */
export type FigureBucket = 'all' | 'day' | 'week' | 'month';

/** A stretch of days to count in, as a whole or by bucket. */
export interface CountedPeriod {
  readonly span: DaySpan;
  readonly bucket: FigureBucket;
}

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

export const NOTHING: Figures = {
  revenue: 0,
  units: 0,
  returns: 0,
  orders: 0,
  customers: 0,
  newCustomers: 0,
  repeatCustomers: 0,
};

/**
 * The figures of each bucket with any line, by the bucket's first day, for each of the periods; only days within the
 * period count, the first bucket may begin before it. All in one question. See README.md, "Counting".
 */
export async function periodFigures(
  analytics: Analytics,
  periods: readonly CountedPeriod[],
  filters: SalesFilters,
  weekStartsOn: 1 | 7 = 1,
): Promise<readonly ReadonlyMap<number, Figures>[]> {
  const { accepted, spreadOrders, mixedCustomers } = await readScope(analytics, filters);
  const asked = periods.map((period, number): AskedPeriod => ({ ...period, number, weekStartsOn }));
  const parts: string[] = [];
  let sources = '';
  // Products and customers are told apart in the lines only.
  if (filters.product.length > 0 || filters.customer.length > 0) {
    sources = `WITH found AS MATERIALIZED (
      SELECT ord, day, customer, first_day, quantity, amount, kind FROM sales_lines LEFT JOIN sales_customers ON customer = id
      WHERE ${daysWithin(hull(periods))}${accepted}),
    sales AS (FROM found WHERE kind = 1) `;
    for (const period of asked) {
      parts.push(sumsOfLines(period), ordersOf(period, 'sales'), customersOf(period, 'sales'));
    }
  } else {
    const byCountry = filters.country.length > 0;
    for (const period of asked) {
      parts.push(sumsOfDays(period, accepted));
      parts.push(customersBySteps(period, byCountry ? accepted : ' AND country = 0'));
      if (spreadOrders > 0) parts.push(ordersOf(period, 'sales_spread_lines', accepted));
      if (mixedCustomers > 0 && byCountry) {
        parts.push(customersOf(period, 'sales_mixed_orders', accepted));
      }
    }
  }
  const rows = await analytics.query<PartRow>(sources + parts.join(' UNION ALL BY NAME '));
  return asked.map(({ number }) => addUp(rows.filter(({ period }) => period === number)));
}

/** What one part tells of one bucket; what it does not tell is null. */
type PartRow = { readonly [figure in keyof Figures]: number | null } & {
  readonly period: number;
  readonly bucket: number;
};

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

/** `SELECT … GROUP BY bucket`, where there is more than one: one group is summed without looking for it. */
function byBucket(
  period: AskedPeriod,
  figures: string,
  rows: string,
  month = MONTH_OF_DAY,
): string {
  const { number, bucket } = period;
  return `SELECT ${number} AS period, ${bucketStart(period, month)} AS bucket, ${figures}
    FROM ${rows} ${bucket === 'all' ? '' : 'GROUP BY bucket'}`;
}

/** Sums, with the orders that are in one place. */
function sumsOfDays(period: AskedPeriod, accepted: string): string {
  return byBucket(
    period,
    'sum(revenue) AS revenue, sum(units) AS units, sum(returns) AS returns, sum(orders) AS orders',
    `sales_days WHERE ${daysWithin(period.span)}${accepted}`,
    'month',
  );
}

function sumsOfLines(period: AskedPeriod): string {
  return byBucket(
    period,
    `sum(amount) FILTER (kind = 1) AS revenue, sum(quantity) FILTER (kind = 1) AS units,
      0 - sum(amount) FILTER (kind = 2) AS returns`,
    `found WHERE ${daysWithin(period.span)}`,
  );
}

/** Customers where each is one step from a day before the bucket into it. */
function customersBySteps(period: AskedPeriod, accepted: string): string {
  const start = bucketStart(period, 'month');
  const since = period.bucket === 'all' ? start : `greatest(${start}, ${period.span.from})`;
  return byBucket(
    period,
    `sum(customers) AS customers, sum(customers) FILTER (prev = ${NEVER}) AS "newCustomers",
      sum(repeats) AS "repeatCustomers"`,
    `sales_customer_steps WHERE ${daysWithin(period.span)}${accepted} AND prev < ${since}`,
    'month',
  );
}

/** Orders counted one by one. */
function ordersOf(period: AskedPeriod, table: string, accepted = ''): string {
  return byBucket(
    period,
    'count(DISTINCT ord) AS orders',
    `${table} WHERE ${daysWithin(period.span)}${accepted}`,
  );
}

/** Customers counted one by one; one whose lowest and highest order differ has two. */
function customersOf(period: AskedPeriod, table: string, accepted = ''): string {
  return `SELECT ${period.number} AS period, bucket, count(*) AS customers,
      count(*) FILTER (first_day >= greatest(bucket, ${period.span.from})) AS "newCustomers",
      count(*) FILTER (lowest <> highest) AS "repeatCustomers"
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

const figureNames = Object.keys(NOTHING) as (keyof Figures)[];

function addUp(rows: readonly PartRow[]): ReadonlyMap<number, Figures> {
  const sums = new Map<number, { -readonly [figure in keyof Figures]: number }>();
  for (const row of rows) {
    let sum = sums.get(row.bucket);
    if (sum === undefined) {
      sum = { ...NOTHING };
      sums.set(row.bucket, sum);
    }
    for (const name of figureNames) sum[name] += row[name] ?? 0;
  }
  return sums;
}
