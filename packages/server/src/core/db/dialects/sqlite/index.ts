import type { Dialect } from '../dialect.ts';
import { connectSqlite } from './connect.ts';
import { sqliteEngine } from './engine.ts';
import { withMigrationLock } from './migration-lock.ts';
import { dropTables, listColumns, readRows, withoutForeignKeys } from './tables.ts';
import { bulkInsert, insertIgnore, quote, upsert } from './write.ts';

export const sqlite: Dialect = {
  engine: sqliteEngine,
  connect: (address) => connectSqlite(sqlite, address),
  // A writer waits at its start, before it has done anything.
  isConflict: () => false,
  bulkInsert,
  insertIgnore,
  upsert,
  listColumns,
  readRows,
  quote,
  dropTables,
  withoutForeignKeys,
  withMigrationLock,
};
