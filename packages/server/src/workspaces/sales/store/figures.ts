import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesDimension, SalesFilters } from '../filters.ts';
import { type DaySpan, DIMENSION_TABLES, needsLines, statement } from './statement.ts';

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
         coalesce(-sum(amount) FILTER (kind = 2), 0) AS returns
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
  if (needsLines(filters)) {
    return countDistinct(analytics, span, filters, bucket, weekStartsOn, 'lines');
  }
  if (filters.country.length === 0) {
    return countByChains(analytics, span, filters, bucket, weekStartsOn, '');
  }
  // Whoever bought in one country only is counted by the chains; the few others one by one.
  const [single, mixed] = await Promise.all([
    countByChains(analytics, span, filters, bucket, weekStartsOn, 'NOT '),
    countDistinct(analytics, span, filters, bucket, weekStartsOn, 'mixed'),
  ]);
  return addCounts(single, mixed);
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

async function countByChains(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
  bucket: FigureBucket,
  weekStartsOn: 1 | 7,
  unlessMixed: '' | 'NOT ',
): Promise<readonly DistinctCounts[]> {
  const { values, value, filtered } = statement();
  const from = value(span.from);
  const start = bucketColumn(bucket, from, weekStartsOn, 'month');
  const since = bucket === 'all' ? from : `greatest(${start}, ${from})`;
  const order = unlessMixed === '' ? '' : 'NOT order_mixed AND ';
  const customer = unlessMixed === '' ? '' : 'NOT customer_mixed AND ';
  return analytics.query<DistinctCounts>(
    `SELECT ${start} AS bucket,
      count(*) FILTER (${order}order_prev < ${since}) AS orders,
      count(*) FILTER (${customer}customer_prev < ${since}) AS customers,
      count(*) FILTER (${customer}customer_prev < ${since} AND first_day >= ${since}) AS new_customers,
      count(*) FILTER (${customer}customer > 0 AND other_prev >= ${since} AND other_prev_before < ${since})
        AS repeat_customers
    FROM sales_order_days WHERE day BETWEEN ${from} AND ${value(span.to)}${filtered(filters)}
    GROUP BY ${bucket === 'all' ? 'ALL' : '1'}`,
    values,
  );
}

async function countDistinct(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
  bucket: FigureBucket,
  weekStartsOn: 1 | 7,
  of: 'lines' | 'mixed',
): Promise<readonly DistinctCounts[]> {
  const { values, value, filtered } = statement();
  const from = value(span.from);
  const start = bucketColumn(bucket, from, weekStartsOn, MONTH_OF_DAY);
  const where = `day BETWEEN ${from} AND ${value(span.to)}${filtered(filters)}`;
  const rows =
    of === 'lines'
      ? `SELECT ${start} AS bucket, ord, customer, first_day, true AS order_mixed, true AS customer_mixed
         FROM sales_lines LEFT JOIN (SELECT id AS customer, first_day FROM sales_customers) USING (customer)
         WHERE kind = 1 AND ${where}`
      : `SELECT ${start} AS bucket, ord, customer, first_day, order_mixed, customer_mixed
         FROM sales_order_days WHERE ${where} AND (order_mixed OR customer_mixed)`;
  return analytics.query<DistinctCounts>(
    `WITH picked AS (${rows}),
    orders AS (SELECT bucket, count(DISTINCT ord) FILTER (order_mixed) AS orders FROM picked GROUP BY bucket),
    each_customer AS (
      SELECT bucket, count(DISTINCT ord) AS orders, min(first_day) AS first_day
      FROM picked WHERE customer > 0 AND customer_mixed GROUP BY bucket, customer
    ),
    customers AS (
      SELECT bucket, count(*) AS customers, count(*) FILTER (orders >= 2) AS repeat_customers,
        count(*) FILTER (first_day >= greatest(bucket, ${from})) AS new_customers
      FROM each_customer GROUP BY bucket
    )
    SELECT bucket, orders, coalesce(customers, 0) AS customers, coalesce(new_customers, 0) AS new_customers,
      coalesce(repeat_customers, 0) AS repeat_customers
    FROM orders LEFT JOIN customers USING (bucket)`,
    values,
  );
}

function addCounts(
  a: readonly DistinctCounts[],
  b: readonly DistinctCounts[],
): readonly DistinctCounts[] {
  const sums = new Map(a.map((counts) => [counts.bucket, counts]));
  for (const more of b) {
    const known = sums.get(more.bucket);
    sums.set(
      more.bucket,
      known === undefined
        ? more
        : {
            bucket: more.bucket,
            orders: known.orders + more.orders,
            customers: known.customers + more.customers,
            new_customers: known.new_customers + more.new_customers,
            repeat_customers: known.repeat_customers + more.repeat_customers,
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
