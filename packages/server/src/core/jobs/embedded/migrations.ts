import type { Kysely } from 'kysely';
import { columns } from '../../db/columns.ts';
import type { Migrations } from '../../db/migrate.ts';

export const jobsMigrations: Migrations = {
  'core-jobs/0001-jobs': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('core_jobs')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('name', columns.text(100), (column) => column.notNull())
        .addColumn('state', columns.text(10), (column) => column.notNull())
        .addColumn('run_order', columns.integer, (column) => column.notNull())
        .addColumn('run_at', columns.time, (column) => column.notNull())
        .addColumn('payload', columns.json, (column) => column.notNull())
        .addColumn('attempt', columns.integer, (column) => column.notNull())
        .addColumn('max_attempts', columns.integer, (column) => column.notNull())
        .addColumn('crashes', columns.integer, (column) => column.notNull())
        .addColumn('progress', columns.real, (column) => column.notNull())
        .addColumn('progress_note', columns.text(200))
        .addColumn('result', columns.json)
        .addColumn('error', columns.json)
        .addColumn('requested_by', columns.text(254))
        .addColumn('key_digest', columns.text(43))
        .addColumn('active_key', columns.text(43))
        .addColumn('worker_id', columns.id)
        .addColumn('cancel_requested_at', columns.time)
        .addColumn('created_at', columns.time, (column) => column.notNull())
        .addColumn('started_at', columns.time)
        .addColumn('finished_at', columns.time)
        .execute();
      // Each claim reads this one from the left: the jobs of one kind that may run, in the order they should.
      await db.schema
        .createIndex('core_jobs_claim')
        .on('core_jobs')
        .columns(['state', 'name', 'run_order', 'run_at', 'id'])
        .execute();
      await db.schema
        .createIndex('core_jobs_due')
        .on('core_jobs')
        .columns(['state', 'run_at'])
        .execute();
      await db.schema
        .createIndex('core_jobs_active_key')
        .unique()
        .on('core_jobs')
        .column('active_key')
        .execute();
      await db.schema
        .createTable('core_job_workers')
        .addColumn('id', columns.id, (column) => column.primaryKey())
        .addColumn('beat', columns.bigInt, (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('core_schedules')
        .addColumn('id', columns.text(100), (column) => column.primaryKey())
        .addColumn('name', columns.text(100), (column) => column.notNull())
        .addColumn('payload', columns.json, (column) => column.notNull())
        .addColumn('every_ms', columns.bigInt, (column) => column.notNull())
        .addColumn('due_at', columns.time, (column) => column.notNull())
        .execute();
    },
  },
};
