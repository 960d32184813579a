/**
 * The column cache of the facts (DuckDB), kept in one worker thread. The database is the truth; the cache
 * may be deleted at any time and is rebuilt.
 */
export interface Analytics {
  /** The first question opens it and brings it up to date; until then it costs nothing, and nobody need `sync`. */
  readonly onDemand: boolean;
  /**
   * Rows as plain objects: whole numbers of any width arrive as numbers. Cached by statement, values and
   * version. A cache that was never filled answers after its first `sync`.
   *
   * @throws ANALYTICS_UNAVAILABLE when the engine died or was stopped
   */
  query<R extends object>(sql: string, values?: readonly AnalyticsValue[]): Promise<readonly R[]>;
  /** Brings the cache up to date with the database as it is now. Calls that wait share one run. */
  sync(): Promise<void>;
  /** Grows with every change of the facts, also over restarts and rebuilds; usable as an ETag. */
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
