import type { Migration } from 'kysely/migration';
import { columns } from '../../../core/db/columns.ts';

export const libraryMigration: Migration = {
  async up(db) {
    await db.schema
      .createTable('downloads_files')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('path', columns.text(2000), (column) => column.notNull())
      // SHA-256 of the path without regard to case; null while the file has no name in the library.
      .addColumn('path_key', columns.text(64), (column) => column.unique())
      .addColumn('search_text', columns.longText, (column) => column.notNull())
      .addColumn('state', columns.text(20), (column) => column.notNull())
      .addColumn('size_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('sha256', columns.text(64), (column) => column.notNull())
      .addColumn('blake3', columns.text(64))
      .addColumn('crc32', columns.text(8))
      .addColumn('auto_v1', columns.text(8))
      .addColumn('auto_v3', columns.text(12))
      .addColumn('verified', columns.text(20), (column) => column.notNull())
      .addColumn('verdict', columns.text(20), (column) => column.notNull())
      .addColumn('reasons', columns.json, (column) => column.notNull())
      .addColumn('imports', columns.json, (column) => column.notNull())
      .addColumn('scanned_at', columns.time, (column) => column.notNull())
      .addColumn('source', columns.text(20), (column) => column.notNull())
      .addColumn('type', columns.text(60))
      .addColumn('model', columns.json)
      .addColumn('preview_path', columns.text(2000))
      // Of all the times it was there already when it was to be fetched.
      .addColumn('saved_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('released_by', columns.text(300))
      .addColumn('added_at', columns.time, (column) => column.notNull())
      .execute();
    await index('downloads_files', 'sha256', ['sha256']);
    await index('downloads_files', 'state', ['state', 'id']);
    await index('downloads_files', 'kind', [
      'verdict',
      'type',
      'state',
      'size_bytes',
      'saved_bytes',
    ]);

    // Further names of a file's content.
    await db.schema
      .createTable('downloads_links')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('file_id', columns.id, (column) => column.notNull())
      .addColumn('path', columns.text(2000), (column) => column.notNull())
      .addColumn('path_key', columns.text(64), (column) => column.notNull().unique())
      .addColumn('added_at', columns.time, (column) => column.notNull())
      .execute();
    await index('downloads_links', 'file', ['file_id']);

    async function index(table: string, name: string, of: string[]): Promise<void> {
      await db.schema.createIndex(`${table}_${name}`).on(table).columns(of).execute();
    }
  },
};
