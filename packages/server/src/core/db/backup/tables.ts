import { createHash } from 'node:crypto';
import { type AnyQuery, dialectOf } from '../dialects/dialect.ts';
import type { BackupTable, TableDigest } from './format.ts';
import { writeRow } from './row-line.ts';

interface OwnTable extends BackupTable {
  readonly key: readonly string[];
}

/** The tables of the slices that made these migrations (`sales/…` owns `sales_…`), by name; nobody else's. */
export async function ownTables(
  query: AnyQuery,
  migrations: readonly string[],
): Promise<readonly OwnTable[]> {
  const slices = new Set(migrations.map((name) => name.split(/[-/]/)[0]));
  const tables = new Map<string, { name: string; columns: string[]; key: string[] }>();
  for (const row of await dialectOf(query).listColumns(query)) {
    if (!slices.has(row.table_name.split('_')[0])) continue;
    const table = tables.get(row.table_name) ?? { name: row.table_name, columns: [], key: [] };
    table.columns.push(row.column_name);
    if (row.key_position > 0) table.key[row.key_position - 1] = row.column_name;
    tables.set(row.table_name, table);
  }
  return [...tables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The lines of a table's rows in the order of its key, some at a time; ends with its digest. */
export async function* tableLines(
  trx: AnyQuery,
  table: OwnTable,
): AsyncGenerator<{ text: string; rows: number }, TableDigest> {
  const { quote, readRows } = dialectOf(trx);
  // Without a key all columns decide, and the engines disagree on where nulls belong.
  const order =
    table.key.length > 0
      ? table.key.map(quote)
      : table.columns.map((column) => `${quote(column)} is null, ${quote(column)}`);
  const columns = table.columns.map(quote).join(', ');
  const select = `select ${columns} from ${quote(table.name)} order by ${order.join(', ')}`;
  const hash = createHash('sha256');
  let total = 0;
  let text = '';
  let rows = 0;
  for await (const some of readRows(trx, select)) {
    for (const row of some) text += writeRow(row, table.columns);
    rows += some.length;
    if (text.length < CHARACTERS_AT_ONCE) continue;
    hash.update(text);
    total += rows;
    yield { text, rows };
    text = '';
    rows = 0;
  }
  hash.update(text);
  if (rows > 0) yield { text, rows };
  return { name: table.name, rows: total + rows, sha256: hash.digest('hex') };
}

/** Large enough that each step is worth its overhead. */
const CHARACTERS_AT_ONCE = 64 * 1024;

/** Runs `work` on one consistent state of the database, whatever others write meanwhile. */
export async function onSnapshot<R>(
  query: AnyQuery,
  work: (trx: AnyQuery) => Promise<R>,
): Promise<R> {
  return query
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work);
}
