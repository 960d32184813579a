import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { Database } from '../database.ts';
import type { AnyQuery } from '../dialects/dialect.ts';
import { codeOf, messageOf } from '../dialects/failure.ts';
import { databaseErrors } from '../errors.ts';
import { recordedMigrations } from '../migrate.ts';
import type { BackupHeader } from './format.ts';
import { onSnapshot, ownTables, tableLines } from './tables.ts';

/** Writes the whole database to a new file. @throws BACKUP_UNWRITABLE */
export async function writeBackup(
  db: Database,
  file: string,
  options: { version: string; onProgress: (rows: number) => void },
): Promise<void> {
  const migrations = await recordedMigrations(db);
  try {
    await onSnapshot(db.query as AnyQuery, async (trx) => {
      await pipeline(
        Readable.from(backupLines(trx, db.engine.name, migrations, options)),
        createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
        // Holds people's data: only this user may read it. On the disk before it counts as a backup.
        createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
      );
    });
  } catch (error) {
    if (!FILE_FAILURES.includes(codeOf(error))) throw error;
    throw databaseErrors.BACKUP_UNWRITABLE({ file, reason: messageOf(error) }, { cause: error });
  }
}

const FILE_FAILURES = [
  'ENOSPC',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'EISDIR',
  'EDQUOT',
  'EEXIST',
  'EIO',
];

async function* backupLines(
  trx: AnyQuery,
  engine: string,
  migrations: readonly string[],
  { version, onProgress }: { version: string; onProgress: (rows: number) => void },
): AsyncGenerator<string> {
  const tables = await ownTables(trx, migrations);
  yield line({
    kizashiBackup: 1,
    version,
    createdAt: Date.now(),
    engine,
    migrations,
    tables: tables.map(({ name, columns }) => ({ name, columns })),
  } satisfies BackupHeader);
  let written = 0;
  for (const table of tables) {
    yield line({ table: table.name });
    const lines = tableLines(trx, table);
    let step = await lines.next();
    for (; !step.done; step = await lines.next()) {
      yield step.value.text;
      written += step.value.rows;
      onProgress(written);
    }
    const { name, rows, sha256 } = step.value;
    yield line({ end: name, rows, sha256 });
  }
  yield line({ complete: true, rows: written });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
