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

/** What has to be known before a question can be asked. */
export interface Scope {
  /**
   * ` AND …` for every dimension that is filtered, with the numbers of the accepted codes: so the plan knows which
   * stretches of a table to leave out, and is made in half the time of one that looks the codes up itself.
   */
  readonly accepted: string;
  /** Orders and customers that the rollups cannot add up; usually none, and then nobody needs to ask for them. */
  readonly spreadOrders: number;
  readonly mixedCustomers: number;
}

export async function readScope(analytics: Analytics, filters: SalesFilters): Promise<Scope> {
  const filtered = Object.entries(filters).filter(([, codes]) => codes.length > 0);
  const ids = filtered.map(([dimension], i) => {
    const table = DIMENSION_TABLES[dimension as SalesDimension];
    return `, (SELECT string_agg(id::VARCHAR, ', ') FROM ${table}
      WHERE code IN (SELECT unnest($${i + 1}))) AS ${dimension}`;
  });
  const rows = await analytics.query<
    Pick<Scope, 'spreadOrders' | 'mixedCustomers'> & Partial<Record<string, string | null>>
  >(
    `SELECT spread_orders AS "spreadOrders", mixed_customers AS "mixedCustomers"${ids.join('')} FROM sales_shape`,
    filtered.map(([, codes]) => codes),
  );
  const { spreadOrders, mixedCustomers, ...accepted } = rows[0]!;
  const conditions = filtered.map(([dimension]) => {
    const known = accepted[dimension];
    return known ? ` AND ${dimension} IN (${known})` : ' AND false';
  });
  return { accepted: conditions.join(''), spreadOrders, mixedCustomers };
}
