/**
 * The only column types migrations use; each means the same on SQLite, PostgreSQL and MySQL:
 *
 * ```ts
 * db.schema.createTable('sales_imports')
 *   .addColumn('id', columns.id, (column) => column.primaryKey())
 *   .addColumn('name', columns.text(200), (column) => column.notNull())
 *   .addColumn('created_at', columns.time, (column) => column.notNull())
 * ```
 *
 * Text compares and sorts by code point everywhere (binary collation, set by the dialects), so `a` and `A` are
 * different keys and pages continue at the same row on each engine. Every number arrives as a JavaScript number.
 * MySQL ignores `references` on a column: use `addForeignKeyConstraint`. It can index `text(n)` up to n = 768, and
 * never `longText` or `json`.
 */
export const columns = {
  /** An identifier made by `createId`: 26 characters. Also for references to one. */
  id: 'varchar(26)',
  /** At most `length` characters; PostgreSQL and MySQL refuse longer ones. */
  text: (length: number): `varchar(${number})` => `varchar(${length})`,
  /** Text of any length, not indexable. */
  longText: 'text',
  /** JSON as text; written with `toJson`, read with `fromJson`. No engine's own JSON type: they differ in keys, nulls and order. */
  json: 'text',
  /** UTC epoch milliseconds. */
  time: 'bigint',
  /** 0 or 1: SQLite and MySQL have no booleans. */
  flag: 'smallint',
  /** Whole number within ± 2^31. */
  integer: 'integer',
  /** Whole number within ± (2^53 − 1), what JavaScript holds exactly. */
  bigInt: 'bigint',
  /** Money as a whole number of ten-thousandths: 1.2345 GBP is 12345. */
  money: 'bigint',
  /** Double precision; finite values only. */
  real: 'double precision',
} as const;

/** Type of a `columns.flag` in a table interface. */
export type Flag = 0 | 1;

declare const content: unique symbol;
/** Type of a `columns.json` in a table interface: text that holds a `T`. */
export type Json<T> = string & { readonly [content]: T };

export function toJson<T>(value: T): Json<T> {
  return JSON.stringify(value) as Json<T>;
}

export function fromJson<T>(text: Json<T>): T {
  return JSON.parse(text) as T;
}
