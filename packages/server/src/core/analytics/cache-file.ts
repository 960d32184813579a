import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const MOST_FILES = 64;

export interface CacheFile {
  readonly instance: DuckDBInstance;
  readonly path: string;
}

/**
 * Opens the first cache file of a folder that no other process holds: `analytics-0.duckdb`, `-1`, … (DuckDB lets
 * one process own a file). One that cannot be read is deleted: it is only a cache.
 *
 * Nothing outside the file can be reached from SQL afterwards: no other files, no network, no extensions, and no
 * statement can lift that. Never open the same file twice in one process: closing one would release the other's lock.
 */
export async function openCacheFile(
  folder: string,
  options: { memoryMb: number; threads: number },
): Promise<CacheFile> {
  mkdirSync(folder, { recursive: true });
  const settings = {
    memory_limit: `${options.memoryMb}MiB`,
    threads: String(options.threads),
    // Groups by a dense number up to a million are then cells of an array: four times as fast by customer.
    perfect_ht_threshold: '20',
    temp_directory: join(folder, 'spill'),
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    lock_configuration: 'true',
  };
  for (let number = 0; number < MOST_FILES; number++) {
    const path = join(folder, `analytics-${number}.duckdb`);
    try {
      return { instance: await DuckDBInstance.create(path, settings), path };
    } catch (error) {
      if (isHeldByAnother(error)) continue;
      if (!existsSync(path)) throw error;
      deleteCacheFile(path);
      return { instance: await DuckDBInstance.create(path, settings), path };
    }
  }
  throw new Error(`all ${MOST_FILES} cache files in ${folder} are held by other processes`);
}

export function deleteCacheFile(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}.wal`, { force: true });
}

function isHeldByAnother(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Could not set lock');
}
