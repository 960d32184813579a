import {
  type AnyQuery,
  type Dialect,
  dialectOf,
  type InsertRows,
  type Value,
} from './dialects/dialect.ts';

export type { InsertRows, Value } from './dialects/dialect.ts';

type Row = Readonly<Record<string, Value>>;

/**
 * Inserts many rows by the engine's fastest way, all or nothing. `query` is a transaction, or `db.query` and then gets
 * one of its own. On SQLite the event loop breathes every 500 rows; large loads still belong in a worker.
 */
export async function bulkInsert(query: AnyQuery, insert: InsertRows): Promise<void> {
  if (insert.rows.length === 0) return;
  await inTransaction(query, (dialect, trx) => dialect.bulkInsert(trx, insert));
}

/** Inserts the rows that violate no unique key, skips the others; gives the number inserted. */
export async function insertIgnore(
  query: AnyQuery,
  { table, rows }: { table: string; rows: readonly Row[] },
): Promise<number> {
  if (rows.length === 0) return 0;
  return inTransaction(query, (dialect, trx) => dialect.insertIgnore(trx, toInsert(table, rows)));
}

/**
 * Inserts rows; where one with the same `key` exists, sets its `update` columns instead. All or nothing; of two rows
 * with one key in the same call the later wins. `key` must be a unique key of the table, and on MySQL the only one
 * the rows can violate.
 */
export async function upsert(
  query: AnyQuery,
  options: {
    table: string;
    rows: readonly Row[];
    key: readonly string[];
    update: readonly string[];
  },
): Promise<void> {
  const { table, key, update } = options;
  if (options.rows.length === 0) return;
  // PostgreSQL refuses to touch one row twice in a statement; the others let the later one win.
  const distinct = new Map(
    options.rows.map((row) => [JSON.stringify(key.map((column) => row[column])), row]),
  );
  const insert = toInsert(table, [...distinct.values()]);
  await inTransaction(query, (dialect, trx) => dialect.upsert(trx, insert, key, update));
}

async function inTransaction<R>(
  query: AnyQuery,
  work: (dialect: Dialect, trx: AnyQuery) => Promise<R>,
): Promise<R> {
  const dialect = dialectOf(query);
  if (query.isTransaction) return work(dialect, query);
  return query.transaction().execute((trx) => work(dialect, trx));
}

function toInsert(table: string, rows: readonly Row[]): InsertRows {
  const columns = Object.keys(rows[0] ?? {});
  return {
    table,
    columns,
    rows: rows.map((row) => columns.map((column) => row[column] ?? null)),
  };
}
