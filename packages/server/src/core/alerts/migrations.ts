import type { Kysely } from 'kysely';
import { columns } from '../db/columns.ts';
import type { Migrations } from '../db/migrate.ts';

export const alertsMigrations: Migrations = {
  'core-alerts/0001-rules': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('core_alert_rules')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('name', columns.text(120), (column) => column.notNull())
        .addColumn('measure', columns.text(100), (column) => column.notNull())
        .addColumn('bucket', columns.text(10), (column) => column.notNull())
        .addColumn('filters', columns.json, (column) => column.notNull())
        .addColumn('condition_json', columns.json, (column) => column.notNull())
        .addColumn('severity', columns.text(10), (column) => column.notNull())
        .addColumn('channel_ids', columns.json, (column) => column.notNull())
        .addColumn('enabled', columns.flag, (column) => column.notNull())
        .addColumn('revision', columns.integer, (column) => column.notNull())
        .addColumn('cooldown_minutes', columns.integer, (column) => column.notNull())
        .addColumn('created_at', columns.time, (column) => column.notNull())
        .addColumn('created_by', columns.text(254), (column) => column.notNull())
        .addColumn('last_evaluated_at', columns.time)
        .addColumn('last_fired_at', columns.time)
        .addColumn('last_problem', columns.json)
        .execute();
      await db.schema
        .createTable('core_alerts')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('rule_id', columns.id, (column) => column.notNull())
        .addColumn('revision', columns.integer, (column) => column.notNull())
        .addColumn('rule_name', columns.text(120), (column) => column.notNull())
        .addColumn('measure', columns.text(100), (column) => column.notNull())
        .addColumn('severity', columns.text(10), (column) => column.notNull())
        .addColumn('state', columns.text(12), (column) => column.notNull())
        .addColumn('t', columns.text(10), (column) => column.notNull())
        .addColumn('bucket', columns.text(10), (column) => column.notNull())
        .addColumn('value', columns.real, (column) => column.notNull())
        .addColumn('lower_bound', columns.real)
        .addColumn('upper_bound', columns.real)
        .addColumn('condition_json', columns.json, (column) => column.notNull())
        .addColumn('filters', columns.json, (column) => column.notNull())
        .addColumn('channel_ids', columns.json, (column) => column.notNull())
        .addColumn('notified', columns.flag, (column) => column.notNull())
        .addColumn('fired_at', columns.time, (column) => column.notNull())
        .addColumn('acknowledged_at', columns.time)
        .addColumn('acknowledged_by', columns.text(254))
        .addColumn('note', columns.longText)
        .execute();
      await db.schema
        .createIndex('core_alerts_once')
        .unique()
        .on('core_alerts')
        .columns(['rule_id', 'revision', 't'])
        .execute();
      await db.schema
        .createIndex('core_alerts_state')
        .on('core_alerts')
        .columns(['state', 'id'])
        .execute();
      await db.schema
        .createIndex('core_alerts_notified')
        .on('core_alerts')
        .columns(['notified'])
        .execute();
    },
  },
};
