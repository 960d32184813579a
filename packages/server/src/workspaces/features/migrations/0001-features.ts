import { type CreateTableBuilder, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { columns } from '../../../core/db/columns.ts';
import { dialectOf } from '../../../core/db/dialects/dialect.ts';

const loto = columns.text(64);
const uniqueId = columns.text(160);

export const features: Migration = {
  async up(db) {
    // Rows lie in the order of their key: a series is written and read as one range. InnoDB does so by itself.
    const isSqlite = dialectOf(db).engine.name === 'sqlite';
    const create = (table: CreateTableBuilder<string, string>): Promise<void> =>
      (isSqlite ? table.modifyEnd(sql`without rowid`) : table).execute();

    await db.schema
      .createTable('features_imports')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      // What the points carry.
      .addColumn('number', columns.integer, (column) => column.notNull().unique())
      .addColumn('name', columns.text(255), (column) => column.notNull())
      .addColumn('source', columns.text(20), (column) => column.notNull())
      .addColumn('state', columns.text(20), (column) => column.notNull())
      .addColumn('layout', columns.json, (column) => column.notNull())
      // `false`, `true`, `good-rows`: what happens after the check.
      .addColumn('store', columns.text(20), (column) => column.notNull())
      .addColumn('size_bytes', columns.bigInt, (column) => column.notNull())
      .addColumn('report', columns.json)
      .addColumn('progress', columns.real, (column) => column.notNull())
      .addColumn('error', columns.json)
      .addColumn('created_by', columns.text(255), (column) => column.notNull())
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .addColumn('finished_at', columns.time)
      .execute();

    await create(
      db.schema
        .createTable('features_series')
        .addColumn('loto', loto, (column) => column.notNull())
        .addColumn('unique_id', uniqueId, (column) => column.notNull())
        .addColumn('import_number', columns.integer, (column) => column.notNull())
        .addColumn('position', columns.integer, (column) => column.notNull())
        .addColumn('time_kind', columns.text(10), (column) => column.notNull())
        .addColumn('n', columns.integer, (column) => column.notNull())
        .addColumn('first_ds', columns.bigInt, (column) => column.notNull())
        .addColumn('last_ds', columns.bigInt, (column) => column.notNull())
        // Of times, values and exogenous values: what the cache knows a series by.
        .addColumn('hash', columns.text(64), (column) => column.notNull())
        .addColumn('exogenous', columns.json, (column) => column.notNull())
        .addColumn('facts', columns.json, (column) => column.notNull())
        .addColumn('imported_at', columns.time, (column) => column.notNull())
        .addPrimaryKeyConstraint('features_series_key', ['loto', 'unique_id']),
    );
    await create(
      db.schema
        .createTable('features_points')
        .addColumn('import_number', columns.integer, (column) => column.notNull())
        .addColumn('position', columns.integer, (column) => column.notNull())
        .addColumn('ds', columns.bigInt, (column) => column.notNull())
        .addColumn('y', columns.real)
        // Exogenous values as a JSON list; null where there are none.
        .addColumn('x', columns.json)
        .addPrimaryKeyConstraint('features_points_key', ['import_number', 'position', 'ds']),
    );

    // Rows of kilobytes: their keys lie apart from them.
    for (const table of ['features_hist', 'features_futr']) {
      await db.schema
        .createTable(table)
        .addColumn('loto', loto, (column) => column.notNull())
        .addColumn('unique_id', uniqueId, (column) => column.notNull())
        .addColumn('ds', columns.bigInt, (column) => column.notNull())
        .addColumn('feature_values', columns.json, (column) => column.notNull())
        .addPrimaryKeyConstraint(`${table}_key`, ['loto', 'unique_id', 'ds'])
        .execute();
    }
    await db.schema
      .createTable('features_stat')
      .addColumn('loto', loto, (column) => column.notNull())
      .addColumn('unique_id', uniqueId, (column) => column.notNull())
      .addColumn('feature_values', columns.json, (column) => column.notNull())
      .addPrimaryKeyConstraint('features_stat_key', ['loto', 'unique_id'])
      .execute();

    await db.schema
      .createTable('features_runs')
      .addColumn('id', columns.id, (column) => column.primaryKey())
      .addColumn('name', columns.text(200), (column) => column.notNull())
      .addColumn('state', columns.text(20), (column) => column.notNull())
      // Counts up with each resumption: work begun under an earlier number stops.
      .addColumn('epoch', columns.integer, (column) => column.notNull())
      .addColumn('options', columns.json, (column) => column.notNull())
      .addColumn('error', columns.json)
      .addColumn('created_by', columns.text(255), (column) => column.notNull())
      .addColumn('created_at', columns.time, (column) => column.notNull())
      .addColumn('started_at', columns.time)
      .addColumn('finished_at', columns.time)
      .addColumn('series_total', columns.integer, (column) => column.notNull())
      .addColumn('points_total', columns.bigInt, (column) => column.notNull())
      // Running time up to the last pause; `resumed_at` is the beginning of the rest.
      .addColumn('ran_ms', columns.bigInt, (column) => column.notNull())
      .addColumn('resumed_at', columns.time)
      .execute();
    await create(
      db.schema
        .createTable('features_run_series')
        .addColumn('run_id', columns.id, (column) => column.notNull())
        .addColumn('position', columns.integer, (column) => column.notNull())
        .addColumn('chunk', columns.integer, (column) => column.notNull())
        .addColumn('loto', loto, (column) => column.notNull())
        .addColumn('unique_id', uniqueId, (column) => column.notNull())
        .addColumn('points', columns.integer, (column) => column.notNull())
        .addColumn('state', columns.text(10), (column) => column.notNull())
        // Rows of features_hist that are written: where a run that was cut off goes on.
        .addColumn('hist_rows', columns.integer, (column) => column.notNull())
        .addColumn('rows_written', columns.integer, (column) => column.notNull())
        .addColumn('messages', columns.json)
        .addColumn('finished_at', columns.time)
        .addPrimaryKeyConstraint('features_run_series_key', ['run_id', 'position']),
    );

    // What each set has cost and met so far.
    await db.schema
      .createTable('features_run_sets')
      .addColumn('run_id', columns.id, (column) => column.notNull())
      .addColumn('set_name', columns.text(60), (column) => column.notNull())
      .addColumn('computed_ms', columns.bigInt, (column) => column.notNull())
      .addColumn('cache_hits', columns.integer, (column) => column.notNull())
      .addColumn('failures', columns.integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('features_run_sets_key', ['run_id', 'set_name'])
      .execute();

    await db.schema
      .createTable('features_cache')
      .addColumn('id', columns.text(64), (column) => column.primaryKey())
      .addColumn('body', columns.longText, (column) => column.notNull())
      .addColumn('expires_at', columns.time, (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('features_cache_expiry')
      .on('features_cache')
      .column('expires_at')
      .execute();
  },
};
