import type { SalesQuery, UploadRow } from './tables.ts';

export async function insertUpload(query: SalesQuery, row: UploadRow): Promise<void> {
  await query.insertInto('sales_uploads').values(row).execute();
}

export async function findUpload(query: SalesQuery, id: string): Promise<UploadRow | undefined> {
  return query.selectFrom('sales_uploads').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function deleteUpload(query: SalesQuery, id: string): Promise<void> {
  await query.deleteFrom('sales_uploads').where('id', '=', id).execute();
}

/** Ids of up to `limit` uploads made before `time` that no waiting or running import reads. */
export async function staleUploads(
  query: SalesQuery,
  time: number,
  limit: number,
): Promise<string[]> {
  const rows = await query
    .selectFrom('sales_uploads')
    .select('id')
    .where('created_at', '<', time)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sales_imports')
            .select('sales_imports.id')
            .whereRef('sales_imports.upload_id', '=', 'sales_uploads.id')
            .where('state', 'in', ['waiting', 'running']),
        ),
      ),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
