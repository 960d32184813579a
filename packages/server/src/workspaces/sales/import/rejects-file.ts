import { type FileHandle, open } from 'node:fs/promises';
import type { RejectedRow } from '../../../core/csv/read-rows.ts';
import { createRejectedRowsWriter } from '../../../core/csv/rejected-rows.ts';

/** The downloadable file of rejected rows, made when the first row is rejected. */
export interface RejectsFile {
  /** Length after the last `append`. */
  readonly bytes: number;
  append(rejected: readonly RejectedRow[]): Promise<void>;
  close(): Promise<void>;
}

/** @param bytes length at the checkpoint; what a crashed run wrote behind it is cut off */
export async function openRejectsFile(
  path: string,
  columnNames: readonly string[],
  locale: 'en' | 'ja',
  bytes: number,
): Promise<RejectsFile> {
  const writer = createRejectedRowsWriter(columnNames, locale);
  let file: FileHandle | undefined;
  let length = bytes;
  if (bytes > 0) {
    file = await open(path, 'r+');
    await file.truncate(bytes);
    // The header is there already.
    writer.write([]);
  }
  return {
    get bytes() {
      return length;
    },
    async append(rejected) {
      if (rejected.length === 0) return;
      file ??= await open(path, 'w');
      const chunk = writer.write(rejected);
      await file.write(chunk, 0, chunk.length, length);
      length += chunk.length;
    },
    async close() {
      await file?.close();
    },
  };
}
