import { Kysely } from 'kysely';
import type { Logger } from '../log.ts';
import { parseAddress } from './address.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialects/dialect.ts';
import { sqlite } from './dialects/sqlite/index.ts';
import { inTransactionScope } from './transaction-scope.ts';

export interface DatabaseOptions {
  /** `sqlite:path`, `postgres://…`, `mysql://…` or `mariadb://…`. */
  readonly url: string;
  /** Connections kept to a server; SQLite has one. */
  readonly poolSize: number;
  readonly log: Logger;
}

const DIALECTS: Readonly<Record<string, Dialect>> = { sqlite };

/**
 * Opens the database and makes sure that it can be used. Also for worker threads, each with its own connection.
 * @throws DATABASE_URL_INVALID, DATABASE_FILE_…, DATABASE_UNREACHABLE, DATABASE_ACCESS_DENIED, DATABASE_MISSING
 */
export async function openDatabase({ url, poolSize, log }: DatabaseOptions): Promise<Database> {
  const address = parseAddress(url);
  const dialect = DIALECTS[address.engine]!;
  const query = new Kysely<unknown>({ dialect: await dialect.connect(address, { poolSize, log }) });
  return {
    engine: dialect.engine,
    query,
    transaction: (work) =>
      query.transaction().execute((trx) => inTransactionScope(() => work(trx))),
    stop: () => query.destroy(),
  };
}
