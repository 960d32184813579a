import { recogniseBinary } from '../../../core/csv/binary.ts';
import { createByteDecoder } from '../../../core/csv/decode.ts';
import type { AppError } from '../../../core/errors.ts';
import { type DownloadInput, type Hashes, MAX_INPUTS } from '../contract.ts';
import { readAria2 } from './manifest-aria2.ts';
import { findHeader, readTable } from './manifest-csv.ts';
import { manifestErrors } from './manifest-errors.ts';
import { readJsonArray, readJsonLines } from './manifest-json.ts';

/** One line of a manifest: what it asks for, or why it cannot be read. */
export type ManifestEntry =
  | {
      /** Physical line on which it begins, from 1. */
      readonly line: number;
      readonly input: DownloadInput;
      readonly fileName?: string;
      readonly hashes?: Hashes;
    }
  | { readonly line: number; readonly error: AppError };

/** Entries read before the event loop gets its turn. */
const AT_ONCE = 200;

/**
 * Reads a list of what to download: addresses one a line; an input file of aria2 (`out=` and `checksum=` below an address; of
 * several mirrors the first counts); CSV or TSV with a header (`url`, `sha256`, `name`, …); a JSON array or JSON Lines. UTF-8,
 * UTF-16 and Shift_JIS are told apart. A line that cannot be read is an entry with its error; the others are as good as without it.
 *
 * @throws DOWNLOADS_MANIFEST_NOT_TEXT, DOWNLOADS_MANIFEST_TOO_LONG (more than 10,000 entries)
 */
export async function readManifest(bytes: Uint8Array): Promise<ManifestEntry[]> {
  const kind = recogniseBinary(bytes.subarray(0, 4096));
  if (kind !== null) throw manifestErrors.DOWNLOADS_MANIFEST_NOT_TEXT({ kind });
  const decoder = createByteDecoder('auto');
  const text = decoder.write(bytes) + decoder.end();
  const entries: ManifestEntry[] = [];
  for (const entry of entriesOf(text)) {
    if (entries.length === MAX_INPUTS)
      throw manifestErrors.DOWNLOADS_MANIFEST_TOO_LONG({ max: MAX_INPUTS });
    entries.push(entry);
    if (entries.length % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return entries;
}

function entriesOf(text: string): Iterable<ManifestEntry> {
  const first = /^\ufeff?\s*([[{])/.exec(text)?.[1];
  if (first === '[') return readJsonArray(text);
  if (first === '{') return readJsonLines(text);
  const header = findHeader(text);
  return header === null ? readAria2(text) : readTable(text, header);
}
