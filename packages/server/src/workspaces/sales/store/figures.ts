import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesDimension, SalesFilters } from '../filters.ts';
import { cacheShape, type DaySpan, DIMENSION_TABLES, needsLines, statement } from './statement.ts';

/** Columns that a point of time belongs to; `all` is one bucket beginning at `from`. */
export type FigureBucket = 'all' | 'day' | 'week' | 'month';

export interface DaySums {
  readonly day: number;
  /** e4, as are all amounts here. */
  readonly revenue: number;
  readonly units: number;
  readonly returns: number;
}

export interface DistinctCounts {
  /** First day of the bucket; may lie before the span. */
  readonly bucket: number;
  readonly orders: number;
  readonly customers: number;
  readonly new_customers: number;
  readonly repeat_customers: number;
}

const MONTH_OF_DAY =
  "(date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER";

/** Sums of each day with any line. */
export async function daySums(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
): Promise<readonly DaySums[]> {
  const { values, days, filtered } = statement();
  const where = days(span) + filtered(filters);
  const sql = needsLines(filters)
    ? `SELECT day, coalesce(sum(amount) FILTER (kind = 1), 0) AS revenue,
         coalesce(sum(quantity) FILTER (kind = 1), 0) AS units,
         0 - coalesce(sum(amount) FILTER (kind = 2), 0) AS returns
       FROM sales_lines WHERE ${where} GROUP BY day ORDER BY day`
    : `SELECT day, sum(revenue) AS revenue, sum(units) AS units, sum(returns) AS returns
       FROM sales_hours WHERE ${where} GROUP BY day ORDER BY day`;
  return analytics.query<DaySums>(sql, values);
}

/** Distinct orders and customers of each bucket, only of days within the span. See README.md, "Counting". */
export async function distinctCounts(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
  bucket: FigureBucket,
  weekStartsOn: 1 | 7 = 1,
): Promise<readonly DistinctCounts[]> {
  const ask = { analytics, span, filters, bucket, weekStartsOn };
  if (needsLines(filters)) return countOneByOne(ask, 'lines');
  const { spread_orders, mixed_customers } = await cacheShape(analytics);
  const parts = [countByChains(ask)];
  if (spread_orders > 0) parts.push(countOneByOne(ask, 'spread'));
  if (mixed_customers > 0 && filters.country.length > 0) parts.push(countOneByOne(ask, 'mixed'));
  return addCounts(await Promise.all(parts));
}

interface CountRequest {
  readonly analytics: Analytics;
  readonly span: DaySpan;
  readonly filters: SalesFilters;
  readonly bucket: FigureBucket;
  readonly weekStartsOn: 1 | 7;
}

function bucketColumn(bucket: FigureBucket, from: string, weekStartsOn: 1 | 7, month: string) {
  switch (bucket) {
    case 'all':
      return `${from}::INTEGER`;
    case 'day':
      return 'day';
    case 'week':
      // 1970-01-01 was a Thursday. The added weeks keep the remainder positive before it.
      return `day - (day + ${weekStartsOn === 1 ? 3 : 4} + 700000) % 7`;
    case 'month':
      return month;
  }
}

/** Orders that lie in one place, and customers by their chains: one pass over the rows of the span. */
async function countByChains(ask: CountRequest): Promise<readonly DistinctCounts[]> {
  const { span, filters, bucket } = ask;
  const { values, value, filtered } = statement();
  const from = value(span.from);
  const start = bucketColumn(bucket, from, ask.weekStartsOn, 'month');
  const since = bucket === 'all' ? from : `greatest(${start}, ${from})`;
  // A chain runs over all countries: under a filter it holds for those who bought in one country only.
  const chained = filters.country.length > 0 ? 'NOT customer_mixed AND ' : '';
  return ask.analytics.query<DistinctCounts>(
    `SELECT ${start} AS bucket, count(*) FILTER (NOT spread) AS orders,
      count(*) FILTER (${chained}customer_prev < ${since}) AS customers,
      count(*) FILTER (${chained}customer_prev < ${since} AND first_day >= ${since}) AS new_customers,
      count(*) FILTER (${chained}customer > 0 AND other_prev >= ${since} AND other_prev_before < ${since})
        AS repeat_customers
    FROM sales_order_days WHERE day BETWEEN ${from} AND ${value(span.to)}${filtered(filters)}
    GROUP BY ALL`,
    values,
  );
}

/**
 * Counts that cannot be added up: of everything (`lines`, for filters that only the lines know), of the orders that lie
 * in several places (`spread`), of the customers with several countries (`mixed`).
 */
async function countOneByOne(
  ask: CountRequest,
  of: 'lines' | 'spread' | 'mixed',
): Promise<readonly DistinctCounts[]> {
  const { span, filters } = ask;
  const { values, value, filtered } = statement();
  const from = value(span.from);
  const start = bucketColumn(ask.bucket, from, ask.weekStartsOn, MONTH_OF_DAY);
  const where = `day BETWEEN ${from} AND ${value(span.to)}${filtered(filters)}`;
  const orders = `SELECT ${start} AS bucket, count(DISTINCT ord) AS orders
    FROM ${of === 'lines' ? 'sales_lines' : 'sales_spread_lines'} WHERE kind = 1 AND ${where} GROUP BY ALL`;
  const customers = `SELECT bucket, count(*) AS customers, count(*) FILTER (orders >= 2) AS repeat_customers,
      count(*) FILTER (first_day >= greatest(bucket, ${from})) AS new_customers
    FROM (
      SELECT ${start} AS bucket, customer, count(DISTINCT ord) AS orders
      FROM ${of === 'lines' ? 'sales_lines' : 'sales_order_days'}
      WHERE ${of === 'lines' ? 'kind = 1' : 'customer_mixed'} AND customer > 0 AND ${where} GROUP BY ALL
    ) JOIN (SELECT id AS customer, first_day FROM sales_customers) USING (customer)
    GROUP BY bucket`;
  const none = 'SELECT NULL::INTEGER AS bucket, 0 AS orders WHERE false';
  const nobody =
    'SELECT NULL::INTEGER AS bucket, 0 AS customers, 0 AS repeat_customers, 0 AS new_customers WHERE false';
  return ask.analytics.query<DistinctCounts>(
    `SELECT bucket, coalesce(orders, 0) AS orders, coalesce(customers, 0) AS customers,
      coalesce(new_customers, 0) AS new_customers, coalesce(repeat_customers, 0) AS repeat_customers
    FROM (${of === 'mixed' ? none : orders}) FULL JOIN (${of === 'spread' ? nobody : customers}) USING (bucket)`,
    values,
  );
}

function addCounts(parts: readonly (readonly DistinctCounts[])[]): readonly DistinctCounts[] {
  const sums = new Map<number, DistinctCounts>();
  for (const counts of parts.flat()) {
    const known = sums.get(counts.bucket);
    sums.set(
      counts.bucket,
      known === undefined
        ? counts
        : {
            bucket: known.bucket,
            orders: known.orders + counts.orders,
            customers: known.customers + counts.customers,
            new_customers: known.new_customers + counts.new_customers,
            repeat_customers: known.repeat_customers + counts.repeat_customers,
          },
    );
  }
  return [...sums.values()];
}

/** Values of a dimension that have sales, most revenue first; `search` anywhere in name or code. */
export async function dimensionValues(
  analytics: Analytics,
  dimension: SalesDimension,
  search: string,
  limit: number,
): Promise<readonly { value: string; label: string }[]> {
  return analytics.query(
    `SELECT code AS value, name AS label FROM ${DIMENSION_TABLES[dimension]}
    WHERE revenue IS NOT NULL
      AND (contains(lower(name), lower($1)) OR contains(lower(code), lower($1)))
    ORDER BY revenue DESC, code LIMIT $2`,
    [search, limit],
  );
}

/** First and last day with a line, and how many lines there are; the days are null when there is none. */
export async function dataRange(
  analytics: Analytics,
): Promise<{ from: number | null; to: number | null; lines: number }> {
  const rows = await analytics.query<{ from: number | null; to: number | null; lines: number }>(
    `SELECT min(day) AS "from", max(day) AS "to", coalesce(sum(line_count), 0) AS lines FROM sales_hours`,
  );
  return rows[0]!;
}
