import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { AppError } from '../../errors.ts';
import { codeOf, messageOf } from '../dialects/failure.ts';
import { databaseErrors } from '../errors.ts';
import type { BackupHeader, BackupSummary, BackupTable, TableDigest } from './format.ts';

/** What a reader does with a backup while its counts and hashes are checked. */
export interface BackupReader {
  header?(header: BackupHeader): Promise<void>;
  /** Lines of rows, without line feeds. */
  rows?(table: BackupTable, lines: readonly string[]): Promise<void>;
}

type Control =
  | BackupHeader
  | { table: string }
  | { end: string; rows: number; sha256: string }
  | { complete: true; rows: number };

/**
 * Reads a backup from its first to its last byte with flat memory.
 * @throws BACKUP_UNREADABLE when there is no such file, BACKUP_DAMAGED when anything in it is not as it was written.
 */
export async function readBackup(file: string, reader: BackupReader = {}): Promise<BackupSummary> {
  try {
    return await readLines(file, reader);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'EIO'].includes(codeOf(error)))
      throw databaseErrors.BACKUP_UNREADABLE({ file, reason: messageOf(error) }, { cause: error });
    if (error instanceof Damage || error instanceof SyntaxError || isCompressionError(error))
      throw databaseErrors.BACKUP_DAMAGED({ file, reason: messageOf(error) }, { cause: error });
    throw error;
  }
}

class Damage extends Error {}

function isCompressionError(error: unknown): boolean {
  return /^(ZSTD_|Z_|ERR_ZLIB|ERR_ENCODING)/.test(codeOf(error));
}

async function readLines(file: string, reader: BackupReader): Promise<BackupSummary> {
  let header: BackupHeader | undefined;
  let table: BackupTable | undefined;
  let hash = createHash('sha256');
  let rows = 0;
  let complete = false;
  const digests: TableDigest[] = [];

  const control = async (value: Control): Promise<void> => {
    if (complete) throw new Damage('there is something after its end');
    if ('kizashiBackup' in value) {
      header = value;
      await reader.header?.(value);
    } else if ('table' in value) {
      const name = header?.tables[digests.length]?.name;
      if (table || value.table !== name) throw new Damage(`${value.table} is not expected here`);
      table = header?.tables[digests.length];
      hash = createHash('sha256');
      rows = 0;
    } else if ('end' in value) {
      const sha256 = hash.digest('hex');
      if (table?.name !== value.end || rows !== value.rows || sha256 !== value.sha256)
        throw new Damage(`the content of ${value.end} is not what was written`);
      digests.push({ name: value.end, rows, sha256 });
      table = undefined;
    } else {
      const total = digests.reduce((sum, digest) => sum + digest.rows, 0);
      if (digests.length !== header?.tables.length || total !== value.rows)
        throw new Damage('tables are missing');
      complete = true;
    }
  };

  for await (const lines of lineBatches(file)) {
    for (let i = 0; i < lines.length; ) {
      let end = i;
      while (end < lines.length && lines[end]!.startsWith('[')) end++;
      if (end > i) {
        if (!table) throw new Damage('rows outside a table');
        const some = lines.slice(i, end);
        rows += some.length;
        hash.update(`${some.join('\n')}\n`);
        await reader.rows?.(table, some);
      } else {
        const value = JSON.parse(lines[end++]!) as Control;
        if (!header && !(typeof value === 'object' && 'kizashiBackup' in value))
          throw new Damage('it is not a Kizashi backup');
        await control(value);
      }
      i = end;
    }
  }
  if (!header || !complete) throw new Damage('its end is missing');
  return { ...header, tables: digests, rows: digests.reduce((sum, one) => sum + one.rows, 0) };
}

async function* lineBatches(file: string): AsyncGenerator<readonly string[]> {
  const decompress = createZstdDecompress();
  // The error of either stream ends the loop below.
  pipeline(createReadStream(file), decompress, () => {});
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  for await (const chunk of decompress) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') throw new Damage('its last line is cut off');
}
