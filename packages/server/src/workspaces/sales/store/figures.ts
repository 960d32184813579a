import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesDimension, SalesFilters } from '../filters.ts';
import {
  type DaySpan,
  DIMENSION_TABLES,
  daysWithin,
  filterCondition,
  needsLines,
} from './statement.ts';

export interface DaySums {
  readonly day: number;
  /** e4, as are all amounts here. */
  readonly revenue: number;
  readonly units: number;
  readonly returns: number;
  /** Only of those that add up over days; `distinctCounts` tells the others. */
  readonly orders: number;
}

/** Sums of each day with any line. */
export async function daySums(
  analytics: Analytics,
  span: DaySpan,
  filters: SalesFilters,
): Promise<readonly DaySums[]> {
  const where = daysWithin(span) + (await filterCondition(analytics, filters));
  const sql = needsLines(filters)
    ? `SELECT day, coalesce(sum(amount) FILTER (kind = 1), 0) AS revenue,
         coalesce(sum(quantity) FILTER (kind = 1), 0) AS units,
         0 - coalesce(sum(amount) FILTER (kind = 2), 0) AS returns, 0 AS orders
       FROM sales_lines WHERE ${where} GROUP BY day`
    : `SELECT day, sum(revenue) AS revenue, sum(units) AS units, sum(returns) AS returns, sum(orders) AS orders
       FROM sales_days WHERE ${where} GROUP BY day`;
  return analytics.query<DaySums>(sql);
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
    `SELECT min(day) AS "from", max(day) AS "to", coalesce(sum(line_count), 0) AS lines FROM sales_days`,
  );
  return rows[0]!;
}
