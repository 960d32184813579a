import type { Kysely } from 'kysely';
import { columns } from '../db/columns.ts';
import type { Migrations } from '../db/migrate.ts';

export const auditMigrations: Migrations = {
  'core-audit/0001-audit': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('core_audit')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('at', columns.time, (column) => column.notNull())
        .addColumn('actor', columns.text(300), (column) => column.notNull())
        .addColumn('action', columns.text(100), (column) => column.notNull())
        .addColumn('target', columns.text(300))
        .addColumn('address', columns.text(64))
        .addColumn('details', columns.json, (column) => column.notNull())
        .execute();
      // Ids sort by time, so each filter reads its index from the end.
      await db.schema
        .createIndex('core_audit_actor')
        .on('core_audit')
        .columns(['actor', 'id'])
        .execute();
      await db.schema
        .createIndex('core_audit_action')
        .on('core_audit')
        .columns(['action', 'id'])
        .execute();
    },
  },
};
