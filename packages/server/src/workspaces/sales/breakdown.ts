import { previousPeriod } from '@kizashi/series';
import type { Analytics } from '../../core/analytics/analytics.ts';
import type { Breakdown } from './contract.ts';
import type { SalesFilters } from './filters.ts';
import { type BreakdownBy, breakdownRows } from './store/breakdown.ts';
import type { DaySpan } from './store/statement.ts';

/** Revenue by product, country, customer, weekday (0 is Monday) or hour: the largest groups and the total of all. */
export async function salesBreakdown(
  analytics: Analytics,
  by: BreakdownBy,
  span: DaySpan,
  filters: SalesFilters,
  limit: number,
): Promise<Breakdown> {
  const rows = await breakdownRows(analytics, by, span, previousPeriod(span), filters, limit);
  const total = rows[0]?.total_revenue ?? 0;
  return {
    by,
    items: rows.map((row) => ({
      key: row.key,
      label: row.label,
      revenue: row.revenue / 10_000,
      previousRevenue: row.previous_revenue / 10_000,
      orders: row.orders,
      units: row.units,
      share: total === 0 ? 0 : row.revenue / total,
    })),
    total: { revenue: total / 10_000, count: rows[0]?.total_count ?? 0 },
  };
}
