import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Logger } from '../log.ts';
import type { AnalyticsValue } from './analytics.ts';
import { deleteCacheFile, openCacheFile } from './cache-file.ts';
import { createCacheWriter } from './cache-writer.ts';
import type { FactSource } from './fact-source.ts';
import type { EngineOptions } from './messages.ts';
import { plainRows, toDuckDbValues } from './values.ts';

/** Raise it when the tables of the engine itself change. */
const ENGINE_VERSION = 1;

/** Statements answered at once. Each occupies a thread of libuv's pool (four by default, shared with file access). */
const READERS = 2;

export interface Engine {
  version(): number;
  query(sql: string, values: readonly AnalyticsValue[]): Promise<object[]>;
  /** Returns the version after it. */
  sync(timeZone: string): Promise<number>;
  /** Interrupts what runs, waits for it to end, then closes the file. */
  close(): Promise<void>;
}

/** The cache file with its readers and its writer. Lives in the analytics thread; one `sync` at a time. */
export async function openEngine(
  options: EngineOptions,
  sources: readonly FactSource[],
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<Engine> {
  const layout = JSON.stringify([
    ENGINE_VERSION,
    ...sources.map(({ name, version }) => [name, version]),
  ]);
  let file = await openCacheFile(options.folder, options);
  let state = await readState(file.instance);
  if (state !== undefined && state.layout !== layout) {
    log.info({ path: file.path }, 'analytics.cache.outdated');
    file.instance.closeSync();
    deleteCacheFile(file.path);
    file = await openCacheFile(options.folder, options);
    state = undefined;
  }
  const { instance } = file;
  const writer = await instance.connect();
  if (state === undefined) {
    await createTables(writer, layout, sources);
    state = { layout, version: 0, time_zone: '' };
  }
  const readers: DuckDBConnection[] = [];
  for (let i = 0; i < READERS; i++) readers.push(await instance.connect());
  const free = [...readers];
  const waiting: ((reader: DuckDBConnection) => void)[] = [];
  let version = state.version;
  let timeZone = state.time_zone;
  let filled = untilFilled();
  const closing = new AbortController();
  const inFlight = new Set<Promise<unknown>>();
  if (version > 0) filled.resolve();

  async function sync(zone: string): Promise<number> {
    const started = performance.now();
    const cache = createCacheWriter(writer, closing.signal);
    const rebuild = timeZone !== '' && zone !== timeZone;
    await cache.run('BEGIN');
    try {
      if (rebuild) await recreateTables(writer, sources);
      let changed = rebuild || version === 0;
      for (const source of sources) {
        const { databaseUrl } = options;
        if (await source.sync({ databaseUrl, timeZone: zone, cache, log })) changed = true;
      }
      if (!changed) {
        await cache.run('ROLLBACK');
        return version;
      }
      // The clock keeps versions growing over rebuilds, so that an old ETag never names new figures.
      const next = Math.max(version + 1, Date.now());
      await cache.run('UPDATE kizashi_cache SET version = $1, time_zone = $2', [next, zone]);
      await cache.run('COMMIT');
      version = next;
      timeZone = zone;
    } catch (error) {
      await writer.run('ROLLBACK');
      if (version === 0) {
        // Nothing to answer from, and no telling when: those who wait are told so.
        filled.reject(error);
        filled = untilFilled();
      }
      throw error;
    }
    filled.resolve();
    log.info({ ms: Math.round(performance.now() - started), version }, 'analytics.sync.done');
    return version;
  }

  async function query(sql: string, values: readonly AnalyticsValue[]): Promise<object[]> {
    await filled.promise;
    const reader =
      free.pop() ?? (await new Promise<DuckDBConnection>((resolve) => waiting.push(resolve)));
    try {
      closing.signal.throwIfAborted();
      return plainRows(await reader.runAndReadAll(sql, ...toDuckDbValues(values)));
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(reader);
      else next(reader);
    }
  }

  function track<R>(work: Promise<R>): Promise<R> {
    const end = () => {
      inFlight.delete(settled);
    };
    const settled = work.then(end, end);
    inFlight.add(settled);
    return work;
  }

  return {
    version: () => version,
    query: (sql, values) => track(query(sql, values)),
    sync: (zone) => track(sync(zone)),
    async close() {
      closing.abort(new Error('the analytics engine is closing'));
      filled.reject(closing.signal.reason);
      for (const connection of [...readers, writer]) connection.interrupt();
      // A statement that ends after its connection was closed, or its thread ended, aborts the whole process.
      await Promise.all(inFlight);
      for (const connection of [...readers, writer]) connection.closeSync();
      instance.closeSync();
    },
  };
}

function untilFilled(): PromiseWithResolvers<void> {
  const filled = Promise.withResolvers<void>();
  filled.promise.catch(() => {});
  return filled;
}

interface CacheState {
  readonly layout: string;
  readonly version: number;
  readonly time_zone: string;
}

/** Undefined for a file without the engine's table: new, or never finished. */
async function readState(instance: DuckDBInstance): Promise<CacheState | undefined> {
  const connection = await instance.connect();
  try {
    const known = await connection.runAndReadAll(
      "SELECT 1 FROM duckdb_tables() WHERE table_name = 'kizashi_cache'",
    );
    if (known.currentRowCount === 0) return undefined;
    return plainRows<CacheState>(await connection.runAndReadAll('FROM kizashi_cache'))[0];
  } finally {
    connection.closeSync();
  }
}

async function createTables(
  connection: DuckDBConnection,
  layout: string,
  sources: readonly FactSource[],
): Promise<void> {
  const cache = createCacheWriter(connection);
  await cache.run('BEGIN');
  await cache.run('CREATE TABLE kizashi_cache (layout VARCHAR, version BIGINT, time_zone VARCHAR)');
  await cache.run("INSERT INTO kizashi_cache VALUES ($1, 0, '')", [layout]);
  for (const source of sources) for (const table of source.tables) await cache.run(table);
  await cache.run('COMMIT');
}

async function recreateTables(
  connection: DuckDBConnection,
  sources: readonly FactSource[],
): Promise<void> {
  const cache = createCacheWriter(connection);
  for (const { name, tables } of sources) {
    const existing = await cache.rows<{ table_name: string }>(
      'SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, $1)',
      [`${name}_`],
    );
    for (const { table_name } of existing) await cache.run(`DROP TABLE "${table_name}"`);
    for (const table of tables) await cache.run(table);
  }
}
