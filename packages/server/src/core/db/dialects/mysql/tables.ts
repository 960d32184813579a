import { sql } from 'kysely';
import { type AnyQuery, type ColumnRow, streamRows } from '../dialect.ts';
import { quote } from './write.ts';

export const readRows = streamRows;

export async function listColumns(query: AnyQuery): Promise<readonly ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select c.table_name as table_name, c.column_name as column_name,
      coalesce(k.ordinal_position, 0) as key_position
    from information_schema.columns c
    join information_schema.tables t
      on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
    left join information_schema.key_column_usage k
      on k.table_schema = c.table_schema and k.table_name = c.table_name
      and k.column_name = c.column_name and k.constraint_name = 'PRIMARY'
    where c.table_schema = database()
    order by c.table_name, c.ordinal_position`.execute(query);
  return rows;
}

export async function dropTables(query: AnyQuery, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  await withoutForeignKeys(query, async (connection) => {
    await sql.raw(`drop table ${tables.map(quote).join(', ')}`).execute(connection);
  });
}

export async function withoutForeignKeys(
  query: AnyQuery,
  work: (query: AnyQuery) => Promise<void>,
): Promise<void> {
  await query.connection().execute(async (connection) => {
    await sql`set foreign_key_checks = 0`.execute(connection);
    try {
      await work(connection);
    } finally {
      await sql`set foreign_key_checks = 1`.execute(connection);
    }
  });
}
