import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columns } from '../../../core/db/columns.ts';
import { dialectOf } from '../../../core/db/dialects/dialect.ts';

export const imports: Migration = {
  async up(db) {
    await db.schema
      .createTable('sales_uploads')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('name', columns.text(255), (column) => column.notNull())
      .addColumn('size_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('sha256', columns.text(64), (column) => column.notNull())
      .addColumn('created_by', columns.text(100), (column) => column.notNull())
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('sales_imports')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      // What the lines carry: four bytes instead of twenty-six in every row.
      .addColumn('number', columns.integer, (column) => column.notNull().unique())
      .addColumn('name', columns.text(255), (column) => column.notNull())
      .addColumn('state', columns.text(20), (column) => column.notNull())
      .addColumn('mode', columns.text(20), (column) => column.notNull())
      .addColumn('mapping', columns.json, (column) => column.notNull())
      .addColumn('currency', columns.text(3), (column) => column.notNull())
      .addColumn('demo', columns.flag, (column) => column.notNull())
      .addColumn('sha256', columns.text(64), (column) => column.notNull())
      .addColumn('size_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('upload_id', columns.id, (column) => column.notNull())
      .addColumn('job_id', columns.id)
      .addColumn('created_by', columns.text(255), (column) => column.notNull())
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .addColumn('finished_at', columns.time)
      // The checkpoint: written in the same transaction as the rows it counts.
      .addColumn('last_line', columns.integer, (column) => column.notNull())
      .addColumn('rows_read', columns.integer, (column) => column.notNull())
      .addColumn('rows_stored', columns.integer, (column) => column.notNull())
      .addColumn('rows_rejected', columns.integer, (column) => column.notNull())
      .addColumn('rows_adjustment', columns.integer, (column) => column.notNull())
      .addColumn('rejects_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('progress', columns.real, (column) => column.notNull())
      .addColumn('error', columns.json)
      .execute();
    await db.schema
      .createIndex('sales_imports_sha256')
      .on('sales_imports')
      .column('sha256')
      .execute();

    const lines = db.schema
      .createTable('sales_lines')
      .addColumn('import_number', columns.integer, (column) => column.notNull())
      .addColumn('line', columns.integer, (column) => column.notNull())
      .addColumn('order_code', columns.text(100), (column) => column.notNull())
      .addColumn('ordered_at', columns.time, (column) => column.notNull())
      .addColumn('product_code', columns.text(200), (column) => column.notNull())
      .addColumn('customer_code', columns.text(200))
      .addColumn('country', columns.text(100), (column) => column.notNull())
      .addColumn('quantity', columns.real, (column) => column.notNull())
      .addColumn('unit_price', columns.money, (column) => column.notNull())
      .addColumn('amount', columns.money, (column) => column.notNull())
      .addColumn('kind', columns.flag, (column) => column.notNull())
      .addPrimaryKeyConstraint('sales_lines_key', ['import_number', 'line']);
    // Rows lie in the order of their key: an import is written, read and undone as one range. InnoDB does so by itself.
    const clustered = dialectOf(db).engine.name === 'sqlite';
    await (clustered ? lines.modifyEnd(sql`without rowid`) : lines).execute();

    await db.schema
      .createTable('sales_import_errors')
      .addColumn('import_number', columns.integer, (column) => column.notNull())
      .addColumn('position', columns.integer, (column) => column.notNull())
      .addColumn('line', columns.integer, (column) => column.notNull())
      .addColumn('column_name', columns.longText)
      .addColumn('code', columns.text(40), (column) => column.notNull())
      .addColumn('value', columns.longText)
      .addPrimaryKeyConstraint('sales_import_errors_key', ['import_number', 'position'])
      .execute();

    await db.schema
      .createTable('sales_products')
      .addColumn('code', columns.text(200), (column) => column.primaryKey())
      .addColumn('name', columns.text(400), (column) => column.notNull())
      .execute();
  },
};
