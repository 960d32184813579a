import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  UBIGINT,
  VARCHAR,
} from '@duckdb/node-api';
import type { AnalyticsValue } from './analytics.ts';
import { plainRows, toDuckDbValues } from './values.ts';

const TYPES = {
  integer: INTEGER,
  bigint: BIGINT,
  ubigint: UBIGINT,
  double: DOUBLE,
  text: VARCHAR,
} as const satisfies Record<string, DuckDBType>;

export type CacheColumn = keyof typeof TYPES;

/** Rows DuckDB takes at once. */
const CHUNK_ROWS = 2048;

/** The write side of the column cache, for a FactSource. All calls belong to one transaction. */
export interface CacheWriter {
  run(sql: string, values?: readonly AnalyticsValue[]): Promise<void>;
  rows<R extends object>(sql: string, values?: readonly AnalyticsValue[]): Promise<R[]>;
  /** Appends rows to a table; `columns` are its columns in order. */
  appender(table: string, columns: readonly CacheColumn[]): Promise<RowAppender>;
}

export interface RowAppender {
  /** One row, one value per column. `ubigint` and `bigint` columns take bigints, the others numbers or texts. */
  append(row: readonly (number | bigint | string | null)[]): void;
  close(): void;
}

/** @param signal once aborted, every call throws its reason: how a sync ends early when the engine closes. */
export function createCacheWriter(connection: DuckDBConnection, signal?: AbortSignal): CacheWriter {
  return {
    async run(sql, values = []) {
      signal?.throwIfAborted();
      await connection.run(sql, ...toDuckDbValues(values));
    },
    async rows<R extends object>(sql: string, values: readonly AnalyticsValue[] = []) {
      return plainRows<R>(await connection.runAndReadAll(sql, ...toDuckDbValues(values)));
    },
    async appender(table, columns) {
      const appender = await connection.createAppender(table);
      const chunk = DuckDBDataChunk.create(columns.map((column) => TYPES[column]));
      const buffered: DuckDBValue[][] = columns.map(() => new Array(CHUNK_ROWS));
      let count = 0;

      function flush(): void {
        if (count === 0) return;
        signal?.throwIfAborted();
        chunk.reset();
        chunk.rowCount = count;
        for (let c = 0; c < buffered.length; c++) {
          const vector = chunk.getColumnVector(c);
          const values = buffered[c]!;
          for (let i = 0; i < count; i++) vector.setItem(i, values[i]!);
          vector.flush();
        }
        appender.appendDataChunk(chunk);
        count = 0;
      }

      return {
        append(row) {
          for (let c = 0; c < buffered.length; c++) buffered[c]![count] = row[c]!;
          if (++count === CHUNK_ROWS) flush();
        },
        close() {
          flush();
          appender.closeSync();
        },
      };
    },
  };
}
