import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from './core/config/config.ts';
import { coreErrors } from './core/core-errors.ts';

/** The database address: as set, else SQLite in the data folder. */
export function databaseUrlOf(config: Config): string {
  return config.databaseUrl ?? `sqlite:${join(resolve(config.data), 'kizashi.db')}`;
}

/** Makes the data folder. @throws DATA_FOLDER_UNWRITABLE */
export function ensureDataFolder(config: Config): string {
  const path = resolve(config.data);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw coreErrors.DATA_FOLDER_UNWRITABLE({ path, reason }, { cause });
  }
  return path;
}
