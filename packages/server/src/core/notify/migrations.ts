import type { Kysely } from 'kysely';
import { columns } from '../db/columns.ts';
import type { Migrations } from '../db/migrate.ts';

export const notifyMigrations: Migrations = {
  'core-notify/0001-channels': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('core_channels')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('kind', columns.text(30), (column) => column.notNull())
        .addColumn('name', columns.text(120), (column) => column.notNull())
        .addColumn('enabled', columns.flag, (column) => column.notNull())
        .addColumn('locale', columns.text(2), (column) => column.notNull())
        .addColumn('quiet_hours', columns.json)
        .addColumn('target', columns.longText, (column) => column.notNull())
        .addColumn('options', columns.json, (column) => column.notNull())
        // Sealed JSON of the secret options.
        .addColumn('secrets', columns.longText, (column) => column.notNull())
        .addColumn('created_at', columns.time, (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('core_deliveries')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('channel_id', columns.id, (column) => column.notNull())
        .addColumn('dedupe_key', columns.text(120), (column) => column.notNull())
        .addColumn('severity', columns.text(10), (column) => column.notNull())
        .addColumn('subject', columns.text(300), (column) => column.notNull())
        .addColumn('message', columns.json, (column) => column.notNull())
        .addColumn('state', columns.text(12), (column) => column.notNull())
        .addColumn('attempts', columns.integer, (column) => column.notNull())
        .addColumn('reason', columns.json)
        .addColumn('send_at', columns.time, (column) => column.notNull())
        .addColumn('created_at', columns.time, (column) => column.notNull())
        .addColumn('sent_at', columns.time)
        .execute();
      await db.schema
        .createIndex('core_deliveries_once')
        .unique()
        .on('core_deliveries')
        .columns(['channel_id', 'dedupe_key'])
        .execute();
      await db.schema
        .createIndex('core_deliveries_due')
        .on('core_deliveries')
        .columns(['state', 'send_at'])
        .execute();
    },
  },
};
