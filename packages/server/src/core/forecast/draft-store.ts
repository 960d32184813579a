import { writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { deserialize, serialize } from 'node:v8';
import { openTemporaryFiles, readBytesAt, type TemporaryFiles } from '../temporary-files.ts';

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
  let disk: TemporaryFiles | undefined;
  let written = 0;

  return {
    add(value) {
      const bytes = serialize(value);
      used += bytes.length;
      if (used <= memoryBytes) {
        kept.push(bytes);
        return;
      }
      disk ??= openTemporaryFiles(folder, 1);
      kept.push({ from: written, size: bytes.length });
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(disk.files[0]!, bytes, at, bytes.length - at, written + at);
      }
      written += bytes.length;
    },
    get(number) {
      const place = kept[number]!;
      if (Buffer.isBuffer(place)) return deserialize(place) as T;
      const bytes = Buffer.alloc(place.size);
      readBytesAt(disk!.files[0]!, bytes, place.from);
      return deserialize(bytes) as T;
    },
    close() {
      kept.length = 0;
      disk?.close();
    },
  };
}
