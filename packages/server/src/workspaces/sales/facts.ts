import type { CacheWriter } from '../../core/analytics/cache-writer.ts';
import type { FactSource, FactSyncContext } from '../../core/analytics/fact-source.ts';
import { openDatabase } from '../../core/db/open-database.ts';
import { createLocalClock } from '../../core/local-clock.ts';
import { createLogger } from '../../core/log.ts';
import { orderKey } from './order-key.ts';
import { createOrderRuns } from './order-runs.ts';
import { cacheTables, rollups, sortLines } from './store/cache-tables.ts';
import { finishedImportNumbers } from './store/imports.ts';
import { allProductNames, readLines } from './store/lines.ts';
import { type SalesQuery, salesQuery } from './store/tables.ts';

/** Lines from which reading only those of a product is felt: sorting takes a second for each million. */
const SORTED_FROM = 1_000_000;

/**
 * The sales in the column cache: the lines of every import whose record says `done`, and what is derived from them.
 * Lines of an import never change, so the two sides are compared by import number alone.
 */
export const facts: FactSource = {
  name: 'sales',
  version: 8,
  tables: [...cacheTables, ...rollups],
  async sync(context) {
    const db = await openDatabase({
      url: context.databaseUrl,
      poolSize: 1,
      log: createLogger({ level: 'silent' }),
    });
    try {
      return await follow(salesQuery(db), context);
    } finally {
      await db.stop();
    }
  },
};

async function follow(query: SalesQuery, context: FactSyncContext): Promise<boolean> {
  const { cache, log } = context;
  let changed = false;
  // Again until nothing differs: an import may be undone while its lines are being read.
  for (;;) {
    const { added, removed } = await compare(query, cache);
    if (added.length + removed.length === 0) break;
    for (const number of removed) await forget(cache, number);
    if (added.length > 0) {
      const lines = await append(query, context, added);
      log.info({ imports: added.length, lines }, 'sales.facts.appended');
    }
    changed = true;
  }
  if (!changed) return false;
  await copyProductNames(query, cache);
  for (const rollup of rollups) await cache.run(rollup);
  const [{ lines }] = (await cache.rows<{ lines: number }>(
    'SELECT count(*) AS lines FROM sales_lines',
  )) as [{ lines: number }];
  if (lines >= SORTED_FROM) await cache.run(sortLines);
  return true;
}

async function compare(query: SalesQuery, cache: CacheWriter) {
  const cached = await cache.rows<{ number: number }>('SELECT number FROM sales_cached_imports');
  const before = new Set(cached.map(({ number }) => number));
  const now = new Set(await finishedImportNumbers(query));
  return {
    added: [...now].filter((number) => !before.has(number)),
    removed: [...before].filter((number) => !now.has(number)),
  };
}

async function forget(cache: CacheWriter, number: number): Promise<void> {
  await cache.run('DELETE FROM sales_lines WHERE import_number = $1', [number]);
  await cache.run('DELETE FROM sales_cached_imports WHERE number = $1', [number]);
}

async function append(
  query: SalesQuery,
  { cache, timeZone }: FactSyncContext,
  numbers: readonly number[],
): Promise<number> {
  const customers = await openDictionary(cache, 'sales_customer_codes');
  const countries = await openDictionary(cache, 'sales_country_codes');
  const products = await openDictionary(cache, 'sales_product_codes');
  const clock = createLocalClock(timeZone);
  const runs = createOrderRuns();
  const lines = await cache.appender('sales_lines', [
    ...(['integer', 'ubigint', 'integer', 'integer', 'integer', 'integer', 'integer'] as const),
    ...(['double', 'double', 'integer', 'integer', 'integer', 'integer'] as const),
  ]);
  let count = 0;
  for (const number of numbers) {
    for await (const page of readLines(query, number)) {
      for (const line of page) {
        clock.read(line.ordered_at);
        const product = products.idOf(line.product_code);
        const first = runs.next(line, product, clock.day * 24 + clock.hour);
        lines.append([
          number,
          orderKey(line.order_code),
          clock.day,
          clock.hour,
          line.customer_code === null ? 0 : customers.idOf(line.customer_code),
          countries.idOf(line.country),
          product,
          line.quantity,
          line.amount,
          line.kind,
          first.ofOrder,
          first.ofProduct,
          first.ofHour,
        ]);
      }
      count += page.length;
    }
  }
  lines.close();
  await customers.save();
  await countries.save();
  await products.save();
  for (const number of numbers) {
    await cache.run('INSERT INTO sales_cached_imports VALUES ($1)', [number]);
  }
  return count;
}

/** Dense numbers from 1 for the codes of one table; the known ones are read, new ones added on `save`. */
async function openDictionary(cache: CacheWriter, table: string) {
  const ids = new Map<string, number>();
  for (const { id, code } of await cache.rows<{ id: number; code: string }>(`FROM ${table}`)) {
    ids.set(code, id);
  }
  const known = ids.size;
  return {
    idOf(code: string): number {
      const id = ids.get(code);
      if (id !== undefined) return id;
      ids.set(code, ids.size + 1);
      return ids.size;
    },
    async save(): Promise<void> {
      const appender = await cache.appender(table, ['integer', 'text']);
      for (const [code, id] of ids) if (id > known) appender.append([id, code]);
      appender.close();
    },
  };
}

async function copyProductNames(query: SalesQuery, cache: CacheWriter): Promise<void> {
  await cache.run('DELETE FROM sales_product_names');
  const appender = await cache.appender('sales_product_names', ['text', 'text']);
  for (const { code, name } of await allProductNames(query)) appender.append([code, name]);
  appender.close();
}
