import type { CreateTableBuilder, Kysely } from 'kysely';
import { columns } from '../db/columns.ts';
import type { Migrations } from '../db/migrate.ts';

export const authMigrations: Migrations = {
  'core-auth/0001-users': { up: createUsers },
  'core-auth/0002-sessions-and-tokens': { up: createCredentials },
  'core-auth/0003-invitations-and-links': { up: createLinks },
};

async function createUsers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('core_users')
    .addColumn('id', columns.id, (column) => column.primaryKey())
    .addColumn('email', columns.text(254), (column) => column.notNull())
    .addColumn('email_key', columns.text(254), (column) => column.notNull().unique())
    .addColumn('name', columns.text(120), (column) => column.notNull())
    .addColumn('role', columns.text(20), (column) => column.notNull())
    .addColumn('locale', columns.text(2), (column) => column.notNull())
    .addColumn('disabled', columns.flag, (column) => column.notNull())
    .addColumn('password_hash', columns.text(100), (column) => column.notNull())
    .addColumn('totp_seed', columns.text(300))
    .addColumn('totp_pending', columns.text(300))
    .addColumn('totp_last_step', columns.bigInt, (column) => column.notNull())
    .addColumn('created_at', columns.time, (column) => column.notNull())
    .addColumn('last_seen_at', columns.time)
    .execute();
  await belongsToUser(
    db.schema
      .createTable('core_recovery_codes')
      .addColumn('user_id', columns.id, (column) => column.notNull())
      .addColumn('code_hash', columns.text(64), (column) => column.notNull())
      .addPrimaryKeyConstraint('core_recovery_codes_key', ['user_id', 'code_hash']),
    'core_recovery_codes',
  ).execute();
  await db.schema
    .createTable('core_sign_in_failures')
    .addColumn('account_hash', columns.text(64), (column) => column.primaryKey())
    .addColumn('failures', columns.integer, (column) => column.notNull())
    .addColumn('last_at', columns.time, (column) => column.notNull())
    .addColumn('blocked_until', columns.time, (column) => column.notNull())
    .execute();
}

async function createCredentials(db: Kysely<unknown>): Promise<void> {
  await belongsToUser(
    db.schema
      .createTable('core_sessions')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('secret_hash', columns.text(64), (column) => column.notNull().unique())
      .addColumn('user_id', columns.id, (column) => column.notNull())
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .addColumn('last_seen_at', columns.time, (column) => column.notNull())
      .addColumn('expires_at', columns.time, (column) => column.notNull())
      .addColumn('address', columns.text(64), (column) => column.notNull())
      .addColumn('user_agent', columns.text(300), (column) => column.notNull()),
    'core_sessions',
  ).execute();
  await db.schema
    .createIndex('core_sessions_user')
    .on('core_sessions')
    .columns(['user_id', 'id'])
    .execute();
  await belongsToUser(
    db.schema
      .createTable('core_tokens')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('user_id', columns.id, (column) => column.notNull())
      .addColumn('name', columns.text(120), (column) => column.notNull())
      .addColumn('prefix', columns.text(12), (column) => column.notNull())
      .addColumn('secret_hash', columns.text(64), (column) => column.notNull().unique())
      .addColumn('scopes', columns.json, (column) => column.notNull())
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .addColumn('expires_at', columns.time)
      .addColumn('last_used_at', columns.time),
    'core_tokens',
  ).execute();
  await db.schema
    .createIndex('core_tokens_user')
    .on('core_tokens')
    .columns(['user_id', 'id'])
    .execute();
}

async function createLinks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('core_invitations')
    .addColumn('id', columns.id, (column) => column.primaryKey())
    .addColumn('secret_hash', columns.text(64), (column) => column.notNull().unique())
    .addColumn('email', columns.text(254))
    .addColumn('role', columns.text(20), (column) => column.notNull())
    .addColumn('created_at', columns.time, (column) => column.notNull())
    .addColumn('expires_at', columns.time, (column) => column.notNull())
    .addColumn('used_at', columns.time)
    .execute();
  await belongsToUser(
    db.schema
      .createTable('core_one_time_secrets')
      .addColumn('secret_hash', columns.text(64), (column) => column.primaryKey())
      .addColumn('kind', columns.text(10), (column) => column.notNull())
      .addColumn('user_id', columns.id)
      .addColumn('expires_at', columns.time),
    'core_one_time_secrets',
  ).execute();
}

/** What belongs to a user goes with the user. */
function belongsToUser<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  name: string,
): CreateTableBuilder<T, C> {
  return table.addForeignKeyConstraint(
    `${name}_user_key`,
    ['user_id' as C],
    'core_users',
    ['id'],
    (constraint) => constraint.onDelete('cascade'),
  );
}
