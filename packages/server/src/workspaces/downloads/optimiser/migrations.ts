import { columns } from '../../../core/db/columns.ts';
import type { Migration, Migrations } from '../../../core/db/migrate.ts';

const hosts: Migration = {
  async up(db) {
    await db.schema
      .createTable('downloads_hosts')
      .addColumn('host', columns.text(253), (column) => column.primaryKey())
      // What the optimiser keeps of a host: see HostMemory.
      .addColumn('memory', columns.json, (column) => column.notNull())
      .addColumn('last_at', columns.time, (column) => column.notNull())
      .execute();
  },
};

export const downloadsOptimiserMigrations: Migrations = {
  'downloads-optimiser/0001-hosts': hosts,
};
