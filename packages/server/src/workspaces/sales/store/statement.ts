import type { Analytics, AnalyticsValue } from '../../../core/analytics/analytics.ts';
import type { SalesDimension, SalesFilters } from '../filters.ts';

/** Local days since 1970-01-01, both included. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

export const DIMENSION_TABLES: Readonly<Record<SalesDimension, string>> = {
  country: 'sales_countries',
  product: 'sales_products',
  customer: 'sales_customers',
};

/** Values of one statement and the conditions they stand for. */
export function statement() {
  const values: AnalyticsValue[] = [];
  const value = (v: AnalyticsValue): string => `$${values.push(v)}`;
  return {
    values,
    value,
    days: ({ from, to }: DaySpan): string => `day BETWEEN ${value(from)} AND ${value(to)}`,
    /** ` AND …` for every dimension that is filtered. */
    filtered(filters: SalesFilters): string {
      let text = '';
      for (const [dimension, codes] of Object.entries(filters)) {
        if (codes.length === 0) continue;
        const table = DIMENSION_TABLES[dimension as SalesDimension];
        text += ` AND ${dimension} IN (SELECT id FROM ${table} WHERE code IN (SELECT unnest(${value(codes)})))`;
      }
      return text;
    },
  };
}

/** Products and customers are told apart in the lines only; countries in the rollups too. */
export function needsLines(filters: SalesFilters): boolean {
  return filters.product.length > 0 || filters.customer.length > 0;
}

/** How many orders and customers the rollups cannot add up; usually none, and then nobody needs to ask for them. */
export async function cacheShape(
  analytics: Analytics,
): Promise<{ readonly spread_orders: number; readonly mixed_customers: number }> {
  const rows = await analytics.query<{ spread_orders: number; mixed_customers: number }>(
    'FROM sales_shape',
  );
  return rows[0]!;
}
