/**
 * Questions to the column cache.
 *
 *   node bench/sales-queries.ts [lines] [folder]
 *
 * Default 1,000,000 generated lines in a temporary folder; a folder that is given is kept and used again. Prints:
 * eight questions of an analyst, each the first of a fresh engine, asked of what the product keeps and, beside it, of the
 * plain lines; every tile of Home one after the other with random periods and filters, nothing kept; fifty users at once
 * without and with kept results; the longest the main thread was held up and the memory meanwhile.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Analytics } from '../packages/server/src/core/analytics/analytics.ts';
import { salesBreakdown } from '../packages/server/src/workspaces/sales/breakdown.ts';
import { figureSeries } from '../packages/server/src/workspaces/sales/figures.ts';
import { noFilters, type SalesFilters } from '../packages/server/src/workspaces/sales/filters.ts';
import { salesOverview } from '../packages/server/src/workspaces/sales/overview.ts';
import { dataRange } from '../packages/server/src/workspaces/sales/store/dimensions.ts';
import type { DaySpan } from '../packages/server/src/workspaces/sales/store/statement.ts';
import { generateSales } from './support/sales-generate.ts';
import { generatedMapping, openShop, peakMemoryMib, quantile } from './support/sales-shop.ts';

const USERS = 50;
const lines = Number(process.argv[2] ?? 1_000_000);
const kept = process.argv[3];
const folder = kept ?? mkdtempSync(join(tmpdir(), 'kizashi-bench-'));

interface Question {
  /** What is asked of what the product keeps, in words. */
  readonly of: string;
  ask(analytics: Analytics, range: DaySpan): Promise<unknown>;
  /** The same over the plain lines. */
  readonly overLines: string;
}

const MONTH = "date_trunc('month', DATE '1970-01-01' + day)";
const allTime = (analytics: Analytics, span: DaySpan, filters: SalesFilters) =>
  figureSeries(analytics, span, filters, { bucket: 'month', weekStartsOn: 1 });
/** Customers in fifths by how lately, how often and for how much they bought, from one row a customer. */
const scored = (perCustomer: string): string => `WITH per_customer AS (${perCustomer}),
  scored AS (SELECT ntile(5) OVER (ORDER BY last) AS r, ntile(5) OVER (ORDER BY orders) AS f,
    ntile(5) OVER (ORDER BY revenue) AS m FROM per_customer)
  SELECT r, f, m, count(*) FROM scored GROUP BY ALL`;
/** How many of those who first bought in a month bought again so many months later. */
const cohorts = (active: string, first: string): string => `
  WITH months AS (SELECT DISTINCT day, ${MONTH} AS month FROM sales_days),
  active AS (SELECT DISTINCT customer, month FROM ${active} JOIN months USING (day)),
  first AS (SELECT customer, month AS cohort FROM (${first}) JOIN months USING (day))
  SELECT cohort, date_diff('month', cohort, month) AS age, count(*) FROM active JOIN first USING (customer) GROUP BY ALL`;

/** What an analyst asks of three years of sales. */
const EIGHT: Readonly<Record<string, Question>> = {
  'eight KPIs': {
    of: 'the overview of Home: days, steps of customers; with the period before and the trend',
    ask: (analytics, range) => salesOverview(analytics, range, noFilters, 1),
    overLines: `WITH sales AS (SELECT * FROM sales_lines WHERE kind = 1),
      per_customer AS (SELECT customer, count(DISTINCT ord) AS orders, min(day) AS first FROM sales WHERE customer > 0 GROUP BY 1)
      SELECT sum(amount), count(DISTINCT ord), sum(amount) / count(DISTINCT ord), sum(quantity) / count(DISTINCT ord),
        (SELECT count(*) FROM per_customer), (SELECT avg((orders > 1)::INTEGER) FROM per_customer),
        (SELECT count(*) FROM per_customer WHERE first > 19500), (SELECT -sum(amount) FROM sales_lines WHERE kind = 2) FROM sales`,
  },
  'month by country': {
    of: 'sums of days and countries',
    ask: (analytics) =>
      analytics.query(
        `SELECT ${MONTH} AS month, country, sum(revenue) FROM sales_days GROUP BY ALL`,
      ),
    overLines: `SELECT ${MONTH} AS month, country, sum(amount) FROM sales_lines WHERE kind = 1 GROUP BY ALL`,
  },
  'cohort matrix': {
    of: 'days and first days of customers',
    ask: (analytics) =>
      analytics.query(
        cohorts(
          'sales_customer_days',
          'SELECT id AS customer, first_day AS day FROM sales_customers',
        ),
      ),
    overLines: cohorts(
      '(SELECT customer, day FROM sales_lines WHERE kind = 1 AND customer > 0)',
      'SELECT customer, min(day) AS day FROM sales_lines WHERE kind = 1 AND customer > 0 GROUP BY 1',
    ),
  },
  'top customers': {
    of: 'the tile of Home: days of customers; with the period before',
    ask: (analytics, range) => salesBreakdown(analytics, 'customer', range, noFilters, 20),
    overLines: `SELECT customer, sum(amount) AS revenue, count(DISTINCT ord) FROM sales_lines
      WHERE kind = 1 AND customer > 0 GROUP BY 1 ORDER BY 2 DESC LIMIT 20`,
  },
  'customers by month': {
    of: 'the series of a chart: days, steps of customers',
    ask: (analytics, range) => allTime(analytics, range, noFilters),
    overLines: `SELECT ${MONTH} AS month, count(DISTINCT customer) FROM sales_lines WHERE kind = 1 AND customer > 0 GROUP BY 1`,
  },
  'filtered days': {
    of: 'the series of a chart: days, steps of the customers of a country, those of several one by one',
    ask: (analytics) =>
      figureSeries(
        analytics,
        { from: 19_200, to: 19_560 },
        { ...noFilters, country: ['Country 3'] },
        { bucket: 'day', weekStartsOn: 1 },
      ),
    overLines: `SELECT day, sum(amount), count(DISTINCT ord), count(DISTINCT customer) FROM sales_lines
      WHERE kind = 1 AND country = 4 AND day BETWEEN 19200 AND 19560 GROUP BY 1`,
  },
  'product drill': {
    of: 'the series of a chart: lines',
    ask: (analytics, range) => allTime(analytics, range, { ...noFilters, product: ['20007'] }),
    overLines: `SELECT ${MONTH} AS month, sum(quantity), sum(amount), count(DISTINCT customer) FROM sales_lines
      WHERE kind = 1 AND product = 7 GROUP BY 1`,
  },
  RFM: {
    of: 'days of customers',
    ask: (analytics) =>
      analytics.query(
        scored(`SELECT customer, max(day) AS last, sum(orders) AS orders, sum(revenue) AS revenue
          FROM sales_customer_days GROUP BY 1`),
      ),
    overLines:
      scored(`SELECT customer, max(day) AS last, count(DISTINCT ord) AS orders, sum(amount) AS revenue
        FROM sales_lines WHERE kind = 1 AND customer > 0 GROUP BY 1`),
  },
};

/** Lehmer's generator with Park and Miller's multiplier, in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const PERIOD_DAYS = [7, 28, 28, 90, 90, 90, 365, 1096];
const FILTERS: readonly SalesFilters[] = [
  ...[noFilters, noFilters, noFilters],
  { ...noFilters, country: ['United Kingdom'] },
  { ...noFilters, country: ['Country 3', 'Country 4'] },
  { ...noFilters, product: ['20007'] },
];
const TILES = ['overview', 'series', 'product', 'country', 'customer', 'weekday', 'hour'] as const;

function createTiles(analytics: Analytics, range: { from: number; to: number }) {
  /** One tile of Home for one view. */
  return (tile: (typeof TILES)[number], random: () => number): Promise<unknown> => {
    const days = PERIOD_DAYS[Math.floor(random() * PERIOD_DAYS.length)]!;
    const slack = Math.max(0, range.to - range.from + 1 - days);
    const from = range.from + Math.floor(random() * (slack + 1));
    const span = { from, to: Math.min(range.to, from + days - 1) };
    const filters = FILTERS[Math.floor(random() * FILTERS.length)]!;
    switch (tile) {
      case 'overview':
        return salesOverview(analytics, span, filters, 1);
      case 'series':
        return figureSeries(analytics, span, filters, {
          bucket: days > 400 ? 'month' : 'day',
          weekStartsOn: 1,
        });
      default:
        return salesBreakdown(analytics, tile, span, filters, 10);
    }
  };
}

/** Queries that no kept result answered: a tile asks one to four. */
let computed = 0;

/** Rejects every kept result: each statement gets a comment of its own. */
function withoutResults(analytics: Analytics): Analytics {
  return {
    ...analytics,
    query: (sql, values) => analytics.query(`${sql} -- ${computed++}`, values),
  };
}

async function askOneByOne(tiles: ReturnType<typeof createTiles>): Promise<void> {
  const random = createRandom(7);
  const all: number[] = [];
  for (const tile of TILES) {
    const times: number[] = [];
    const cpuBefore = process.cpuUsage();
    for (let i = 0; i < 40; i++) {
      const started = performance.now();
      await tiles(tile, random);
      times.push(performance.now() - started);
    }
    all.push(...times);
    const cpu = process.cpuUsage(cpuBefore);
    console.log(
      `  ${tile.padEnd(9)} median ${quantile(times, 0.5).toFixed(1).padStart(6)} ms, p95 ${quantile(times, 0.95).toFixed(1).padStart(6)} ms, processor ${((cpu.user + cpu.system) / 1000 / times.length).toFixed(1).padStart(5)} ms`,
    );
  }
  console.log(`  all       p95 ${quantile(all, 0.95).toFixed(1)} ms`);
}

async function askAtOnce(
  name: string,
  tiles: ReturnType<typeof createTiles>,
  views: number,
  questions: number,
): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  let left = questions;
  const computedBefore = computed;
  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  await Promise.all(
    Array.from({ length: USERS }, async (_, user) => {
      while (left > 0) {
        const question = --left;
        // A question comes with a request, in a turn of the event loop of its own.
        await setImmediate();
        // With few views, users look at the same ones.
        const view = (user * 7_919 + question * 104_729) % views;
        const random = createRandom(1 + ((view * 16_807_003) % 2_147_483_646));
        const asked = performance.now();
        await tiles(TILES[Math.floor(random() * TILES.length)]!, random);
        times.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  delay.disable();
  const queries = computed - computedBefore;
  const asked = queries === 0 ? '' : ` of ${Math.round(queries / seconds)} queries/s`;
  console.log(
    `  ${name}: ${Math.round(questions / seconds)} tiles/s${asked} (${((cpu.user + cpu.system) / 1000 / questions).toFixed(1)} ms of processor each), p95 ${quantile(times, 0.95).toFixed(0)} ms; ` +
      `event loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, longest ${(delay.max / 1e6).toFixed(1)} ms`,
  );
}

try {
  const shop = await openShop(folder);
  if (!shop.filled) {
    const file = join(folder, 'sales.csv');
    await generateSales(file, lines);
    await shop.importFile(file, generatedMapping);
    rmSync(file);
  }
  let analytics = shop.openAnalytics();
  const started = performance.now();
  await analytics.sync();
  const { from, to, lines: count } = await dataRange(analytics);
  const range = { from: from!, to: to! };
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${count} lines; column cache brought up to date in ${seconds} s`);

  /** Of an engine that has read nothing yet. */
  async function cold(ask: () => Promise<unknown>): Promise<number> {
    await analytics.stop();
    analytics = shop.openAnalytics();
    await analytics.sync();
    const asked = performance.now();
    await ask();
    return performance.now() - asked;
  }
  console.log('eight questions, cold (beside it over the plain lines):');
  const totals = [0, 0];
  for (const [name, { of, ask, overLines }] of Object.entries(EIGHT)) {
    const kept = await cold(() => ask(analytics, range));
    const plain = await cold(() => analytics.query(overLines));
    totals[0]! += kept;
    totals[1]! += plain;
    console.log(
      `  ${name.padEnd(19)} ${kept.toFixed(0).padStart(6)} ms (${plain.toFixed(0).padStart(6)} ms)  ${of}`,
    );
  }
  console.log(`  in all ${(totals[0]! / 1000).toFixed(2)} s (${(totals[1]! / 1000).toFixed(2)} s)`);

  const uncached = createTiles(withoutResults(analytics), range);
  console.log('tiles one by one, nothing kept:');
  await askOneByOne(uncached);
  console.log(`${USERS} users at once:`);
  await askAtOnce('nothing kept', uncached, 1_000_000, 1_000);
  await askAtOnce('results kept', createTiles(analytics, range), 120, 5_000);
  console.log(`memory at most ${peakMemoryMib()} MiB`);
  await analytics.stop();
  await shop.close();
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
