import type { Kysely } from 'kysely';
import { columns } from '../db/columns.ts';
import type { Migrations } from '../db/migrate.ts';

export const settingsMigrations: Migrations = {
  'core-settings/0001-settings': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('core_settings')
        .addColumn('name', columns.text(100), (column) => column.primaryKey())
        .addColumn('value', columns.json, (column) => column.notNull())
        .execute();
    },
  },
};
