import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import { databaseErrors } from '../../errors.ts';
import type { Explain } from '../../guarded-driver.ts';
import type { Value } from '../dialect.ts';

/** Prepared statements kept; the product has a few hundred distinct ones. */
const CACHED_STATEMENTS = 500;
/** How long a statement waits for another connection's write. */
const BUSY_LIMIT_MS = 30_000;
/** How long statements may follow each other before sockets and timers get their turn. */
const TURN_LIMIT_MS = 8;

/**
 * One connection, used synchronously. Differs from Kysely's own driver: statements are prepared once; transactions
 * take the write lock at their start (a deferred one fails when a worker wrote in between); a lock held by another
 * connection is waited for without blocking the event loop, and so does a loop of awaited queries not block it.
 */
export class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;
  readonly #database: BetterSqlite3.Database;
  /** Settled when the last caller in the queue for the one connection has given it back. */
  #last: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(database: BetterSqlite3.Database, explain: Explain) {
    this.#database = database;
    this.#connection = new SqliteConnection(database, explain);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    this.#release = resolve;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    const begin = settings.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk rolls back by itself; a second rollback would hide the reason.
    if (this.#database.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    // After the transaction in flight, as the pools of the other engines do it.
    await this.acquireConnection();
    this.#database.close();
    this.#release();
  }
}

export class SqliteConnection implements DatabaseConnection {
  readonly #database: BetterSqlite3.Database;
  readonly #explain: Explain;
  readonly #statements = new Map<string, BetterSqlite3.Statement<unknown[]>>();
  /** When the first statement of this turn of the event loop began. */
  #turnStart: number | undefined;

  constructor(database: BetterSqlite3.Database, explain: Explain) {
    this.#database = database;
    this.#explain = explain;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const run = (): QueryResult<R> => {
      const statement = this.#prepare(sql);
      if (statement.reader) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    };
    await this.#takeTurns();
    return waitWhileBusy(run);
  }

  async *streamQuery<R>(
    { sql, parameters }: CompiledQuery,
    chunkSize: number,
  ): AsyncIterableIterator<QueryResult<R>> {
    // Not from the cache: an iterated statement is busy until its end.
    let rows: R[] = [];
    for (const row of this.#database.prepare(sql).iterate(...parameters)) {
      rows.push(row as R);
      if (rows.length === chunkSize) {
        yield { rows };
        rows = [];
      }
    }
    if (rows.length > 0) yield { rows };
  }

  /** Runs one statement for each row. Blocks for its length: about 3 µs a narrow row. */
  runMany(sql: string, rows: readonly (readonly Value[])[]): number {
    try {
      const statement = this.#prepare(sql);
      let changes = 0;
      for (const row of rows) changes += statement.run(row).changes;
      return changes;
    } catch (error) {
      // The guard around the driver sees queries only.
      throw this.#explain(error);
    }
  }

  /** Nothing here waits for I/O, so awaiting query after query would never let the event loop turn. */
  async #takeTurns(): Promise<void> {
    if (this.#turnStart === undefined) {
      this.#turnStart = performance.now();
      setImmediate(() => {
        this.#turnStart = undefined;
      });
    } else if (performance.now() - this.#turnStart > TURN_LIMIT_MS) {
      await nextTurn();
    }
  }

  #prepare(sql: string): BetterSqlite3.Statement<unknown[]> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    if (this.#statements.size >= CACHED_STATEMENTS) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** Repeats `run` while another connection holds the lock it needs. @throws DATABASE_BUSY after 30 s. */
export async function waitWhileBusy<R>(run: () => R): Promise<R> {
  const giveUpAt = performance.now() + BUSY_LIMIT_MS;
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > giveUpAt) throw databaseErrors.DATABASE_BUSY({}, { cause: error });
      await delay(1);
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  // A stale snapshot stays stale: repeating the statement in its transaction cannot help.
  return code === 'SQLITE_BUSY' || code === 'SQLITE_BUSY_RECOVERY' || code === 'SQLITE_LOCKED';
}
