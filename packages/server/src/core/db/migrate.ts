import type { Kysely } from 'kysely';
import { columns } from './columns.ts';
import type { Database } from './database.ts';
import { type AnyQuery, dialectOf } from './dialects/dialect.ts';
import { messageOf } from './dialects/failure.ts';
import { databaseErrors } from './errors.ts';

/** One step forward; there is no way back but a backup. */
export interface Migration {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows the tables of its own time, not today's types
  up(query: Kysely<any>): Promise<void>;
}

/** `slice/0001-title` → migration. They run in the order of the record: a slice after those it refers to. */
export type Migrations = Readonly<Record<string, Migration>>;

const TABLE = 'kizashi_migrations';
/** Exists while a restore runs, and afterwards when it failed. */
export const RESTORE_MARK = 'kizashi_restoring';

/**
 * Brings the database up to date: runs each migration it does not know yet, once, even when several processes start
 * together. On SQLite and PostgreSQL a failure leaves the database as it was; MySQL cannot undo DDL, so there the
 * migrations before the failed one stay.
 *
 * Not Kysely's Migrator, which runs in alphabetical order over all slices, so that a table of `core-alerts` would be
 * made before the `core-auth` table it refers to.
 *
 * @returns names of the migrations that ran.
 * @throws DATABASE_NEWER, DATABASE_HALF_RESTORED, DATABASE_MIGRATION_FAILED
 */
export async function migrate(db: Database, migrations: Migrations): Promise<readonly string[]> {
  if ((await tableNames(db.query as AnyQuery)).includes(RESTORE_MARK))
    throw databaseErrors.DATABASE_HALF_RESTORED();
  return runMigrations(db, migrations);
}

/** `migrate` for a restore, which knows that the database is not complete. */
export async function runMigrations(
  db: Database,
  migrations: Migrations,
): Promise<readonly string[]> {
  const query = db.query as AnyQuery;
  if ((await pendingMigrations(db, migrations)).length === 0) return [];
  return dialectOf(query).withMigrationLock(query, async (locked) => {
    await locked.schema
      .createTable(TABLE)
      .ifNotExists()
      .addColumn('name', columns.text(255), (column) => column.primaryKey())
      .addColumn('ran_at', columns.time, (column) => column.notNull())
      .execute();
    const pending = findPending(await recordedNames(locked), migrations);
    for (const name of pending) await runOne(locked, name, migrations[name]!);
    return pending;
  });
}

/** Migrations the database has not had, in running order. @throws DATABASE_NEWER */
export async function pendingMigrations(
  db: Database,
  migrations: Migrations,
): Promise<readonly string[]> {
  return findPending(await recordedMigrations(db), migrations);
}

/** Migrations the database has had, by name; none for an empty database. */
export async function recordedMigrations(db: Database): Promise<readonly string[]> {
  const query = db.query as AnyQuery;
  return (await tableNames(query)).includes(TABLE) ? recordedNames(query) : [];
}

async function tableNames(query: AnyQuery): Promise<readonly string[]> {
  const rows = await dialectOf(query).listColumns(query);
  return [...new Set(rows.map((row) => row.table_name))];
}

async function recordedNames(query: AnyQuery): Promise<readonly string[]> {
  const rows = await query.selectFrom(TABLE).select('name').orderBy('name').execute();
  return rows.map((row) => row.name as string);
}

function findPending(recorded: readonly string[], migrations: Migrations): readonly string[] {
  const unknown = recorded.filter((name) => !(name in migrations));
  if (unknown.length > 0) throw databaseErrors.DATABASE_NEWER({ names: unknown.join(', ') });
  return Object.keys(migrations).filter((name) => !recorded.includes(name));
}

async function runOne(query: AnyQuery, name: string, migration: Migration): Promise<void> {
  try {
    await migration.up(query);
    await query.insertInto(TABLE).values({ name, ran_at: Date.now() }).execute();
  } catch (error) {
    throw databaseErrors.DATABASE_MIGRATION_FAILED(
      { name, reason: messageOf(error) },
      { cause: error },
    );
  }
}
