import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesDimension, SalesFilters } from '../filters.ts';
import { cacheShape, type DaySpan, DIMENSION_TABLES, needsLines, statement } from './statement.ts';

export interface BreakdownRow {
  readonly key: string;
  readonly label: string;
  readonly revenue: number;
  readonly previous_revenue: number;
  readonly orders: number;
  readonly units: number;
  readonly total_revenue: number;
  readonly total_count: number;
}

export type BreakdownBy = 'product' | 'country' | 'customer' | 'weekday' | 'hour';

/** Orders of a group that lie in one place, where `current` holds. */
const addedUp = (current: string): string => `sum(orders) FILTER (${current})`;
const counted = (current: string): string => `count(*) FILTER (${current} AND NOT spread)`;

/** Where the rows of a breakdown come from when at most countries are filtered. */
const ROLLUPS: Readonly<
  Record<BreakdownBy, { table: string; orders: (current: string) => string }>
> = {
  product: { table: 'sales_product_days', orders: addedUp },
  hour: { table: 'sales_hours', orders: addedUp },
  weekday: { table: 'sales_order_days', orders: counted },
  country: { table: 'sales_order_days', orders: counted },
  customer: { table: 'sales_order_days', orders: counted },
};

/**
 * Groups with sales in the span, largest revenue first, beside the revenue of the days directly before
 * (`previous`), with the totals over all groups on each row. Orders are distinct within each group.
 */
export async function breakdownRows(
  analytics: Analytics,
  by: BreakdownBy,
  span: DaySpan,
  previous: DaySpan,
  filters: SalesFilters,
  limit: number,
): Promise<readonly BreakdownRow[]> {
  const { spread_orders } = await cacheShape(analytics);
  const { values, value, filtered } = statement();
  const since = value(span.from);
  const current = `day >= ${since}`;
  const key = by === 'weekday' ? '(day + 3 + 700000) % 7' : by;
  const known = by === 'customer' ? ' AND customer > 0' : '';
  const where = `day BETWEEN ${value(previous.from)} AND ${value(span.to)}${filtered(filters)}${known}`;
  const fromLines = needsLines(filters);
  const grouped = fromLines
    ? `SELECT ${key} AS id, sum(amount) FILTER (${current}) AS revenue,
        sum(amount) FILTER (NOT ${current}) AS previous_revenue, sum(quantity) FILTER (${current}) AS units,
        count(DISTINCT ord) FILTER (${current}) AS orders
      FROM sales_lines WHERE kind = 1 AND ${where} GROUP BY 1`
    : `SELECT ${key} AS id, sum(revenue) FILTER (${current}) AS revenue,
        sum(revenue) FILTER (NOT ${current}) AS previous_revenue, sum(units) FILTER (${current}) AS units,
        ${ROLLUPS[by].orders(current)} AS orders
      FROM ${ROLLUPS[by].table} WHERE ${where} GROUP BY 1`;
  // Orders in several places cannot be added up: they are counted from their lines.
  const spread = `SELECT ${key} AS id, count(DISTINCT ord) AS spread_orders
    FROM sales_spread_lines WHERE ${where} AND ${current} GROUP BY 1`;
  const hasSpread = !fromLines && spread_orders > 0;
  const orders = hasSpread
    ? 'coalesce(orders, 0) + coalesce(spread_orders, 0)'
    : 'coalesce(orders, 0)';
  const named = DIMENSION_TABLES[by as SalesDimension];
  return analytics.query<BreakdownRow>(
    `SELECT ${named ? 'code AS key, name AS label' : 'id::VARCHAR AS key, id::VARCHAR AS label'},
      groups.revenue, coalesce(previous_revenue, 0) AS previous_revenue,
      ${orders} AS orders, units,
      sum(groups.revenue) OVER () AS total_revenue, count(*) OVER () AS total_count
    FROM (${grouped}) groups ${hasSpread ? `LEFT JOIN (${spread}) USING (id)` : ''}
      ${named ? `JOIN ${named} USING (id)` : ''}
    WHERE ${orders} > 0
    ORDER BY groups.revenue DESC, key LIMIT ${value(limit)}`,
    values,
  );
}
