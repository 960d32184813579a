import { rm } from 'node:fs/promises';
import { type DuckDBAppender, DuckDBInstance } from '@duckdb/node-api';
import type { TimeKind } from '../../../core/series-source/contract.ts';
import { confine, literal, quoted } from '../../../core/series-source/parquet-source.ts';
import type { ExportedRows } from './export-task.ts';
import type { CellOut } from './table-columns.ts';

const TIME_TYPES: Readonly<Record<TimeKind, string>> = {
  date: 'DATE',
  datetime: 'TIMESTAMP WITH TIME ZONE',
  index: 'BIGINT',
};

/**
 * Writes rows as Parquet (zstd), by an engine of its own that can write this one file and nothing else: the engine of the
 * figures has no access to files at all, and keeps it so. Rows are gathered in a temporary database beside the file.
 */
export async function writeParquet(rows: ExportedRows, path: string): Promise<void> {
  const gathered = `${path}.duckdb`;
  const instance = await DuckDBInstance.create(gathered, {
    memory_limit: '256MiB',
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  try {
    await confine(connection, path, gathered, `${gathered}.wal`);
    const types = [
      ...rows.keys.map((name) => `${quoted(name)} VARCHAR`),
      ...rows.columns.map(({ name, isText }) => `${quoted(name)} ${isText ? 'VARCHAR' : 'DOUBLE'}`),
    ];
    await connection.run(`CREATE TABLE t (${types.join(', ')})`);
    const isText = [...rows.keys.map(() => true), ...rows.columns.map((column) => column.isText)];
    const appender = await connection.createAppender('t');
    for await (const page of rows.pages()) {
      for (const row of page) {
        for (let i = 0; i < row.length; i++) append(appender, row[i]!, isText[i]!);
        appender.endRow();
      }
      appender.flushSync();
    }
    appender.closeSync();
    const timed = rows.keys.includes('ds') && rows.timeKind !== null;
    const select = timed
      ? `SELECT * REPLACE (CAST(ds AS ${TIME_TYPES[rows.timeKind!]}) AS ds) FROM t`
      : 'SELECT * FROM t';
    await connection.run(
      `COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(gathered, { force: true });
    await rm(`${gathered}.wal`, { force: true });
  }
}

function append(appender: DuckDBAppender, value: CellOut, isText: boolean): void {
  if (value === null) appender.appendNull();
  else if (isText) appender.appendVarchar(String(value));
  else appender.appendDouble(Number(value));
}
