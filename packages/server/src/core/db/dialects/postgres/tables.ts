import { sql } from 'kysely';
import type { AnyQuery, ColumnRow, Value } from '../dialect.ts';
import { quote } from './write.ts';

const ROWS_AT_ONCE = 1_000;

export async function listColumns(query: AnyQuery): Promise<readonly ColumnRow[]> {
  const { rows } = await sql<ColumnRow>`
    select t.relname as table_name, c.attname as column_name,
      coalesce(array_position(string_to_array(k.indkey::text, ' ')::int2[], c.attnum), 0) as key_position
    from pg_class t
    join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
    left join pg_index k on k.indrelid = t.oid and k.indisprimary
    where t.relkind in ('r', 'p') and t.relnamespace = current_schema()::regnamespace
    order by t.relname, c.attnum`.execute(query);
  return rows;
}

/** A cursor in SQL: pg reads a whole result at once. */
export async function* readRows(
  trx: AnyQuery,
  select: string,
): AsyncIterable<readonly Readonly<Record<string, Value>>[]> {
  await sql.raw(`declare kizashi_rows no scroll cursor for ${select}`).execute(trx);
  const fetch = sql.raw<Record<string, Value>>(`fetch ${ROWS_AT_ONCE} from kizashi_rows`);
  for (;;) {
    const { rows } = await fetch.execute(trx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`close kizashi_rows`.execute(trx);
}

export async function dropTables(query: AnyQuery, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) await sql.raw(`drop table ${tables.map(quote).join(', ')}`).execute(query);
}

/** Only a superuser may switch the checks off, so the keys are taken away and made again. */
export async function withoutForeignKeys(
  query: AnyQuery,
  work: (query: AnyQuery) => Promise<void>,
): Promise<void> {
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(query);
  for (const { table, name } of rows)
    await sql.raw(`alter table ${table} drop constraint ${quote(name)}`).execute(query);
  await work(query);
  for (const { table, name, definition } of rows)
    await sql
      .raw(`alter table ${table} add constraint ${quote(name)} ${definition}`)
      .execute(query);
}
