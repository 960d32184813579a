import { basename } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { AppError } from '../errors.ts';
import { seriesSourceErrors } from './errors.ts';
import type { Source, SourceCell } from './source.ts';

const SAMPLE_ROWS = 200;

/**
 * A Parquet file, read by an engine of its own that can reach this one file and nothing else: no other files, no network,
 * no extensions.
 * @throws SERIES_PARQUET_UNREADABLE, SERIES_FILE_EMPTY
 */
export async function openParquet(path: string, name: string = basename(path)): Promise<Source> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '256MiB',
    threads: '1',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const close = async (): Promise<void> => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await confine(connection, path);
    const table = `read_parquet(${literal(path)})`;
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
    const fields = described
      .getRowObjects()
      .map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
    const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${table}`);
    const total = Number(counted.getRows()[0]![0]);
    if (total === 0) throw seriesSourceErrors.SERIES_FILE_EMPTY({ name });
    const texts = fields.map((field) => `CAST(${quoted(field.name)} AS VARCHAR)`).join(', ');
    const sample = await connection.runAndReadAll(
      `SELECT ${texts} FROM ${table} LIMIT ${SAMPLE_ROWS}`,
    );
    const first = sample.getRows();
    return {
      name,
      columns: fields.map((field) => field.name),
      samples: fields.map((_, i) => first.map((row) => String(row[i] ?? ''))),
      text: null,
      async *read(wanted) {
        const select = wanted.map((index) => readable(fields[index]!)).join(', ');
        const result = await connection.stream(`SELECT ${select} FROM ${table}`);
        let line = 0;
        for (;;) {
          const chunk = await result.fetchChunk();
          if (chunk === null || chunk.rowCount === 0) return;
          const rows = chunk.getRows() as unknown as SourceCell[][];
          const lines = rows.map(() => ++line);
          yield { rows, lines, rejected: [], fraction: line / total };
        }
      },
      close,
    };
  } catch (error) {
    await close();
    if (error instanceof AppError) throw error;
    throw seriesSourceErrors.SERIES_PARQUET_UNREADABLE(
      { name, reason: error instanceof Error ? error.message.split('\n')[0]! : String(error) },
      { cause: error },
    );
  }
}

/** Leaves a connection's engine nothing but these paths, for good. */
export async function confine(connection: DuckDBConnection, ...paths: string[]): Promise<void> {
  await connection.run(`SET allowed_paths = [${paths.map(literal).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Numbers as doubles, everything else (dates, lists) as the text that the parsers of CSV cells read. */
function readable({ name, type }: { name: string; type: string }): string {
  const isNumber = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/.test(type);
  return `CAST(${quoted(name)} AS ${isNumber ? 'DOUBLE' : 'VARCHAR'})`;
}
