import type { ImportErrorRow, ImportRow, ImportState, SalesQuery } from './tables.ts';

/** States in which an import's lines count, or will. */
const LIVE: readonly ImportState[] = ['waiting', 'running', 'done'];

export async function finishedImportNumbers(query: SalesQuery): Promise<number[]> {
  const rows = await query
    .selectFrom('sales_imports')
    .select('number')
    .where('state', '=', 'done')
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

export async function findImport(query: SalesQuery, id: string): Promise<ImportRow | undefined> {
  return query.selectFrom('sales_imports').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first; `cursor` is the last id of the page before. */
export async function listImports(
  query: SalesQuery,
  page: { cursor?: string | undefined; limit: number },
): Promise<ImportRow[]> {
  let rows = query.selectFrom('sales_imports').selectAll().orderBy('id', 'desc').limit(page.limit);
  if (page.cursor !== undefined) rows = rows.where('id', '<', page.cursor);
  return rows.execute();
}

export async function findStoredDuplicate(
  query: SalesQuery,
  sha256: string,
): Promise<ImportRow | undefined> {
  return query
    .selectFrom('sales_imports')
    .selectAll()
    .where('sha256', '=', sha256)
    .where('state', 'in', LIVE)
    .orderBy('number')
    .executeTakeFirst();
}

/** Imports that count or will, for the rule that all sales share one currency. */
export async function liveImports(
  query: SalesQuery,
): Promise<Pick<ImportRow, 'id' | 'currency' | 'demo' | 'name'>[]> {
  return query
    .selectFrom('sales_imports')
    .select(['id', 'currency', 'demo', 'name'])
    .where('state', 'in', LIVE)
    .execute();
}

export async function countImports(query: SalesQuery): Promise<number> {
  const { count } = await query
    .selectFrom('sales_imports')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function nextImportNumber(query: SalesQuery): Promise<number> {
  const { last } = await query
    .selectFrom('sales_imports')
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

export async function insertImport(query: SalesQuery, row: ImportRow): Promise<void> {
  await query.insertInto('sales_imports').values(row).execute();
}

export async function updateImport(
  query: SalesQuery,
  id: string,
  change: Partial<ImportRow>,
): Promise<void> {
  await query.updateTable('sales_imports').set(change).where('id', '=', id).execute();
}

/** Changes the state only from one of `from`; false when the import was in none of them. */
export async function moveImport(
  query: SalesQuery,
  id: string,
  from: readonly ImportState[],
  change: Partial<ImportRow> & { state: ImportState },
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('sales_imports')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function listImportErrors(
  query: SalesQuery,
  importNumber: number,
  page: { after: number; limit: number },
): Promise<ImportErrorRow[]> {
  return query
    .selectFrom('sales_import_errors')
    .selectAll()
    .where('import_number', '=', importNumber)
    .where('position', '>', page.after)
    .orderBy('position')
    .limit(page.limit)
    .execute();
}

export async function deleteImportErrors(query: SalesQuery, importNumber: number): Promise<void> {
  await query.deleteFrom('sales_import_errors').where('import_number', '=', importNumber).execute();
}

/** Writes a checkpoint; false when the import is no longer running. */
export async function updateRunningImport(
  query: SalesQuery,
  id: string,
  change: Partial<ImportRow>,
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('sales_imports')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function countImportErrors(query: SalesQuery, importNumber: number): Promise<number> {
  const { last } = await query
    .selectFrom('sales_import_errors')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('import_number', '=', importNumber)
    .executeTakeFirstOrThrow();
  return last === null ? 0 : Number(last) + 1;
}

/** Imports whose job may be missing, and ended ones whose lines may still be there. */
export async function importsToResume(query: SalesQuery): Promise<ImportRow[]> {
  return query
    .selectFrom('sales_imports')
    .selectAll()
    .where(({ eb, or, and }) =>
      or([
        eb('state', 'in', ['waiting', 'running', 'undoing']),
        and([eb('state', '=', 'done'), eb('finished_at', 'is', null)]),
        and([eb('state', 'in', ['cancelled', 'rejected', 'failed']), eb('last_line', '>', 0)]),
      ]),
    )
    .execute();
}
