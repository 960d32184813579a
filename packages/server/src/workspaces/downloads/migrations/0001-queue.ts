import type { Migration } from 'kysely/migration';
import { columns } from '../../../core/db/columns.ts';

export const queueMigration: Migration = {
  async up(db) {
    await db.schema
      .createTable('downloads_jobs')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('name', columns.text(300), (column) => column.notNull())
      .addColumn('state', columns.text(20), (column) => column.notNull())
      // What a person asked of all its items and is not yet done with each: `run`, `pause`, `cancel`.
      .addColumn('wanted', columns.text(10), (column) => column.notNull())
      .addColumn('strategy', columns.text(20), (column) => column.notNull())
      .addColumn('parallel_files', columns.integer, (column) => column.notNull())
      .addColumn('priority', columns.integer, (column) => column.notNull())
      .addColumn('files', columns.text(10), (column) => column.notNull())
      .addColumn('path_template', columns.text(300))
      .addColumn('start_at', columns.time)
      // Items by state, sizes and open inputs: kept with each change, never counted.
      .addColumn('n_pending', columns.integer, (column) => column.notNull())
      .addColumn('n_processing', columns.integer, (column) => column.notNull())
      .addColumn('n_completed', columns.integer, (column) => column.notNull())
      .addColumn('n_failed', columns.integer, (column) => column.notNull())
      .addColumn('n_cancelled', columns.integer, (column) => column.notNull())
      .addColumn('n_paused', columns.integer, (column) => column.notNull())
      .addColumn('size_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('done_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('open_inputs', columns.integer, (column) => column.notNull())
      .addColumn('created_by', columns.text(300), (column) => column.notNull())
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .addColumn('finished_at', columns.time)
      .execute();
    await index('downloads_jobs', 'state', ['state', 'id']);

    await db.schema
      .createTable('downloads_inputs')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('job_id', columns.id, (column) => column.notNull())
      // 1 while there is something to list.
      .addColumn('open', columns.flag, (column) => column.notNull())
      .addColumn('body', columns.json, (column) => column.notNull())
      // Where the next page begins, as the source wrote it.
      .addColumn('page_cursor', columns.longText)
      .addColumn('listed', columns.integer, (column) => column.notNull())
      .addColumn('attempt', columns.integer, (column) => column.notNull())
      .addColumn('retry_at', columns.time, (column) => column.notNull())
      .execute();
    await index('downloads_inputs', 'open', ['open', 'retry_at', 'id']);
    await index('downloads_inputs', 'job', ['job_id']);

    await db.schema
      .createTable('downloads_items')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('job_id', columns.id, (column) => column.notNull())
      // Its state, in the order of the list; see queue/states.ts.
      .addColumn('lane', columns.flag, (column) => column.notNull())
      // Minus its priority: what runs first sorts first.
      .addColumn('place', columns.integer, (column) => column.notNull())
      .addColumn('phase', columns.text(20), (column) => column.notNull())
      .addColumn('held_by', columns.text(20))
      .addColumn('source', columns.text(20), (column) => column.notNull())
      // Sealed where it holds a query or a password.
      .addColumn('ref', columns.longText, (column) => column.notNull())
      .addColumn('ref_sealed', columns.flag, (column) => column.notNull())
      .addColumn('name', columns.text(1000), (column) => column.notNull())
      .addColumn('search_name', columns.text(1000), (column) => column.notNull())
      .addColumn('file_name', columns.text(300))
      .addColumn('host', columns.text(253))
      .addColumn('size_bytes', columns.bigInt)
      // 1: the source says so; 0: measured, or not known.
      .addColumn('size_promised', columns.flag, (column) => column.notNull())
      .addColumn('done_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('wasted_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('hashes', columns.json, (column) => column.notNull())
      .addColumn('model', columns.json)
      .addColumn('barrier', columns.text(40))
      .addColumn('attempt', columns.integer, (column) => column.notNull())
      .addColumn('retry_at', columns.time)
      .addColumn('error', columns.json)
      .addColumn('verdict', columns.text(20))
      .addColumn('file_id', columns.id)
      .addColumn('linked', columns.flag, (column) => column.notNull())
      // Where the finished file is about to be put: what a crash in the midst of it is mended from.
      .addColumn('placing', columns.json)
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .addColumn('started_at', columns.time)
      .addColumn('finished_at', columns.time)
      .execute();
    await index('downloads_items', 'lane', ['lane', 'place', 'id']);
    await index('downloads_items', 'job', ['job_id', 'lane', 'place', 'id']);
    await index('downloads_items', 'retry', ['lane', 'retry_at']);

    await db.schema
      .createTable('downloads_settings')
      .addColumn('id', columns.integer, (column) => column.primaryKey())
      .addColumn('body', columns.json, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('downloads_tokens')
      .addColumn('source', columns.text(20), (column) => column.primaryKey())
      .addColumn('token', columns.longText, (column) => column.notNull())
      .addColumn('changed_at', columns.time, (column) => column.notNull())
      .execute();
    // The one process that drives the queue.
    await db.schema
      .createTable('downloads_lease')
      .addColumn('id', columns.integer, (column) => column.primaryKey())
      .addColumn('owner', columns.id, (column) => column.notNull())
      .addColumn('machine', columns.text(255), (column) => column.notNull())
      .addColumn('pid', columns.integer, (column) => column.notNull())
      .addColumn('expires_at', columns.time, (column) => column.notNull())
      .execute();

    async function index(table: string, name: string, of: string[]): Promise<void> {
      await db.schema.createIndex(`${table}_${name}`).on(table).columns(of).execute();
    }
  },
};
