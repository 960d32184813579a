import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AppError } from '../../../core/errors.ts';
import { transferErrors } from './errors.ts';

/** What a transfer needs of a file; a `FileHandle` has it. */
export interface DiskFile {
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  read(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>;
  truncate(length: number): Promise<void>;
  stat(): Promise<{ size: number }>;
  close(): Promise<void>;
}

export type OpenDiskFile = (path: string) => Promise<DiskFile>;

/** Opens or makes a file, and its folder, for reading and writing. */
export const openDiskFile: OpenDiskFile = async (path) => {
  try {
    return await openOrCreate(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    return openOrCreate(path);
  }
};

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return open(path, 'wx+');
  }
}

/** All of it, or the error of the disk. */
export async function writeWhole(
  file: DiskFile,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at);
    // A full disk may take a part first and say so at the next try.
    if (bytesWritten === 0) throw Object.assign(new Error('nothing written'), { code: 'ENOSPC' });
    at += bytesWritten;
  }
}

/** As many as there are. */
export async function readUpTo(file: DiskFile, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, start + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}

/** What the disk said, as something a person can act on. */
export function diskError(cause: unknown): AppError {
  const code = String((cause as NodeJS.ErrnoException).code ?? (cause as Error).message);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return transferErrors.DOWNLOADS_DISK_FULL({}, { cause });
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(code))
    return transferErrors.DOWNLOADS_FOLDER_NOT_WRITABLE({ reason: code }, { cause });
  return transferErrors.DOWNLOADS_DISK_FAILED({ reason: code }, { cause });
}
