import { bucketStart, nextBucketStart } from '@kizashi/series';
import type { Analytics } from '../../../core/analytics/analytics.ts';
import type { SalesFilters } from '../filters.ts';
import { type DaySpan, DIMENSION_TABLES, daysWithin, readScope } from './statement.ts';

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

/** Where the rows of a breakdown come from, and how to add them up. */
interface Source {
  /** The rows of a span, as what stands behind FROM. */
  within(span: DaySpan, accepted: string): string;
  readonly revenue: string;
  readonly units: string;
  readonly orders: string;
}

const LINES: Source = {
  within: (span, accepted) => `sales_lines WHERE kind = 1 AND ${daysWithin(span)}${accepted}`,
  revenue: 'sum(amount)',
  units: 'sum(quantity)',
  orders: 'count(DISTINCT ord)',
};
const sums = (within: Source['within']): Source => ({
  within,
  revenue: 'sum(revenue)',
  units: 'sum(units)',
  orders: 'sum(orders)',
});
const DAYS = sums(
  (span, accepted) => `sales_days WHERE units > 0 AND ${daysWithin(span)}${accepted}`,
);
const CUSTOMER_DAYS = sums(
  (span, accepted) => `sales_customer_days WHERE ${daysWithin(span)}${accepted}`,
);
const ROLLUPS: Readonly<Record<BreakdownBy, Source>> = {
  product: sums(productsWithin),
  country: DAYS,
  customer: CUSTOMER_DAYS,
  weekday: DAYS,
  hour: sums((span, accepted) => `sales_hours WHERE ${daysWithin(span)}${accepted}`),
};

/** The smallest table that knows what is filtered. */
function sourceOf(by: BreakdownBy, { product, customer }: SalesFilters): Source {
  if (product.length > 0) return LINES;
  if (customer.length === 0) return ROLLUPS[by];
  return by === 'product' || by === 'hour' ? LINES : CUSTOMER_DAYS;
}

/** Whole months by the month, the days before and after them by the day: a fifth of the rows for three years. */
function productsWithin(span: DaySpan, accepted: string): string {
  const month = nextBucketStart(span.from - 1, 'month');
  const end = bucketStart(span.to + 1, 'month');
  if (month >= end) return `sales_product_days WHERE ${daysWithin(span)}${accepted}`;
  const pieces = [`sales_product_months WHERE month >= ${month} AND month < ${end}${accepted}`];
  for (const days of [
    { from: span.from, to: month - 1 },
    { from: end, to: span.to },
  ]) {
    if (days.from <= days.to)
      pieces.push(`sales_product_days WHERE ${daysWithin(days)}${accepted}`);
  }
  return `(${pieces.map((piece) => `SELECT product, revenue, units, orders FROM ${piece}`).join(' UNION ALL ')})`;
}

/**
 * Groups with sales in the span, largest revenue first (of equals, the one seen first), beside the revenue of the days
 * directly before (`previous`), with the totals over all groups on each row. Orders are distinct within each group.
 */
export async function breakdownRows(
  analytics: Analytics,
  by: BreakdownBy,
  span: DaySpan,
  previous: DaySpan,
  filters: SalesFilters,
  limit: number,
): Promise<readonly BreakdownRow[]> {
  const scope = await readScope(analytics, filters);
  const key = by === 'weekday' ? '(day + 3 + 700000) % 7' : by;
  const source = sourceOf(by, filters);
  let accepted = scope.accepted;
  let shown: readonly ShownGroup[] | undefined;
  if (by === 'product' || by === 'customer') {
    // One sum finds the groups to show; the rest is asked of these few only.
    if (by === 'customer') accepted += ' AND customer > 0';
    shown = await analytics.query<ShownGroup>(
      `WITH groups AS MATERIALIZED (
        SELECT ${key} AS id, ${source.revenue} AS revenue FROM ${source.within(span, accepted)} GROUP BY id
      )
      FROM groups, (SELECT sum(revenue) AS total_revenue, count(*) AS total_count FROM groups)
      ORDER BY revenue DESC, id LIMIT ${limit}`,
    );
    if (shown.length === 0) return [];
    accepted += ` AND ${key} IN (${shown.map(({ id }) => id).join(', ')})`;
  }
  // By DOUBLE, because numbers are grouped in an array of all there might be, which pays for many groups only.
  const detailsOf = (current: boolean, days: DaySpan, units: string, orders: string): string =>
    `SELECT ${current} AS current, (${key})::DOUBLE AS id, ${source.revenue} AS revenue, ${units} AS units,
      ${orders} AS orders
    FROM ${source.within(days, accepted)} GROUP BY id`;
  const [details, spread, names] = await Promise.all([
    analytics.query<GroupDetails>(
      `${detailsOf(true, span, source.units, source.orders)} UNION ALL ${detailsOf(false, previous, '0', '0')}`,
    ),
    // Orders in several places cannot be added up: they are counted from their lines.
    source === LINES || scope.spreadOrders === 0
      ? []
      : analytics.query<{ id: number; orders: number }>(
          `SELECT ${key} AS id, count(DISTINCT ord) AS orders FROM sales_spread_lines
          WHERE ${daysWithin(span)}${accepted} GROUP BY id`,
        ),
    namesOf(analytics, by, shown),
  ]);
  const groups = details.filter((row) => row.current);
  const current = byId(groups);
  const before = byId(details.filter((row) => !row.current));
  const spreadOrders = byId(spread);
  return (shown ?? largest(groups, limit)).map(({ id, revenue, total_revenue, total_count }) => ({
    // A change of the facts between the questions may have taken the group away.
    key: names.get(id)?.key ?? String(id),
    label: names.get(id)?.label ?? String(id),
    revenue,
    previous_revenue: before.get(id)?.revenue ?? 0,
    orders: (current.get(id)?.orders ?? 0) + (spreadOrders.get(id)?.orders ?? 0),
    units: current.get(id)?.units ?? 0,
    total_revenue,
    total_count,
  }));
}

interface ShownGroup {
  readonly id: number;
  readonly revenue: number;
  readonly total_revenue: number;
  readonly total_count: number;
}

interface GroupDetails {
  readonly current: boolean;
  readonly id: number;
  readonly revenue: number;
  readonly units: number;
  readonly orders: number;
}

function largest(groups: readonly GroupDetails[], limit: number): readonly ShownGroup[] {
  const total_revenue = groups.reduce((sum, { revenue }) => sum + revenue, 0);
  return groups
    .toSorted((a, b) => b.revenue - a.revenue || a.id - b.id)
    .slice(0, limit)
    .map(({ id, revenue }) => ({ id, revenue, total_revenue, total_count: groups.length }));
}

interface GroupName {
  readonly id: number;
  readonly key: string;
  readonly label: string;
}

/** Code and name of the groups shown, or of all; weekdays and hours have only their numbers. */
async function namesOf(
  analytics: Analytics,
  by: BreakdownBy,
  shown: readonly ShownGroup[] | undefined,
): Promise<ReadonlyMap<number, GroupName>> {
  if (by === 'weekday' || by === 'hour') return new Map();
  const which = shown ? `WHERE id IN (${shown.map(({ id }) => id).join(', ')})` : '';
  return byId(
    await analytics.query<GroupName>(
      `SELECT id, code AS key, name AS label FROM ${DIMENSION_TABLES[by]} ${which}`,
    ),
  );
}

function byId<R extends { readonly id: number }>(rows: readonly R[]): ReadonlyMap<number, R> {
  return new Map(rows.map((row) => [row.id, row]));
}
