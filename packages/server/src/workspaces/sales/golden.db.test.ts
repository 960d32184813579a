import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { bucketStart, isoDate, parseIsoDate } from '@kizashi/series';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../core/db/database.ts';
import { openDatabase } from '../../core/db/open-database.ts';
import { describeDatabases, silentLog } from '../../testing/databases.ts';
import { salesBreakdown } from './breakdown.ts';
import { loadDemo } from './demo.ts';
import { type Figures, figureSeries, totalFigures } from './figures.ts';
import { noFilters } from './filters.ts';
import { salesMeasures } from './kpi.ts';
import { createSalesMeasures } from './measures.ts';
import { listImports } from './store/imports.ts';
import { type ImportRow, salesQuery } from './store/tables.ts';
import { mappingOf, openSalesWorld, type SalesWorld } from './testing/sales-world.ts';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
const json = (name: string) => JSON.parse(fixture(name).toString());
const days = (from: string, to: string) => ({ from: parseIsoDate(from), to: parseIsoDate(to) });

/** Money and ratios as the fixtures print them. */
function expectFigures(figures: Figures, expected: Record<string, number>): void {
  const of = (id: keyof typeof salesMeasures) => salesMeasures[id].of(figures);
  expect(of('revenue')).toBeCloseTo(expected.grossRevenue!, 2);
  expect(of('returns')).toBeCloseTo(expected.returns!, 2);
  expect(of('net-revenue')).toBeCloseTo(expected.netRevenue!, 2);
  expect(of('orders')).toBe(expected.orders);
  expect(of('units')).toBe(expected.units);
  expect(of('customers')).toBe(expected.customers);
  expect(of('average-order')).toBeCloseTo(expected.aov!, 8);
  expect(of('items-per-order')).toBeCloseTo(expected.unitsPerOrder!, 8);
}

describeDatabases('figures of a real shop (German rows)', (databases) => {
  const { expected } = json('kpi.json');
  const all = days('2010-12-01', '2011-12-09');
  let world: SalesWorld;

  beforeAll(async () => {
    world = await openSalesWorld(databases);
    await world.start();
    const file = gunzipSync(fixture('online-retail-germany.csv.gz'));
    const mapping = mappingOf([
      ...(['order', 'product', 'productName', 'quantity', 'time', 'unitPrice'] as const),
      'customer',
    ]);
    const { id, job_id } = await world.submit(file, mapping, { mode: 'all-or-nothing' });
    await world.queue.finished(job_id!);
    expect(await world.imports.require(id)).toMatchObject({ state: 'done', rows_stored: 9495 });
  }, 60_000);
  afterAll(() => world.close());

  it('gives the totals and the repeat rate', async () => {
    const figures = await totalFigures(world.analytics, all, noFilters);
    expectFigures(figures, expected.total);
    expect(salesMeasures['repeat-rate'].of(figures)).toBeCloseTo(expected.repeatCustomerRate, 9);
  });

  it('gives every month, its new and its returning customers', async () => {
    const { starts, figures } = await figureSeries(world.analytics, all, noFilters, {
      bucket: 'month',
      weekStartsOn: 1,
    });
    expect(starts.length).toBe(Object.keys(expected.month).length);
    for (const [i, start] of starts.entries()) {
      const month = isoDate(start).slice(0, 7);
      expectFigures(figures[i]!, expected.month[month]);
      expect(figures[i]!.newCustomers).toBe(expected.newVsReturning[month].new);
      const returning = figures[i]!.customers - figures[i]!.newCustomers;
      expect(returning).toBe(expected.newVsReturning[month].returning);
    }
  });

  it.each([
    [1, 'weekMondayNetGross'],
    [7, 'weekSundayGross'],
  ] as const)('gives the weeks that begin on weekday %i', async (weekStartsOn, key) => {
    const { starts, figures } = await figureSeries(world.analytics, all, noFilters, {
      bucket: 'week',
      weekStartsOn,
    });
    const weeks = starts.map((start, i) => [isoDate(start), figures[i]!.revenue / 10_000] as const);
    for (const [start, revenue] of weeks) {
      expect(revenue).toBeCloseTo(expected[key][start] ?? 0, 2);
    }
  });

  it('gives business years from April as periods', async () => {
    for (const [year, figures] of Object.entries<Record<string, number>>(
      expected.fiscalYearAprilStart,
    )) {
      const span = days(`${year}-04-01`, `${Number(year) + 1}-03-31`);
      expectFigures(await totalFigures(world.analytics, span, noFilters), figures);
    }
  });

  it('gives the largest products, with the names from the file', async () => {
    const { items, total } = await salesBreakdown(world.analytics, 'product', all, noFilters, 10);
    expect(items.map(({ key }) => key)).toEqual(
      expected.abc.topTen.map(([code]: [string]) => code),
    );
    for (const [i, [, revenue]] of expected.abc.topTen.entries()) {
      expect(items[i]!.revenue).toBeCloseTo(revenue, 2);
    }
    expect(total.count).toBe(expected.abc.A + expected.abc.B + expected.abc.C);
    expect(items.find(({ key }) => key === '22423')?.label).toBe('REGENCY CAKESTAND 3 TIER');
  });

  it('counts orders by weekday and hour', async () => {
    const cells = Object.entries<number>(expected.weekdayHourOrders);
    for (const [by, part] of [
      ['weekday', 0],
      ['hour', 1],
    ] as const) {
      const sums = new Map<string, number>();
      for (const [cell, orders] of cells) {
        const key = cell.split('-')[part]!;
        sums.set(key, (sums.get(key) ?? 0) + orders);
      }
      const { items } = await salesBreakdown(world.analytics, by, all, noFilters, 24);
      expect(new Map(items.map(({ key, orders }) => [key, orders]))).toEqual(sums);
    }
  });
});

// Half a million rows: on SQLite alone, the engines' own suites do the rest.
describe('figures of the demo as shipped', () => {
  const summary = json('demo-summary.json');
  const daily = fixture('demo-daily.csv')
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const all = days('2010-12-01', '2011-12-09');
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-demo-'));
  let world: SalesWorld;
  let db: Database;

  beforeAll(async () => {
    const create = async () => `sqlite:${join(folder, 'kizashi.db')}`;
    const connect = async (url: string) => {
      db = await openDatabase({ url, poolSize: 1, log: silentLog });
      return db;
    };
    world = await openSalesWorld({ create, connect });
    await world.start();
    // Two processes started on one database: one of them loads it.
    const loaded = await Promise.all([loadDemo(world), loadDemo(world)]);
    expect(loaded.filter(Boolean).length).toBe(1);
    const [{ id, job_id }] = (await listImports(salesQuery(db), { limit: 2 })) as [ImportRow];
    await world.queue.finished(job_id!);
    expect(await world.imports.require(id)).toMatchObject({
      state: 'done',
      rows_stored: summary.rows,
      rows_rejected: 0,
    });
  }, 120_000);
  afterAll(async () => {
    await world.close();
    await db.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is loaded once, and brings its currency, time zone and names', async () => {
    expect(await loadDemo(world)).toBe(false);
    expect(await world.settings.get()).toMatchObject({
      currency: 'GBP',
      timeZone: 'Europe/London',
    });
    const { items } = await salesBreakdown(world.analytics, 'product', all, noFilters, 2);
    expect(items[1]!.label).toBe('REGENCY CAKESTAND 3 TIER');
  });

  it('gives revenue, orders, customers and cancellations', async () => {
    const figures = await totalFigures(world.analytics, all, noFilters);
    expect(figures.revenue / 10_000).toBeCloseTo(summary.revenue_clean, 2);
    expect(figures.returns / 10_000).toBeCloseTo(-summary.cancelled_revenue, 2);
    expect(figures).toMatchObject({ orders: summary.orders, customers: summary.customers });
  });

  it('gives every day', async () => {
    const { starts, figures } = await figureSeries(world.analytics, all, noFilters, {
      bucket: 'day',
      weekStartsOn: 1,
    });
    const byDay = new Map(starts.map((start, i) => [isoDate(start), figures[i]!]));
    expect(figures.filter(({ orders }) => orders > 0).length).toBe(daily.length);
    for (const [date, revenue, orders, items, customers] of daily) {
      const day = byDay.get(date!)!;
      expect(day.revenue / 10_000).toBeCloseTo(Number(revenue), 2);
      expect([day.orders, day.units, day.customers]).toEqual(
        [orders, items, customers].map(Number),
      );
    }
  });

  it('gives every month through the measures', async () => {
    const measures = createSalesMeasures(world);
    const query = { from: '2010-12-01', to: '2011-12-09', bucket: 'month', filters: {} } as const;
    for (const [id, key] of [
      ['sales.revenue', 'revenue'],
      ['sales.orders', 'orders'],
      ['sales.customers', 'customers'],
      ['sales.average-order', 'aov'],
    ]) {
      const { t, y } = await measures.find((measure) => measure.id === id)!.series(query);
      for (const [i, month] of summary.monthly.entries()) {
        expect(t[i]).toBe(`${month.month}-01`);
        expect(y[i]).toBeCloseTo(month[key!], 2);
      }
    }
  });

  it('gives countries and products, largest first', async () => {
    const countries = await salesBreakdown(world.analytics, 'country', all, noFilters, 50);
    for (const [i, { country, revenue }] of summary.by_country.entries()) {
      expect(countries.items[i]!.key).toBe(country);
      expect(countries.items[i]!.revenue).toBeCloseTo(revenue, 2);
    }
    const products = await salesBreakdown(world.analytics, 'product', all, noFilters, 20);
    for (const [i, { stock, revenue }] of summary.top_products.entries()) {
      expect(products.items[i]!.key).toBe(stock);
      expect(products.items[i]!.revenue).toBeCloseTo(revenue, 2);
    }
  });

  it('never trades on a Saturday', async () => {
    const { items } = await salesBreakdown(world.analytics, 'weekday', all, noFilters, 7);
    expect(items.map(({ key }) => key)).not.toContain('5');
    expect(items.length).toBe(6);
    expect(isoDate(bucketStart(all.from, 'week', 'monday'))).toBe('2010-11-29');
  });
});
