import type { CompiledQuery, DatabaseConnection, Driver, TransactionSettings } from 'kysely';
import { assertOutsideTransaction } from './transaction-scope.ts';

/** Turns a failure of the engine into an AppError with words, or gives it back as it is. */
export type Explain = (error: unknown) => unknown;

/**
 * Wraps an engine's driver: failures are explained, a query outside its open transaction is refused, and it can be
 * destroyed more than once, unused too.
 */
export function guardDriver(driver: Driver, explain: Explain): Driver {
  const guarded = new WeakSet<DatabaseConnection>();
  let destroyed: Promise<void> | undefined;

  async function explained<R>(work: Promise<R>): Promise<R> {
    try {
      return await work;
    } catch (error) {
      throw explain(error);
    }
  }

  function guardConnection(connection: DatabaseConnection): DatabaseConnection {
    if (guarded.has(connection)) return connection;
    guarded.add(connection);
    // In place, as Kysely's own logging does it: the drivers find their private state on this very object.
    const { executeQuery, streamQuery } = connection;
    connection.executeQuery = <R>(query: CompiledQuery) =>
      explained(executeQuery.call(connection, query) as ReturnType<typeof executeQuery<R>>);
    connection.streamQuery = async function* <R>(query: CompiledQuery, chunkSize: number) {
      try {
        yield* streamQuery.call(connection, query, chunkSize) as ReturnType<typeof streamQuery<R>>;
      } catch (error) {
        throw explain(error);
      }
    };
    return connection;
  }

  return {
    init: () => driver.init(),
    acquireConnection: async () => {
      assertOutsideTransaction();
      return guardConnection(await explained(driver.acquireConnection()));
    },
    beginTransaction: (connection, settings: TransactionSettings) =>
      driver.beginTransaction(connection, settings),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    releaseConnection: (connection) => driver.releaseConnection(connection),
    // Kysely's own drivers know their pool from `init` on.
    destroy: () => (destroyed ??= driver.init().then(() => driver.destroy())),
  };
}
