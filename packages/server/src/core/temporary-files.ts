import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Open files for reading and writing that nobody else sees. */
export interface TemporaryFiles {
  readonly files: readonly number[];
  close(): void;
}

/** Files without a name, which are gone with the process, however it ends. @param parent folder that has room for them */
export function openTemporaryFiles(parent: string, count: number): TemporaryFiles {
  const folder = mkdtempSync(join(parent, 'kizashi-temporary-'));
  const files = Array.from({ length: count }, (_, i) => openSync(join(folder, `${i}`), 'w+'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // Windows lets no open file be removed.
  if (process.platform !== 'win32') remove();
  return {
    files,
    close() {
      for (const file of files) closeSync(file);
      remove();
    },
  };
}

/** Fills `bytes` from a place in the file. */
export function readBytesAt(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('a temporary file was cut short');
    done += read;
  }
}
