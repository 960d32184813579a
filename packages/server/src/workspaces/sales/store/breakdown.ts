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

/** Where the rows of a breakdown come from, and the orders of a group that can be added up. */
interface Source {
  readonly table: string;
  readonly only: string;
  readonly revenue: string;
  readonly units: string;
  orders(current: string): string;
}

const LINES: Source = {
  table: 'sales_lines',
  only: 'kind = 1 AND ',
  revenue: 'amount',
  units: 'quantity',
  orders: (current) => `count(DISTINCT ord) FILTER (${current})`,
};
const sums = (table: string): Source => ({
  table,
  only: '',
  revenue: 'revenue',
  units: 'units',
  orders: (current) => `sum(orders) FILTER (${current})`,
});
const ORDER_DAYS: Source = {
  ...sums('sales_order_days'),
  orders: (current) => `count(*) FILTER (${current} AND NOT spread)`,
};
/** Where at most countries are filtered. */
const ROLLUPS: Readonly<Record<BreakdownBy, Source>> = {
  product: sums('sales_product_days'),
  hour: sums('sales_hours'),
  weekday: ORDER_DAYS,
  country: ORDER_DAYS,
  customer: ORDER_DAYS,
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
  const key = by === 'weekday' ? '(day + 3 + 700000) % 7' : by;
  const accepted = filtered(filters) + (by === 'customer' ? ' AND customer > 0' : '');
  const from = value(span.from);
  const to = value(span.to);
  const current = `day >= ${from}`;
  const source = needsLines(filters) ? LINES : ROLLUPS[by];
  // Orders in several places cannot be added up: they are counted from their lines.
  const hasSpread = source !== LINES && spread_orders > 0;
  const spread = `LEFT JOIN (
      SELECT ${key} AS id, count(DISTINCT ord) AS spread_orders FROM sales_spread_lines
      WHERE day BETWEEN ${from} AND ${to}${accepted} GROUP BY 1
    ) USING (id)`;
  const named = DIMENSION_TABLES[by as SalesDimension];
  // One sum finds the groups to show; the rest is asked of these few only.
  return analytics.query<BreakdownRow>(
    `WITH groups AS (
      SELECT ${key} AS id, sum(${source.revenue}) AS revenue FROM ${source.table}
      WHERE ${source.only}day BETWEEN ${from} AND ${to}${accepted} GROUP BY 1 HAVING sum(${source.units}) > 0
    ),
    shown AS MATERIALIZED (
      SELECT id, ${named ? 'code AS key, name AS label' : 'id::VARCHAR AS key, id::VARCHAR AS label'}, groups.revenue,
        sum(groups.revenue) OVER () AS total_revenue, count(*) OVER () AS total_count
      FROM groups ${named ? `JOIN ${named} USING (id)` : ''}
      ORDER BY groups.revenue DESC, key LIMIT ${value(limit)}
    ),
    details AS (
      SELECT ${key} AS id, coalesce(sum(${source.revenue}) FILTER (NOT ${current}), 0) AS previous_revenue,
        sum(${source.units}) FILTER (${current}) AS units, ${source.orders(current)} AS orders
      FROM ${source.table}
      WHERE ${source.only}day BETWEEN ${value(previous.from)} AND ${to}${accepted} AND ${key} IN (SELECT id FROM shown)
      GROUP BY 1
    )
    SELECT shown.*, previous_revenue, units,
      coalesce(orders, 0)${hasSpread ? ' + coalesce(spread_orders, 0)' : ''} AS orders
    FROM shown JOIN details USING (id) ${hasSpread ? spread : ''}
    ORDER BY shown.revenue DESC, key`,
    values,
  );
}
