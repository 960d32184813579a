import { CompiledQuery, sql } from 'kysely';
import { type AnyQuery, type InsertRows, quoteWith } from '../dialect.ts';

/** Rows in one statement: larger ones gain nothing and hold the event loop while their text is built. */
const ROWS_AT_ONCE = 2_000;

export const quote = quoteWith('"');

export async function bulkInsert(trx: AnyQuery, insert: InsertRows): Promise<void> {
  const { table, columns, rows } = insert;
  const copy = `copy ${quote(table)} (${columns.map(quote).join(', ')}) from stdin`;
  await trx.getExecutor().provideConnection(async (connection) => {
    await connection.streamQuery(CompiledQuery.raw(copy, [rows]), 1).next();
  });
}

export async function insertIgnore(trx: AnyQuery, insert: InsertRows): Promise<number> {
  return insertArrays(trx, insert, ' on conflict do nothing');
}

export async function upsert(
  trx: AnyQuery,
  insert: InsertRows,
  key: readonly string[],
  update: readonly string[],
): Promise<void> {
  const set = update.map((column) => `${quote(column)} = excluded.${quote(column)}`);
  const target = key.map(quote).join(', ');
  await insertArrays(
    trx,
    insert,
    ` on conflict (${target}) do ${set.length > 0 ? `update set ${set.join(', ')}` : 'nothing'}`,
  );
}

/** One array per column: the statement stays the same for any number of rows, and needs a parameter a column. */
async function insertArrays(
  trx: AnyQuery,
  { table, columns, rows }: InsertRows,
  tail: string,
): Promise<number> {
  const types = await columnTypes(trx, table);
  const names = sql.raw(columns.map(quote).join(', '));
  let inserted = 0;
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const chunk = rows.slice(start, start + ROWS_AT_ONCE);
    const arrays = columns.map((column, i) => {
      const values = chunk.map((row) => row[i]);
      return sql`${sql.val(values)}::${sql.raw(types.get(column) ?? 'text')}[]`;
    });
    const statement = sql`insert into ${sql.table(table)} (${names}) select * from unnest(${sql.join(arrays)})${sql.raw(tail)}`;
    const { numAffectedRows } = await statement.execute(trx);
    inserted += Number(numAffectedRows ?? 0);
  }
  return inserted;
}

async function columnTypes(trx: AnyQuery, table: string): Promise<Map<string, string>> {
  // Without the length: a cast to varchar(n) would cut longer text where the insert itself refuses it.
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, null) as type
    from pg_attribute
    where attrelid = ${quote(table)}::regclass and attnum > 0 and not attisdropped`.execute(trx);
  return new Map(rows.map(({ name, type }) => [name, type]));
}
