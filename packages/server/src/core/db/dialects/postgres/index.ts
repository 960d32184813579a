import type { Dialect } from '../dialect.ts';
import { connectPostgres } from './connect.ts';
import { isPostgresConflict, postgresEngine } from './engine.ts';
import { withMigrationLock } from './migration-lock.ts';
import { dropTables, listColumns, readRows, withoutForeignKeys } from './tables.ts';
import { bulkInsert, insertIgnore, quote, upsert } from './write.ts';

export const postgres: Dialect = {
  engine: postgresEngine,
  connect: (address, options) => connectPostgres(postgres, address, options),
  isConflict: isPostgresConflict,
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
