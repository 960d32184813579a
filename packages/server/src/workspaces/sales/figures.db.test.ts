import { previousPeriod } from '@kizashi/series';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bulkInsert, type Value } from '../../core/db/write.ts';
import { createLocalClock } from '../../core/local-clock.ts';
import { describeDatabases } from '../../testing/databases.ts';
import { createRandom } from '../../testing/random.ts';
import { salesBreakdown } from './breakdown.ts';
import { figureSeries, figuresWithTrend, totalFigures } from './figures.ts';
import { noFilters, type SalesFilters } from './filters.ts';
import { insertImport } from './store/imports.ts';
import { lineColumns } from './store/lines.ts';
import { readScope } from './store/statement.ts';
import { type ImportRow, salesQuery } from './store/tables.ts';
import {
  type NaiveLine,
  naiveBreakdown,
  naiveFigures,
  naiveSeries,
} from './testing/naive-figures.ts';
import { mappingOf, openSalesWorld, type SalesWorld } from './testing/sales-world.ts';

const MS_PER_DAY = 86_400_000;
/** 2011-03-01, some weeks before the clocks change in London. */
const FIRST_DAY = 15_034;
const DAYS = 75;
const LINES = 1200;
const COUNTRIES = ['United Kingdom', 'Germany', 'France'];

interface Shop {
  readonly what: string;
  readonly seed: number;
  /** Share of the lines that lie on another day, in another country or under another customer than their order. */
  readonly wandering: number;
  /** Whether the lines of an order are together in the file. */
  readonly inOrder: boolean;
  /** Whether customers order from several countries. */
  readonly travelling: boolean;
}

const shops: readonly Shop[] = [
  { what: 'a file in no order', seed: 7, wandering: 0.1, inOrder: false, travelling: false },
  {
    what: 'some orders in several places',
    seed: 8,
    wandering: 0.02,
    inOrder: true,
    travelling: true,
  },
  {
    what: 'customers in several countries',
    seed: 9,
    wandering: 0,
    inOrder: true,
    travelling: true,
  },
  { what: 'everything in one place', seed: 10, wandering: 0, inOrder: true, travelling: false },
];

/** Lines made to be awkward: few customers and orders, so that they meet again on other days, countries and hours. */
function randomLines({ seed, wandering, inOrder, travelling }: Shop): Value[][] {
  const random = createRandom(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  return Array.from({ length: LINES }, (_, i) => {
    const order = inOrder ? Math.floor(i / 3) : pick(LINES / 3);
    const wanders = random() < wandering;
    const day = wanders ? pick(DAYS) : (order * 7) % DAYS;
    const customer = wanders ? pick(25) : order % 25;
    const kind = random() < 0.85 ? 1 : random() < 0.7 ? 2 : 3;
    const quantity = kind === 2 ? -1 - pick(3) : 1 + pick(9);
    const price = 10_000 * pick(50) + 5_000;
    const at = (FIRST_DAY + day) * MS_PER_DAY + (8 + pick(10)) * 3_600_000 + pick(3_600_000);
    return [
      1,
      i + 1,
      `o${order}`,
      at,
      `p${pick(12)}`,
      customer < 5 ? null : `c${customer}`,
      COUNTRIES[wanders ? pick(3) : (travelling && order % 7 === 0 ? order : customer) % 3]!,
      quantity,
      price,
      quantity * price,
      kind,
    ];
  });
}

function toNaive(rows: readonly Value[][]): NaiveLine[] {
  const clock = createLocalClock('Europe/London');
  return rows.map((row) => {
    const of = (column: (typeof lineColumns)[number]) => row[lineColumns.indexOf(column)] as never;
    clock.read(of('ordered_at'));
    return {
      order: of('order_code'),
      day: clock.day,
      hour: clock.hour,
      product: of('product_code'),
      customer: of('customer_code'),
      country: of('country'),
      quantity: of('quantity'),
      amount: of('amount'),
      kind: of('kind'),
    };
  });
}

const filterCases: SalesFilters[] = [
  { country: [], product: [], customer: [] },
  { country: ['Germany'], product: [], customer: [] },
  { country: ['France', 'United Kingdom'], product: [], customer: [] },
  { country: [], product: ['p3', 'p4'], customer: [] },
  { country: ['Germany'], product: ['p1'], customer: ['c7', 'c8'] },
  { country: [], product: [], customer: ['c9'] },
  { country: ['Nowhere'], product: [], customer: [] },
];
const spans = [
  { from: FIRST_DAY, to: FIRST_DAY + DAYS },
  { from: FIRST_DAY + 20, to: FIRST_DAY + 44 },
  // The last days of March, April, the first ones of May.
  { from: FIRST_DAY + 25, to: FIRST_DAY + 68 },
  { from: FIRST_DAY + 30, to: FIRST_DAY + 30 },
  { from: FIRST_DAY + 500, to: FIRST_DAY + 510 },
];

describeDatabases('figures against counting one by one', (databases) => {
  describe.each(shops)('$what', (shop) => {
    let world: SalesWorld;
    let lines: NaiveLine[];

    beforeAll(async () => {
      world = await openSalesWorld(databases);
      const rows = randomLines(shop);
      lines = toNaive(rows);
      await insertImport(salesQuery(world.db), finishedImport());
      await bulkInsert(world.db.query, { table: 'sales_lines', columns: lineColumns, rows });
      await world.analytics.sync();
    });
    afterAll(() => world.close());

    it('is the shop it says', async () => {
      const shape = await readScope(world.analytics, noFilters);
      expect(shape.spreadOrders > 0).toBe(shop.wandering > 0);
      expect(shape.mixedCustomers > 0).toBe(shop.wandering > 0 || shop.travelling);
    });

    it.each(filterCases)('counts a whole period (%j)', async (filters) => {
      for (const span of spans) {
        const figures = await totalFigures(world.analytics, span, filters);
        expect(figures).toEqual(naiveFigures(lines, span, filters));
      }
    });

    it.each(filterCases)(
      'tells a period, the one before and the trend together (%j)',
      async (filters) => {
        const span = spans[1]!;
        const before = previousPeriod(span);
        const calendar = { bucket: 'week', weekStartsOn: 1 } as const;
        const all = await figuresWithTrend(world.analytics, span, before, filters, calendar);
        expect(all.current).toEqual(naiveFigures(lines, span, filters));
        expect(all.previous).toEqual(naiveFigures(lines, before, filters));
        expect(all.trend.figures).toEqual(naiveSeries(lines, span, filters, 'week', 'monday'));
      },
    );

    it.each(filterCases)('counts days, weeks and months (%j)', async (filters) => {
      for (const bucket of ['day', 'week', 'month'] as const) {
        for (const [weekStartsOn, weekStart] of [
          [1, 'monday'],
          [7, 'sunday'],
        ] as const) {
          const span = spans[1]!;
          const series = await figureSeries(world.analytics, span, filters, {
            bucket,
            weekStartsOn,
          });
          expect(series.figures).toEqual(naiveSeries(lines, span, filters, bucket, weekStart));
        }
      }
    });

    it.each(filterCases)('breaks down by everything (%j)', async (filters) => {
      for (const by of ['product', 'country', 'customer', 'weekday', 'hour'] as const) {
        for (const span of spans.slice(0, 3)) {
          const { items, total } = await salesBreakdown(world.analytics, by, span, filters, 500);
          const naive = naiveBreakdown(lines, by, span, previousPeriod(span), filters);
          const groups = items.map(({ key, revenue, previousRevenue, units, orders }) => {
            return [key, { revenue, previousRevenue, units, orders }] as const;
          });
          const inMoney = [...naive].map(([key, group]) => {
            const { revenue, previousRevenue } = group;
            return [
              key,
              { ...group, revenue: revenue / 10_000, previousRevenue: previousRevenue / 10_000 },
            ] as const;
          });
          expect(new Map(groups)).toEqual(new Map(inMoney));
          expect(total.count).toBe(naive.size);
          expect(items.map(({ revenue }) => revenue)).toEqual(
            items.map(({ revenue }) => revenue).toSorted((a, b) => b - a),
          );
        }
      }
    });
  });
});

function finishedImport(): ImportRow {
  return {
    id: 'import-1',
    number: 1,
    name: 'lines.csv',
    state: 'done',
    mode: 'good-rows',
    mapping: JSON.stringify(mappingOf([])) as ImportRow['mapping'],
    currency: 'GBP',
    demo: 0,
    sha256: '0'.repeat(64),
    size_bytes: 1,
    upload_id: 'upload-1',
    job_id: null,
    created_by: 'ann@example.org',
    created_at: 1,
    finished_at: 1,
    last_line: LINES,
    rows_read: LINES,
    rows_stored: LINES,
    rows_rejected: 0,
    rows_adjustment: 0,
    rejects_bytes: 0,
    progress: 1,
    error: null,
  };
}
