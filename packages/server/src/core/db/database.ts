import type { Kysely, Transaction } from 'kysely';

/** What differs between the three engines, as named facts with one answer each. See dialects/. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres' | 'mysql';
  /** `SELECT … FOR UPDATE SKIP LOCKED` exists; SQLite has one writer and needs none. */
  readonly skipsLockedRows: boolean;
  isUniqueViolation(error: unknown): boolean;
  /** The engine is away (restart, network): the call may be repeated later. */
  isUnavailable(error: unknown): boolean;
}

/**
 * The product's database. `query` knows the core tables; a workspace adds its own:
 * `db.query.withTables<SalesTables>()`.
 */
export interface Database<T = unknown> {
  readonly engine: Engine;
  readonly query: Kysely<T>;
  /**
   * All or nothing. `work` uses only the transaction it is given, and changes nothing else: after a deadlock it runs
   * again from its start. A query on `db.query` inside it is refused.
   */
  transaction<R>(work: (trx: Transaction<T>) => Promise<R>): Promise<R>;
  stop(): Promise<void>;
}
