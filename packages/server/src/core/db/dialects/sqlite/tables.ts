import { sql } from 'kysely';
import { type AnyQuery, type ColumnRow, streamRows } from '../dialect.ts';
import { quote } from './write.ts';

export const readRows = streamRows;

export async function listColumns(query: AnyQuery): Promise<readonly ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select t.name as table_name, c.name as column_name, c.pk as key_position
    from sqlite_schema t join pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite|_%' escape '|'
    order by t.name, c.cid`.execute(query);
  return rows;
}

export async function dropTables(query: AnyQuery, tables: readonly string[]): Promise<void> {
  await withKeysOff(query, async () => {
    for (const table of tables) await sql.raw(`drop table ${quote(table)}`).execute(query);
  });
}

export async function withoutForeignKeys(
  query: AnyQuery,
  work: (query: AnyQuery) => Promise<void>,
): Promise<void> {
  await withKeysOff(query, async () => {
    await work(query);
    const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(query);
    if (rows[0]) throw new Error(`rows of ${rows[0].table} refer to rows that are missing`);
  });
}

/** There is one connection, so what is switched off here is off for `work`. */
async function withKeysOff(query: AnyQuery, work: () => Promise<void>): Promise<void> {
  await sql`pragma foreign_keys = off`.execute(query);
  try {
    await work();
  } finally {
    await sql`pragma foreign_keys = on`.execute(query);
  }
}
