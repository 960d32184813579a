import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Config } from './core/config/config.ts';
import { coreErrors } from './core/core-errors.ts';
import { databaseUrlOf } from './data-folder.ts';

/** Whether database and queue live in the data folder, so that one process has to be the whole product. */
export function isEmbedded(config: Config): boolean {
  return databaseUrlOf(config).startsWith('sqlite:') && config.redisUrl === undefined;
}

/**
 * Holds a data folder for this process. Commands work beside it; a second server would answer with figures and live
 * messages of its own, and a restore would change the database under it.
 *
 * The lock is SQLite's on an empty file: the operating system takes it back however the process ends, so that after
 * `kill -9` nobody has to remove a file, and it works wherever the database does.
 *
 * @returns the function that gives the folder back
 * @throws DATA_FOLDER_IN_USE, DATA_FOLDER_UNWRITABLE
 */
export function holdDataFolder(folder: string, now: number): () => void {
  const holder = join(folder, 'serving.json');
  let file: BetterSqlite3.Database | undefined;
  try {
    file = new BetterSqlite3(join(folder, 'serving.lock'), { timeout: 0 });
    file.exec('begin immediate');
  } catch (cause) {
    file?.close();
    const { code } = cause as { code?: string };
    if (code === 'SQLITE_BUSY')
      throw coreErrors.DATA_FOLDER_IN_USE({ path: folder, ...readHolder(holder) }, { cause });
    throw coreErrors.DATA_FOLDER_UNWRITABLE(
      { path: folder, reason: code ?? String(cause) },
      { cause },
    );
  }
  const held = file;
  try {
    const since = new Date(now).toISOString();
    writeFileSync(holder, JSON.stringify({ pid: process.pid, host: hostname(), since }));
  } catch {
    // A full disk: the folder is held all the same, and who is refused is told no name.
  }
  return () => held.close();
}

function readHolder(path: string): { pid: string; host: string; since: string } {
  const unknown = { pid: '?', host: '?', since: '?' };
  try {
    return { ...unknown, ...(JSON.parse(readFileSync(path, 'utf8')) as object) };
  } catch {
    return unknown;
  }
}
