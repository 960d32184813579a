import { setImmediate } from 'node:timers/promises';
import { type AnyQuery, type InsertRows, quoteWith } from '../dialect.ts';
import type { SqliteConnection } from './driver.ts';

/** Rows between two breaths of the event loop: about a millisecond. */
const ROWS_AT_ONCE = 500;

export const quote = quoteWith('"');

export async function bulkInsert(trx: AnyQuery, insert: InsertRows): Promise<void> {
  await runMany(trx, insert, '');
}

export async function insertIgnore(trx: AnyQuery, insert: InsertRows): Promise<number> {
  return runMany(trx, insert, ' on conflict do nothing');
}

export async function upsert(
  trx: AnyQuery,
  insert: InsertRows,
  key: readonly string[],
  update: readonly string[],
): Promise<void> {
  const set = update.map((column) => `${quote(column)} = excluded.${quote(column)}`);
  const target = key.map(quote).join(', ');
  await runMany(
    trx,
    insert,
    ` on conflict (${target}) do ${set.length > 0 ? `update set ${set.join(', ')}` : 'nothing'}`,
  );
}

/** One prepared statement in a loop: measured faster than rows gathered in long VALUES lists. */
async function runMany(
  trx: AnyQuery,
  { table, columns, rows }: InsertRows,
  tail: string,
): Promise<number> {
  const marks = columns.map(() => '?').join(', ');
  const statement = `insert into ${quote(table)} (${columns.map(quote).join(', ')}) values (${marks})${tail}`;
  return trx.getExecutor().provideConnection(async (connection) => {
    let changes = 0;
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      if (start > 0) await setImmediate();
      const chunk = rows.slice(start, start + ROWS_AT_ONCE);
      changes += (connection as SqliteConnection).runMany(statement, chunk);
    }
    return changes;
  });
}
