import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Something kept that grows old. Each slice says what of its own may go; `createPruning` has it done. */
export interface Prune {
  /** As the result of the task names it. */
  readonly name: string;
  /** Removes up to `limit` things that are too old at `now` (UTC epoch milliseconds); gives how many it removed. */
  remove(now: number, limit: number): Promise<number>;
}

/**
 * Deletes up to `limit` rows that meet a condition. Two statements, for no engine but MySQL limits a DELETE; the second
 * asks again, so that a row which was changed in between stays.
 */
export async function removeRows(
  db: Database,
  from: { readonly table: string; readonly key: string; readonly where: RawBuilder<boolean> },
  limit: number,
): Promise<number> {
  const [table, key] = [sql.table(from.table), sql.ref(from.key)];
  const { rows } = await sql<{ found: string }>`
    select ${key} as found from ${table} where ${from.where} limit ${sql.lit(limit)}
  `.execute(db.query);
  if (rows.length === 0) return 0;
  const found = sql.join(rows.map((row) => row.found));
  const removed = await sql`
    delete from ${table} where ${key} in (${found}) and ${from.where}
  `.execute(db.query);
  return Number(removed.numAffectedRows ?? 0);
}
