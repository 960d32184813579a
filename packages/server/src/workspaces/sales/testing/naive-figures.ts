import { bucketStart, bucketStarts } from '@kizashi/series';
import type { Figures } from '../figures.ts';
import type { SalesFilters } from '../filters.ts';

/** A stored line with its local day, as the naive counter sees it. */
export interface NaiveLine {
  readonly order: string;
  readonly day: number;
  readonly hour: number;
  readonly product: string;
  readonly customer: string | null;
  readonly country: string;
  readonly quantity: number;
  readonly amount: number;
  readonly kind: 1 | 2 | 3;
}

/** The figures counted one by one, straight from their definitions: the slow twin of the column cache. */
export function naiveFigures(
  lines: readonly NaiveLine[],
  span: { from: number; to: number },
  filters: SalesFilters,
): Figures {
  const within = lines.filter((line) => inSpan(line, span) && accepted(line, filters));
  const sales = within.filter(({ kind }) => kind === 1);
  const returns = within.filter(({ kind }) => kind === 2);
  const ordersOf = new Map<string, Set<string>>();
  for (const { customer, order } of sales) {
    if (customer !== null) ordersOf.set(customer, (ordersOf.get(customer) ?? new Set()).add(order));
  }
  // The first purchase of all, whatever is filtered.
  const firstDay = new Map<string, number>();
  for (const { customer, day, kind } of lines) {
    if (customer === null || kind !== 1) continue;
    firstDay.set(customer, Math.min(firstDay.get(customer) ?? day, day));
  }
  const customers = [...ordersOf.keys()];
  return {
    revenue: sum(sales, ({ amount }) => amount),
    units: sum(sales, ({ quantity }) => quantity),
    returns: 0 - sum(returns, ({ amount }) => amount),
    orders: new Set(sales.map(({ order }) => order)).size,
    customers: customers.length,
    newCustomers: customers.filter((customer) => firstDay.get(customer)! >= span.from).length,
    repeatCustomers: customers.filter((customer) => ordersOf.get(customer)!.size >= 2).length,
  };
}

export function naiveSeries(
  lines: readonly NaiveLine[],
  span: { from: number; to: number },
  filters: SalesFilters,
  bucket: 'day' | 'week' | 'month',
  weekStart: 'monday' | 'sunday',
): Figures[] {
  const starts = bucketStarts(span, bucket, weekStart);
  return starts.map((start) => {
    const days = lines.map(({ day }) => day);
    const inBucket = [...new Set(days)].filter(
      (day) => day >= span.from && day <= span.to && bucketStart(day, bucket, weekStart) === start,
    );
    const from = Math.max(start, span.from);
    return naiveFigures(lines, { from, to: Math.max(from - 1, ...inBucket) }, filters);
  });
}

export interface NaiveGroup {
  readonly revenue: number;
  readonly previousRevenue: number;
  readonly units: number;
  readonly orders: number;
}

export function naiveBreakdown(
  lines: readonly NaiveLine[],
  by: 'product' | 'country' | 'customer' | 'weekday' | 'hour',
  span: { from: number; to: number },
  previous: { from: number; to: number },
  filters: SalesFilters,
): Map<string, NaiveGroup> {
  const sales = lines.filter((line) => line.kind === 1 && accepted(line, filters));
  const keyOf = (line: NaiveLine): string | null => {
    if (by === 'weekday') return String((line.day + 3) % 7);
    return by === 'hour' ? String(line.hour) : line[by];
  };
  const groups = new Map<string, NaiveGroup>();
  for (const key of new Set(sales.map(keyOf))) {
    if (key === null) continue;
    const group = sales.filter((line) => keyOf(line) === key);
    const now = group.filter((line) => inSpan(line, span));
    if (now.length === 0) continue;
    groups.set(key, {
      revenue: sum(now, ({ amount }) => amount),
      previousRevenue: sum(
        group.filter((line) => inSpan(line, previous)),
        ({ amount }) => amount,
      ),
      units: sum(now, ({ quantity }) => quantity),
      orders: new Set(now.map(({ order }) => order)).size,
    });
  }
  return groups;
}

function inSpan({ day }: NaiveLine, { from, to }: { from: number; to: number }): boolean {
  return day >= from && day <= to;
}

function accepted(line: NaiveLine, filters: SalesFilters): boolean {
  const { country, product, customer } = filters;
  return (
    (country.length === 0 || country.includes(line.country)) &&
    (product.length === 0 || product.includes(line.product)) &&
    (customer.length === 0 || (line.customer !== null && customer.includes(line.customer)))
  );
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
