import { CompiledQuery, sql } from 'kysely';
import { type AnyQuery, type InsertRows, quoteWith, type Value } from '../dialect.ts';

const ROWS_AT_ONCE = 1_000;
/** Well below the smallest usual `max_allowed_packet` (16 MB), counting three bytes a character. */
const CHARACTERS_AT_ONCE = 2_000_000;
const DUPLICATE_KEY = 1062;

export const quote = quoteWith('`');

export async function bulkInsert(trx: AnyQuery, insert: InsertRows): Promise<void> {
  await insertValues(trx, insert, 'insert into', '');
}

/**
 * `insert ignore` also lets wrong values through as warnings. They are read, and anything but a duplicate key is an
 * error here as on the other engines. (`on duplicate key update k = k` cannot say how many rows were new.)
 */
export async function insertIgnore(trx: AnyQuery, insert: InsertRows): Promise<number> {
  return insertValues(trx, insert, 'insert ignore into', '', async () => {
    const { rows } = await sql<{ Code: number; Message: string }>`show warnings`.execute(trx);
    const other = rows.find((warning) => warning.Code !== DUPLICATE_KEY);
    if (other) throw new Error(other.Message);
  });
}

export async function upsert(
  trx: AnyQuery,
  insert: InsertRows,
  key: readonly string[],
  update: readonly string[],
): Promise<void> {
  const set = update.map((column) => `${quote(column)} = values(${quote(column)})`);
  // Nothing to update: the key is set to itself.
  const unchanged = key.map((column) => `${quote(column)} = ${quote(column)}`);
  const tail = ` on duplicate key update ${(set.length > 0 ? set : unchanged).join(', ')}`;
  await insertValues(trx, insert, 'insert into', tail);
}

async function insertValues(
  trx: AnyQuery,
  { table, columns, rows }: InsertRows,
  head: string,
  tail: string,
  afterEach?: () => Promise<void>,
): Promise<number> {
  const start = `${head} ${quote(table)} (${columns.map(quote).join(', ')}) values `;
  const marks = `(${columns.map(() => '?').join(', ')})`;
  let inserted = 0;
  for (const chunk of chunks(rows)) {
    // Written here and not by the query builder, which makes an object for each value.
    const text = start + Array(chunk.length).fill(marks).join(', ') + tail;
    const { numAffectedRows } = await trx.executeQuery(CompiledQuery.raw(text, chunk.flat()));
    inserted += Number(numAffectedRows ?? 0);
    await afterEach?.();
  }
  return inserted;
}

function* chunks(rows: readonly (readonly Value[])[]): Generator<readonly (readonly Value[])[]> {
  let start = 0;
  let characters = 0;
  for (const [i, row] of rows.entries()) {
    for (const value of row) characters += typeof value === 'string' ? value.length : 20;
    if (i + 1 - start < ROWS_AT_ONCE && characters < CHARACTERS_AT_ONCE) continue;
    yield rows.slice(start, i + 1);
    start = i + 1;
    characters = 0;
  }
  if (start < rows.length) yield rows.slice(start);
}
