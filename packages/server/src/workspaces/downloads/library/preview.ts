import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fromJson } from '../../../core/db/columns.ts';
import type { SourceSet } from '../queue/source-set.ts';
import type { ItemRow } from '../store/tables.ts';
import { removeFile } from './folder.ts';
import { previewPartOf, type Sidecars } from './sidecars.ts';

const TIMEOUT_MS = 10_000;
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpeg',
  'image/png': '.png',
  'image/webp': '.webp',
  'image/gif': '.gif',
  'image/avif': '.avif',
};

/** Fetches the picture of an item's model beside its part file. A file is not worth less without one, so nothing is thrown. */
export async function fetchPreview(
  item: ItemRow,
  part: string,
  sources: SourceSet,
  signal: AbortSignal,
): Promise<Sidecars['preview']> {
  const url = item.model === null ? null : fromJson(item.model).previewUrl;
  const source = sources.get(item.source);
  if (url === null || source.preview === undefined) return null;
  const at = previewPartOf(part);
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const picture = await source.preview(url, limited);
    const type = picture.contentType.split(';', 1)[0]!.trim().toLowerCase();
    const extension = EXTENSIONS[type];
    if (extension === undefined) {
      picture.body.destroy();
      return null;
    }
    await pipeline(picture.body, createWriteStream(at), { signal: limited });
    return { at, extension };
  } catch {
    await removeFile(at);
    return null;
  }
}
