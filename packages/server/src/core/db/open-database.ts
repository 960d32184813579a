import { Kysely } from 'kysely';
import type { Logger } from '../log.ts';
import { parseAddress } from './address.ts';
import type { Database, Engine } from './database.ts';
import type { Dialect } from './dialects/dialect.ts';
import { inTransactionScope } from './transaction-scope.ts';

export interface DatabaseOptions {
  /** `sqlite:path`, `postgres://…`, `mysql://…` or `mariadb://…`. */
  readonly url: string;
  /** Connections kept to a server; SQLite has one. */
  readonly poolSize: number;
  readonly log: Logger;
}

/** Each with its driver, loaded only where it is used: every start and every command would wait for all three. */
const DIALECTS: Record<Engine['name'], () => Promise<Dialect>> = {
  sqlite: async () => (await import('./dialects/sqlite/index.ts')).sqlite,
  postgres: async () => (await import('./dialects/postgres/index.ts')).postgres,
  mysql: async () => (await import('./dialects/mysql/index.ts')).mysql,
};

/** How often a transaction runs that keeps losing against others. */
const ATTEMPTS = 5;

/**
 * Opens the database and makes sure that it can be used. Also for worker threads, each with its own connection.
 * @throws DATABASE_URL_INVALID, DATABASE_FILE_…, DATABASE_UNREACHABLE, DATABASE_ACCESS_DENIED, DATABASE_MISSING
 */
export async function openDatabase({ url, poolSize, log }: DatabaseOptions): Promise<Database> {
  const address = parseAddress(url);
  const dialect = await DIALECTS[address.engine]();
  const connected = await dialect.connect(address, { poolSize, log });
  const driver = connected.createDriver();
  const query = new Kysely<unknown>({ dialect: { ...connected, createDriver: () => driver } });
  return {
    engine: dialect.engine,
    query,
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await query.transaction().execute((trx) => inTransactionScope(() => work(trx)));
        } catch (error) {
          if (attempt === ATTEMPTS || !dialect.isConflict(error)) throw error;
        }
      }
    },
    async stop() {
      await query.destroy();
      // Kysely leaves a driver alone that it was never asked to use. Its connection, made above, would stay open, and
      // the thread or process with it: one that is stopped between opening and its first statement would never end.
      await driver.destroy();
    },
  };
}
