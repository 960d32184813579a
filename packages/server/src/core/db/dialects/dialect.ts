import { CompiledQuery, type Kysely, type Dialect as KyselyDialect } from 'kysely';
import type { Logger } from '../../log.ts';
import type { Address } from '../address.ts';
import type { Engine } from '../database.ts';

/** What a column can hold. */
export type Value = string | number | null;

export interface InsertRows {
  readonly table: string;
  readonly columns: readonly string[];
  /** One value per column, in that order. */
  readonly rows: readonly (readonly Value[])[];
}

export interface ColumnRow {
  readonly table_name: string;
  readonly column_name: string;
  /** Place in the primary key from 1; 0 for other columns. */
  readonly key_position: number;
}

// biome-ignore lint/suspicious/noExplicitAny: these work on any table of any slice
export type AnyQuery = Kysely<any>;

/** Everything the product does differently per engine; one folder each, with the same files. */
export interface Dialect {
  readonly engine: Engine;
  /** Connects once, so that a wrong password or a damaged file is told at start, in words. */
  connect(address: Address, options: { poolSize: number; log: Logger }): Promise<KyselyDialect>;
  /** The transaction lost against another one and was undone; it may run again. */
  isConflict(error: unknown): boolean;
  /** Plain inserts by the engine's fastest way. Runs on a transaction. */
  bulkInsert(trx: AnyQuery, insert: InsertRows): Promise<void>;
  /** Inserts what violates no unique key; gives the number inserted. Runs on a transaction. */
  insertIgnore(trx: AnyQuery, insert: InsertRows): Promise<number>;
  /** Inserts, or sets `update` where a row with the same `key` exists. Keys are distinct. Runs on a transaction. */
  upsert(
    trx: AnyQuery,
    insert: InsertRows,
    key: readonly string[],
    update: readonly string[],
  ): Promise<void>;
  /** One row for each column of each table of the database or schema, in the order of the columns. */
  listColumns(query: AnyQuery): Promise<readonly ColumnRow[]>;
  /** The rows of a select, some at a time, with flat memory. */
  readRows(
    trx: AnyQuery,
    select: string,
  ): AsyncIterable<readonly Readonly<Record<string, Value>>[]>;
  quote(name: string): string;
  /** Drops tables that refer to each other. */
  dropTables(query: AnyQuery, tables: readonly string[]): Promise<void>;
  /** Runs `work` while rows may be written before those they refer to; all must be there at its end. */
  withoutForeignKeys(query: AnyQuery, work: (query: AnyQuery) => Promise<void>): Promise<void>;
  /** Runs `work` while no other process can; in one transaction where the engine's DDL allows it. */
  withMigrationLock<R>(query: AnyQuery, work: (query: AnyQuery) => Promise<R>): Promise<R>;
}

/** The dialect behind a query or transaction: each connect.ts puts it on the Kysely adapter. */
export function dialectOf(query: AnyQuery): Dialect {
  const { dialect } = query.getExecutor().adapter as { dialect?: Dialect };
  if (!dialect) throw new Error('this query was not made by openDatabase');
  return dialect;
}

/** Writes an identifier in the engine's quotes. */
export function quoteWith(mark: '"' | '`'): (name: string) => string {
  return (name) => mark + name.replaceAll(mark, mark + mark) + mark;
}

/** `readRows` for drivers that can stream. */
export async function* streamRows(
  trx: AnyQuery,
  select: string,
): AsyncIterable<readonly Readonly<Record<string, Value>>[]> {
  const stream = trx.getExecutor().stream<Record<string, Value>>(CompiledQuery.raw(select), 500);
  for await (const { rows } of stream) yield rows;
}
