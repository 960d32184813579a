import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesDimension, SalesFilters } from '../filters.ts';
import { type DaySpan, DIMENSION_TABLES, needsLines, statement } from './statement.ts';

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

/** Distinct orders of a group among the rows of `sales_order_days`. */
function ordersByChain(current: string, since: string, distinct: string): string {
  return `count(*) FILTER (${current} AND NOT order_mixed AND order_prev < ${since})
    + count(DISTINCT ${distinct}) FILTER (${current} AND order_mixed)`;
}

/**
 * Groups with sales in the span, largest revenue first, beside the revenue of the days directly before
 * (`previous`), with the totals over all groups on each row.
 */
export async function breakdownRows(
  analytics: Analytics,
  by: BreakdownBy,
  span: DaySpan,
  previous: DaySpan,
  filters: SalesFilters,
  limit: number,
): Promise<readonly BreakdownRow[]> {
  const { values, value, filtered } = statement();
  const since = value(span.from);
  const current = `day >= ${since}`;
  const where = `day BETWEEN ${value(previous.from)} AND ${value(span.to)}${filtered(filters)}`;
  const source = breakdownSource(by, needsLines(filters), since, current);
  const named = DIMENSION_TABLES[by as SalesDimension];
  return analytics.query<BreakdownRow>(
    `WITH grouped AS (
      SELECT ${source.key} AS id, coalesce(sum(${source.revenue}) FILTER (${current}), 0) AS revenue,
        coalesce(sum(${source.revenue}) FILTER (NOT ${current}), 0) AS previous_revenue,
        coalesce(sum(${source.units}) FILTER (${current}), 0) AS units,
        ${source.orders} AS orders
      FROM ${source.table} WHERE ${where}${source.only} GROUP BY 1
    )
    SELECT ${named ? 'code AS key, name AS label' : 'id::VARCHAR AS key, id::VARCHAR AS label'},
      grouped.revenue, previous_revenue, orders, units,
      sum(grouped.revenue) OVER () AS total_revenue, count(*) OVER () AS total_count
    FROM grouped ${named ? `JOIN ${named} USING (id)` : ''}
    WHERE orders > 0 ORDER BY grouped.revenue DESC, key LIMIT ${value(limit)}`,
    values,
  );
}

function breakdownSource(by: BreakdownBy, fromLines: boolean, since: string, current: string) {
  const key = by === 'weekday' ? '(day + 3 + 700000) % 7' : by;
  if (fromLines) {
    const distinct = by === 'weekday' || by === 'hour' ? '(ord, day)' : 'ord';
    return {
      table: 'sales_lines',
      key,
      revenue: 'amount',
      units: 'quantity',
      orders: `count(DISTINCT ${distinct}) FILTER (${current})`,
      only: ` AND kind = 1${by === 'customer' ? ' AND customer > 0' : ''}`,
    };
  }
  const additive = { key, revenue: 'revenue', units: 'units', only: '' };
  switch (by) {
    case 'product':
      return {
        ...additive,
        table: 'sales_product_days',
        orders: `coalesce(sum(orders) FILTER (${current}), 0)`,
      };
    case 'hour':
      return {
        ...additive,
        table: 'sales_hours',
        orders: `coalesce(sum(orders) FILTER (${current}), 0)`,
      };
    case 'weekday':
      return {
        ...additive,
        table: 'sales_order_days',
        orders: ordersByChain(current, 'day', '(ord, day)'),
      };
    case 'country':
      return {
        ...additive,
        table: 'sales_order_days',
        orders: ordersByChain(current, since, 'ord'),
      };
    case 'customer':
      return {
        ...additive,
        table: 'sales_order_days',
        orders: ordersByChain(current, since, 'ord'),
        only: ' AND customer > 0',
      };
  }
}
