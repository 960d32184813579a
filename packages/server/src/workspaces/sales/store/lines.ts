import { setImmediate } from 'node:timers/promises';
import { upsert } from '../../../core/db/write.ts';
import type { SalesFilters } from '../filters.ts';
import type { LineRow, SalesQuery } from './tables.ts';

/** Rows read at once: a few milliseconds of a synchronous engine. */
const PAGE_ROWS = 4000;

/** The columns in the order in which `insertLines` wants them. */
export const lineColumns = [
  'import_number',
  'line',
  'order_code',
  'ordered_at',
  'product_code',
  'customer_code',
  'country',
  'quantity',
  'unit_price',
  'amount',
  'kind',
] as const satisfies readonly (keyof LineRow)[];

export type CachedLine = Omit<LineRow, 'import_number' | 'unit_price'>;

/** All lines of an import in order, page by page; the event loop breathes between pages. */
export async function* readLines(
  query: SalesQuery,
  importNumber: number,
): AsyncGenerator<CachedLine[]> {
  let last = -1;
  for (;;) {
    const page = await query
      .selectFrom('sales_lines')
      .select(['line', 'order_code', 'ordered_at', 'product_code', 'customer_code', 'country'])
      .select(['quantity', 'amount', 'kind'])
      .where('import_number', '=', importNumber)
      .where('line', '>', last)
      .orderBy('line')
      .limit(PAGE_ROWS)
      .execute();
    if (page.length > 0) yield page;
    if (page.length < PAGE_ROWS) return;
    last = page.at(-1)!.line;
    await setImmediate();
  }
}

/** Deletes at most `limit` line numbers' worth of an import from its end; false when nothing is left. */
export async function deleteLastLines(
  query: SalesQuery,
  importNumber: number,
  limit: number,
): Promise<boolean> {
  const last = await lastLine(query, importNumber);
  if (last < 0) return false;
  await query
    .deleteFrom('sales_lines')
    .where('import_number', '=', importNumber)
    .where('line', '>', last - limit)
    .execute();
  return true;
}

/** The highest line number stored of an import; -1 when there is none. */
export async function lastLine(query: SalesQuery, importNumber: number): Promise<number> {
  const { line } = await query
    .selectFrom('sales_lines')
    .select(({ fn }) => fn.max('line').as('line'))
    .where('import_number', '=', importNumber)
    .executeTakeFirstOrThrow();
  return line === null ? -1 : Number(line);
}

/** Lines `after` < line ≤ `upTo` of an import within a time and the filters. */
export async function exportedLines(
  query: SalesQuery,
  range: {
    number: number;
    after: number;
    upTo: number;
    /** UTC epoch milliseconds: from ≤ ordered_at < before. */
    from: number;
    before: number;
    filters: SalesFilters;
  },
): Promise<Omit<LineRow, 'import_number' | 'line'>[]> {
  const { country, product, customer } = range.filters;
  let rows = query
    .selectFrom('sales_lines')
    .select(['order_code', 'ordered_at', 'product_code', 'customer_code', 'country'])
    .select(['quantity', 'unit_price', 'amount', 'kind'])
    .where('import_number', '=', range.number)
    .where('line', '>', range.after)
    .where('line', '<=', range.upTo)
    .where('ordered_at', '>=', range.from)
    .where('ordered_at', '<', range.before)
    .orderBy('line');
  if (country.length > 0) rows = rows.where('country', 'in', country);
  if (product.length > 0) rows = rows.where('product_code', 'in', product);
  if (customer.length > 0) rows = rows.where('customer_code', 'in', customer);
  return rows.execute();
}

export async function saveProductNames(
  query: SalesQuery,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  await upsert(query, {
    table: 'sales_products',
    rows: [...names].map(([code, name]) => ({ code, name })),
    key: ['code'],
    update: ['name'],
  });
}

export async function allProductNames(
  query: SalesQuery,
): Promise<readonly { code: string; name: string }[]> {
  return query.selectFrom('sales_products').select(['code', 'name']).execute();
}
