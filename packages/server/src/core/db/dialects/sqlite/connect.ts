import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import {
  type Dialect as KyselyDialect,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Address } from '../../address.ts';
import { databaseErrors } from '../../errors.ts';
import { guardDriver } from '../../guarded-driver.ts';
import type { Dialect } from '../dialect.ts';
import { messageOf } from '../failure.ts';
import { SqliteDriver, waitWhileBusy } from './driver.ts';
import { explainSqlite } from './engine.ts';

/** Opens the file, creating it and its folder when they are missing, and makes sure that it can be written. */
export async function connectSqlite(dialect: Dialect, { path }: Address): Promise<KyselyDialect> {
  const database = openFile(path);
  const explain = (error: unknown) => explainSqlite(error, path);
  try {
    await waitWhileBusy(() => prepareFile(database));
  } catch (error) {
    database.close();
    throw explain(error);
  }
  return {
    createDriver: () => guardDriver(new SqliteDriver(database, explain), explain),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new Adapter(dialect),
    createIntrospector: (query) => new SqliteIntrospector(query),
  };
}

class Adapter extends SqliteAdapter {
  readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    super();
    this.dialect = dialect;
  }

  /** Our driver queues for the one connection itself: Kysely's queue comes before any guard and would wait forever. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

function openFile(path: string): BetterSqlite3.Database {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // 0: SQLite's own waiting would block the event loop; the driver waits instead.
    return new BetterSqlite3(path, { timeout: 0 });
  } catch (error) {
    throw databaseErrors.DATABASE_FILE_UNREADABLE(
      { path, reason: messageOf(error) },
      { cause: error },
    );
  }
}

function prepareFile(database: BetterSqlite3.Database): void {
  // WAL: readers and one writer at once. With NORMAL a power cut may undo the last commits, never damage the file.
  database.pragma('journal_mode = wal');
  database.pragma('synchronous = normal');
  database.pragma('foreign_keys = on');
  database.pragma('temp_store = memory');
  database.pragma('cache_size = -32000');
  // A backup holds the log open; shrink it afterwards.
  database.pragma('journal_size_limit = 67108864');
  // Takes and gives back the write lock: a read-only file is found now, not at the first change.
  database.exec('begin immediate; select count(*) from sqlite_schema; rollback');
}
