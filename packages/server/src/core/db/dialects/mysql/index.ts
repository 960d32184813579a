import type { Dialect } from '../dialect.ts';
import { connectMysql } from './connect.ts';
import { isMysqlConflict, mysqlEngine } from './engine.ts';
import { withMigrationLock } from './migration-lock.ts';
import { dropTables, listColumns, readRows, withoutForeignKeys } from './tables.ts';
import { bulkInsert, insertIgnore, quote, upsert } from './write.ts';

export const mysql: Dialect = {
  engine: mysqlEngine,
  connect: (address, options) => connectMysql(mysql, address, options),
  isConflict: isMysqlConflict,
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
