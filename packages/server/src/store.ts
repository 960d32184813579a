import { resolve } from 'node:path';
import { readBuild } from './build.ts';
import { migrations } from './catalogue.ts';
import { systemClock } from './core/clock.ts';
import type { Config } from './core/config/config.ts';
import { createBackup, verifyBackup } from './core/db/backup/create-backup.ts';
import type { BackupSummary } from './core/db/backup/format.ts';
import { restoreBackup } from './core/db/backup/restore-backup.ts';
import { migrate, pendingMigrations } from './core/db/migrate.ts';
import { openDatabase } from './core/db/open-database.ts';
import { createLogger } from './core/log.ts';
import { databaseUrlOf, ensureDataFolder } from './data-folder.ts';
import { holdDataFolder, isEmbedded } from './serving-lock.ts';

/** The database without the product around it: migrations, backup and restore from the command line. */
export interface Store {
  pending(): Promise<readonly string[]>;
  migrate(): Promise<readonly string[]>;
  createBackup(file: string): Promise<BackupSummary>;
  verifyBackup(file: string): Promise<BackupSummary>;
  /** @throws DATA_FOLDER_IN_USE while a server runs on an embedded database */
  restoreBackup(file: string, options: { overwrite: boolean }): Promise<BackupSummary>;
  stop(): Promise<void>;
}

export async function openStore(config: Config): Promise<Store> {
  const dataFolder = ensureDataFolder(config);
  const url = databaseUrlOf(config);
  const log = createLogger({ level: config.logLevel });
  const db = await openDatabase({ url, poolSize: config.databasePool, log });
  return {
    pending: () => pendingMigrations(db, migrations),
    migrate: () => migrate(db, migrations),
    createBackup: (file) =>
      createBackup({ url, file: resolve(file), version: readBuild().version }),
    verifyBackup: (file) => verifyBackup(resolve(file)),
    async restoreBackup(file, options) {
      const letGo = isEmbedded(config) ? holdDataFolder(dataFolder, systemClock.now()) : () => {};
      try {
        return await restoreBackup({ url, file: resolve(file), migrations, ...options });
      } finally {
        letGo();
      }
    },
    stop: () => db.stop(),
  };
}
