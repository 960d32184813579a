import { setImmediate } from 'node:timers/promises';
import { upsert } from '../../../core/db/write.ts';
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
  const last = await query
    .selectFrom('sales_lines')
    .select(({ fn }) => fn.max('line').as('line'))
    .where('import_number', '=', importNumber)
    .executeTakeFirst();
  if (last === undefined || last.line === null) return false;
  await query
    .deleteFrom('sales_lines')
    .where('import_number', '=', importNumber)
    .where('line', '>', last.line - limit)
    .execute();
  return true;
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
