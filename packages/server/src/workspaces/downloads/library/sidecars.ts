import { rename, writeFile } from 'node:fs/promises';
import { fromJson } from '../../../core/db/columns.ts';
import { isNameTaken } from '../store/files.ts';
import type { DownloadsQuery, ItemRow } from '../store/tables.ts';
import { type LibraryFolder, lstatOf } from './folder.ts';
import { pathKey } from './path-template.ts';
import type { Placing } from './place.ts';

/** What is known of a file, beside it. */
export const metadataPath = (path: string) => `${path}.metadata.json`;
/** `extension` with its dot. */
const previewPath = (path: string, extension: string) => `${path}.preview${extension}`;

/** Where the picture of an unfinished file is kept until that has its name. */
export const previewPartOf = (part: string) => `${part}.preview`;

/** What goes beside a file. */
export interface Sidecars {
  readonly metadata: boolean;
  /** A picture that has been fetched already. */
  readonly preview: { readonly at: string; readonly extension: string } | null;
}

/**
 * Puts metadata and preview beside a file that has its name. They replace those of an attempt that was cut off, and never a file
 * of the library that happens to have their name.
 * @returns path of the preview below the library, or null
 */
export async function writeSidecars(given: {
  folder: LibraryFolder;
  query: DownloadsQuery;
  item: ItemRow;
  placing: Placing;
  sidecars: Sidecars;
}): Promise<string | null> {
  const { folder, query, item, placing, sidecars } = given;
  const part = folder.partPath(item.id);

  async function put(from: string, path: string): Promise<boolean> {
    if (await isNameTaken(query, pathKey(path))) return false;
    const to = await folder.reach(path);
    const there = await lstatOf(to);
    if (there !== undefined && !there.isFile()) return false;
    // Put there by an attempt that was cut off.
    if ((await lstatOf(from)) === undefined) return there !== undefined;
    await rename(from, to);
    return true;
  }

  if (sidecars.metadata) {
    const from = `${part}.metadata`;
    await writeFile(from, `${JSON.stringify(metadataOf(item, placing), null, 2)}\n`);
    await put(from, metadataPath(placing.path));
  }
  if (sidecars.preview === null) return null;
  const path = previewPath(placing.path, sidecars.preview.extension);
  return (await put(sidecars.preview.at, path)) ? path : null;
}

function metadataOf(item: ItemRow, placing: Placing) {
  return {
    file: placing.path.slice(placing.path.lastIndexOf('/') + 1),
    source: item.source,
    // A plain address may hold a secret.
    ref: item.ref_sealed ? null : item.ref,
    sizeBytes: placing.sizeBytes,
    hashes: { ...placing.hashes, autoV2: placing.hashes.sha256.slice(0, 10) },
    verified: placing.verified,
    scan: { verdict: placing.scan.verdict, reasons: placing.scan.reasons },
    model: item.model === null ? null : fromJson(item.model),
  };
}
