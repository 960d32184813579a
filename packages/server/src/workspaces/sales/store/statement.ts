import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesDimension, SalesFilters } from '../filters.ts';

/** Local days since 1970-01-01, both included. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** Conditions write whole numbers out; texts of people are always values of a statement. */
export const daysWithin = ({ from, to }: DaySpan): string => `day BETWEEN ${from} AND ${to}`;

export const DIMENSION_TABLES: Readonly<Record<SalesDimension, string>> = {
  country: 'sales_countries',
  product: 'sales_products',
  customer: 'sales_customers',
};

/**
 * ` AND …` for every dimension that is filtered, with the numbers of the accepted codes: so the plan knows which
 * stretches of a table to leave out, and is made in half the time of one that looks the codes up itself.
 */
export async function filterCondition(
  analytics: Analytics,
  filters: SalesFilters,
): Promise<string> {
  const conditions = Object.entries(filters).map(async ([dimension, codes]) => {
    if (codes.length === 0) return '';
    const table = DIMENSION_TABLES[dimension as SalesDimension];
    const rows = await analytics.query<{ id: number }>(
      `SELECT id FROM ${table} WHERE code IN (SELECT unnest($1))`,
      [codes],
    );
    if (rows.length === 0) return ' AND false';
    return ` AND ${dimension} IN (${rows.map(({ id }) => id).join(', ')})`;
  });
  return (await Promise.all(conditions)).join('');
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
