import { columns } from '../../../core/db/columns.ts';
import type { Migration, Migrations } from '../../../core/db/migrate.ts';

const events: Migration = {
  async up(db) {
    await db.schema
      .createTable('downloads_events')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('at', columns.time, (column) => column.notNull())
      .addColumn('kind', columns.text(40), (column) => column.notNull())
      .addColumn('job_id', columns.id)
      .addColumn('item_id', columns.id)
      .addColumn('source', columns.text(20))
      .addColumn('host', columns.text(253))
      .addColumn('bytes', columns.bigInt)
      .addColumn('duration_ms', columns.real)
      .addColumn('code', columns.text(80))
      .addColumn('model_type', columns.text(60))
      .addColumn('size_bytes', columns.bigInt)
      .addColumn('wasted_bytes', columns.bigInt)
      .addColumn('details', columns.json, (column) => column.notNull())
      .execute();
    // The list of one kind, newest first, and everything that analyses one kind in a range of time. With the duration, so that
    // those of all requests are read from the index alone.
    await db.schema
      .createIndex('downloads_events_kind')
      .on('downloads_events')
      .columns(['kind', 'id', 'duration_ms'])
      .execute();
    // What happened to one file.
    await db.schema
      .createIndex('downloads_events_item')
      .on('downloads_events')
      .columns(['item_id', 'id'])
      .execute();
  },
};

export const downloadsAnalyticsMigrations: Migrations = {
  'downloads-analytics/0001-events': events,
};
