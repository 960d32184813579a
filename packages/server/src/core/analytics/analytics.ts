/**
 * The column cache of the facts (DuckDB), kept in one worker thread. The database is the truth; this file
 * may be deleted at any time and is rebuilt.
 */
export interface Analytics {
  /** Rows as plain objects: integers beyond 2^53 and decimals arrive as numbers. Cached by statement, values and version. */
  query<R extends object>(sql: string, values?: readonly AnalyticsValue[]): Promise<readonly R[]>;
  /** Brings the cache up to date with the database. Concurrent calls share one run. */
  sync(): Promise<void>;
  /** Grows with every change of the facts; usable as an ETag. */
  version(): number;
  stop(): Promise<void>;
}

export type AnalyticsValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly string[]
  | readonly number[];
