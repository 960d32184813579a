import { createLogger } from '../../log.ts';
import { columns } from '../columns.ts';
import type { Database } from '../database.ts';
import { type AnyQuery, dialectOf } from '../dialects/dialect.ts';
import { databaseErrors } from '../errors.ts';
import {
  type Migrations,
  migrate,
  RESTORE_MARK,
  recordedMigrations,
  runMigrations,
} from '../migrate.ts';
import { openDatabase } from '../open-database.ts';
import { bulkInsert } from '../write.ts';
import type { BackupSummary, BackupTable } from './format.ts';
import { readBackup } from './read-backup.ts';
import { readRow } from './row-line.ts';
import { onSnapshot, ownTables, tableLines } from './tables.ts';

const ROWS_AT_ONCE = 5_000;

interface RestoreOptions {
  /** Address of the database to restore into. */
  readonly url: string;
  readonly file: string;
  /** All migrations of this program. */
  readonly migrations: Migrations;
  /** Delete what the database holds. Default: refuse when it holds anything. */
  readonly overwrite?: boolean;
}

/**
 * Restores a backup, made on any engine, into a database: checks the file first, makes the tables as they were, loads and
 * compares them with the hashes of the backup, then brings the database up to date. Until that has happened the
 * database is marked, and `migrate` refuses to start on it. Nobody else may use the database meanwhile.
 * @throws BACKUP_UNREADABLE, BACKUP_DAMAGED, BACKUP_NEWER, RESTORE_NOT_EMPTY (all before anything was changed),
 *   RESTORE_DIFFERS
 */
export async function restoreBackup(options: RestoreOptions): Promise<BackupSummary> {
  const { url, file } = options;
  const summary = await readBackup(file);
  assertKnown(summary, options);
  const db = await openDatabase({ url, poolSize: 2, log: createLogger({ level: 'silent' }) });
  try {
    await replaceContent(db, summary, options);
    return summary;
  } finally {
    await db.stop();
  }
}

async function replaceContent(
  db: Database,
  summary: BackupSummary,
  options: RestoreOptions,
): Promise<void> {
  const { file, migrations } = options;
  await makeEmpty(db, options);
  const query = db.query as AnyQuery;
  await query.schema.createTable(RESTORE_MARK).addColumn('at', columns.time).execute();
  const known = Object.entries(migrations).filter(([name]) => summary.migrations.includes(name));
  await runMigrations(db, Object.fromEntries(known));
  await dialectOf(query).withoutForeignKeys(query, (free) => load(free, file, summary));
  await compare(query, summary);
  await query.schema.dropTable(RESTORE_MARK).execute();
  await migrate(db, migrations);
}

function assertKnown(summary: BackupSummary, { file, migrations }: RestoreOptions): void {
  const unknown = summary.migrations.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    const { version } = summary;
    throw databaseErrors.BACKUP_NEWER({ file, version, names: unknown.join(', ') });
  }
}

async function makeEmpty(db: Database, { migrations, overwrite }: RestoreOptions): Promise<void> {
  const query = db.query as AnyQuery;
  const names = [...Object.keys(migrations), ...(await recordedMigrations(db)), 'kizashi/'];
  const tables = (await ownTables(query, names)).map((table) => table.name);
  if (tables.length === 0) return;
  if (!overwrite) throw databaseErrors.RESTORE_NOT_EMPTY({ tables: tables.length });
  await dialectOf(query).dropTables(query, tables);
}

async function load(query: AnyQuery, file: string, summary: BackupSummary): Promise<void> {
  // What migrations put into their tables is in the backup too.
  for (const { name } of summary.tables) await query.deleteFrom(name).execute();
  await readBackup(file, {
    async rows(table: BackupTable, lines) {
      for (let start = 0; start < lines.length; start += ROWS_AT_ONCE) {
        const rows = lines.slice(start, start + ROWS_AT_ONCE).map(readRow);
        await bulkInsert(query, { table: table.name, columns: table.columns, rows });
      }
    },
  });
}

async function compare(query: AnyQuery, summary: BackupSummary): Promise<void> {
  await onSnapshot(query, async (trx) => {
    const tables = await ownTables(trx, summary.migrations);
    for (const expected of summary.tables) {
      const table = tables.find(({ name }) => name === expected.name);
      if (!table) throw databaseErrors.RESTORE_DIFFERS({ table: expected.name });
      const lines = tableLines(trx, table);
      let step = await lines.next();
      while (!step.done) step = await lines.next();
      const { rows, sha256 } = step.value;
      if (rows !== expected.rows || sha256 !== expected.sha256)
        throw databaseErrors.RESTORE_DIFFERS({ table: expected.name });
    }
  });
}
