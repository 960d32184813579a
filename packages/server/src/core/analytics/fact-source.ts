import type { Logger } from '../log.ts';
import type { CacheWriter } from './cache-writer.ts';

/**
 * What a workspace exports as `facts` from the module it names in `Workspace.facts`: its tables in the
 * column cache, and how they follow the database. Runs in the analytics thread.
 */
export interface FactSource {
  /** Prefix of its tables. */
  readonly name: string;
  /** Raise it when the tables or their meaning change: the cache is then rebuilt. */
  readonly version: number;
  /** Statements that create the tables, empty. */
  readonly tables: readonly string[];
  /** Runs inside one transaction of the cache: readers see the old state until it ends. True when facts changed. */
  sync(context: FactSyncContext): Promise<boolean>;
}

export interface FactSyncContext {
  /** As in the settings; the source opens what it needs and closes it again. */
  readonly databaseUrl: string;
  /** IANA zone in which days are counted. The cache is rebuilt when it changes. */
  readonly timeZone: string;
  readonly cache: CacheWriter;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}
