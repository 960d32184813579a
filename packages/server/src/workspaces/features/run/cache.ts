import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Database } from '../../../core/db/database.ts';
import { upsert } from '../../../core/db/write.ts';
import { type Prune, removeRows } from '../../../core/prune/prune.ts';
import { featuresQuery } from '../store/tables.ts';
import type { ColumnBlock, SetResult } from './compute-series.ts';
import type { PlannedSet } from './planned-set.ts';

/** What takes less is computed again: reading it back would take as long. */
const WORTH_KEEPING_MS = 10;
/** Results larger than this are computed again. */
const MOST_BYTES = 16 << 20;

/** Results of earlier runs, by everything they depend on. Lies in the database, so machines share it. */
export interface ResultCache {
  /** Results by key, of those that are there and not too old. */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, SetResult>>;
  keep(key: string, result: SetResult, tookMs: number): Promise<void>;
}

/** @param options.keptMs 0 keeps nothing; `fresh` finds nothing */
export function createResultCache(
  db: Database,
  options: { now: number; keptMs: number; fresh: boolean },
): ResultCache {
  return {
    async find(keys) {
      const found = new Map<string, SetResult>();
      if (options.fresh || options.keptMs === 0 || keys.length === 0) return found;
      const rows = await featuresQuery(db)
        .selectFrom('features_cache')
        .select(['id', 'body'])
        .where('id', 'in', keys)
        .where('expires_at', '>', options.now)
        .execute();
      for (const { id, body } of rows) found.set(id, unpack(body));
      return found;
    },
    async keep(key, result, tookMs) {
      if (options.keptMs === 0 || tookMs < WORTH_KEEPING_MS) return;
      const body = pack(result);
      if (body.length > MOST_BYTES) return;
      await upsert(db.query as never, {
        table: 'features_cache',
        rows: [{ id: key, body, expires_at: options.now + options.keptMs }],
        key: ['id'],
        update: ['body', 'expires_at'],
      });
    },
  };
}

/**
 * @param content hash of the series, and of whatever else the set looks at
 * @param isGpu   computed with 32 bits: not to be taken for what 64 bits give
 */
export function cacheKey(content: string, planned: PlannedSet, isGpu: boolean): string {
  const { set, version, form, parameters, window, only, lookahead } = planned;
  const known = [content, set, version, form, Object.entries(parameters).sort(), window, only];
  return createHash('sha256')
    .update(JSON.stringify([...known, lookahead, ...(isGpu ? ['gpu'] : [])]))
    .digest('hex');
}

/** `j` and the JSON of a whole series; `c` and names and columns, compressed. */
function pack(result: SetResult): string {
  if (typeof result === 'string') return `j${result}`;
  const names = Buffer.from(JSON.stringify(result.names));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(names.length);
  const columns = result.values.map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  return `c${zstdCompressSync(Buffer.concat([head, names, ...columns])).toString('base64')}`;
}

function unpack(body: string): SetResult {
  if (body.startsWith('j')) return body.slice(1);
  const bytes = zstdDecompressSync(Buffer.from(body.slice(1), 'base64'));
  const start = 4 + bytes.readUInt32LE(0);
  const names = JSON.parse(bytes.toString('utf8', 4, start)) as string[];
  // Copied: the columns need not begin at a multiple of eight.
  const all = new Float64Array(new Uint8Array(bytes.subarray(start)).buffer);
  const n = names.length === 0 ? 0 : all.length / names.length;
  const values = names.map((_, i) => all.subarray(i * n, (i + 1) * n));
  return { names, values } satisfies ColumnBlock;
}

/** Results that nobody has asked for in time. */
export function cachePrune(db: Database): Prune {
  return {
    name: 'features.cache',
    remove: (now, limit) =>
      removeRows(
        db,
        { table: 'features_cache', key: 'id', where: sql<boolean>`expires_at <= ${now}` },
        limit,
      ),
  };
}
