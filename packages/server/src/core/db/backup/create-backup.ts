import { rename, rm } from 'node:fs/promises';
import { inBackupThread } from './backup-thread.ts';
import type { BackupSummary } from './format.ts';

interface CreateBackupOptions {
  /** Address of the database; the backup reads it over its own connection. */
  readonly url: string;
  /** Where the file goes; replaced only by a complete backup. */
  readonly file: string;
  /** Version of the product. */
  readonly version: string;
  readonly signal?: AbortSignal;
  onProgress?(rows: number): void;
}

/**
 * Backs up the database while people work: one consistent state, read and compressed in a worker thread, then read
 * again from the file and compared with its hashes. Format: format.ts.
 * @throws BACKUP_UNWRITABLE, or what opening the database throws.
 */
export async function createBackup(options: CreateBackupOptions): Promise<BackupSummary> {
  const { url, file, version } = options;
  const part = `${file}.part`;
  await rm(part, { force: true });
  try {
    const summary = await inBackupThread({ kind: 'create', url, file: part, version }, options);
    await rename(part, file);
    return summary;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * Reads a whole backup and compares it with its counts and hashes.
 * @throws BACKUP_UNREADABLE, BACKUP_DAMAGED
 */
export async function verifyBackup(file: string, signal?: AbortSignal): Promise<BackupSummary> {
  return inBackupThread({ kind: 'verify', file }, signal ? { signal } : {});
}
