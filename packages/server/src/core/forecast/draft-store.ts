import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Bytes kept in memory before values go to disk: some thousand drafts. */
const MEMORY_BYTES = 1 << 28;

/** Values in, the same values out by number, any number of times, with bounded memory. */
export interface DraftStore<T> {
  /** Plain data. Numbered from 0. */
  add(value: T): void;
  get(number: number): T;
  close(): void;
}

/** What does not fit into memory lies in a temporary file without a name, which is gone with the process. */
export function createDraftStore<T>(
  options: { readonly memoryBytes?: number; readonly folder?: string } = {},
): DraftStore<T> {
  const { memoryBytes = MEMORY_BYTES, folder = tmpdir() } = options;
  const kept: (Buffer | { readonly from: number; readonly size: number })[] = [];
  let used = 0;
  let disk: { readonly file: number; size: number; readonly close: () => void } | undefined;

  return {
    add(value) {
      const bytes = serialize(value);
      used += bytes.length;
      if (used <= memoryBytes) {
        kept.push(bytes);
        return;
      }
      disk ??= temporaryFile(folder);
      kept.push({ from: disk.size, size: bytes.length });
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(disk.file, bytes, at, bytes.length - at, disk.size + at);
      }
      disk.size += bytes.length;
    },
    get(number) {
      const place = kept[number]!;
      if (Buffer.isBuffer(place)) return deserialize(place) as T;
      const bytes = Buffer.alloc(place.size);
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(disk!.file, bytes, at, bytes.length - at, place.from + at);
        if (read === 0) throw new Error('a temporary file was cut short');
        at += read;
      }
      return deserialize(bytes) as T;
    },
    close() {
      kept.length = 0;
      disk?.close();
    },
  };
}

function temporaryFile(parent: string) {
  const folder = mkdtempSync(join(parent, 'kizashi-drafts-'));
  const file = openSync(join(folder, 'drafts'), 'w+');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Windows lets no open file be removed.
  if (process.platform !== 'win32') remove();
  return {
    file,
    size: 0,
    close() {
      closeSync(file);
      remove();
    },
  };
}
