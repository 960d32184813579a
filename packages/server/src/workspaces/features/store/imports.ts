import type { Database } from '../../../core/db/database.ts';
import type { ImportState } from '../contract.ts';
import { type FeaturesQuery, featuresQuery, type ImportRow } from './tables.ts';

export async function findImport(query: FeaturesQuery, id: string): Promise<ImportRow | undefined> {
  return query.selectFrom('features_imports').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first; `cursor` is the last id of the page before. */
export async function listImports(
  query: FeaturesQuery,
  page: { cursor?: string | undefined; limit: number },
): Promise<ImportRow[]> {
  let rows = query
    .selectFrom('features_imports')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(page.limit);
  if (page.cursor !== undefined) rows = rows.where('id', '<', page.cursor);
  return rows.execute();
}

/** Inserts a record under the next free number. */
export async function insertImport(
  db: Database,
  row: Omit<ImportRow, 'number'>,
): Promise<ImportRow> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(async (trx) => {
        const query = featuresQuery(trx);
        const { last } = await query
          .selectFrom('features_imports')
          .select(({ fn }) => fn.max('number').as('last'))
          .executeTakeFirstOrThrow();
        const numbered = { ...row, number: Number(last ?? 0) + 1 };
        await query.insertInto('features_imports').values(numbered).execute();
        return numbered;
      });
    } catch (error) {
      // Another process took the number in between.
      if (attempt === 5 || !db.engine.isUniqueViolation(error)) throw error;
    }
  }
}

/** Changes an import only from one of these states; false when it was in none of them. */
export async function moveImport(
  query: FeaturesQuery,
  id: string,
  from: readonly ImportState[],
  change: Partial<ImportRow>,
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('features_imports')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Imports that a job should be at. */
export async function unfinishedImports(query: FeaturesQuery): Promise<ImportRow[]> {
  return query
    .selectFrom('features_imports')
    .selectAll()
    .where('state', 'in', ['checking', 'storing'])
    .execute();
}

/** Checked or failed imports whose file may go. */
export async function staleImports(
  query: FeaturesQuery,
  before: number,
  limit: number,
): Promise<ImportRow[]> {
  return query
    .selectFrom('features_imports')
    .selectAll()
    .where('state', 'in', ['checked', 'failed'])
    .where('created_at', '<', before)
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function deleteImport(query: FeaturesQuery, id: string): Promise<void> {
  await query.deleteFrom('features_imports').where('id', '=', id).execute();
}
