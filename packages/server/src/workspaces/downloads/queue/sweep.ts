import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LibraryFolder, removeFile } from '../library/folder.ts';
import type { DownloadsQuery } from '../store/tables.ts';
import { LANE } from './states.ts';

const CHUNK = 500;

/** Removes unfinished files that nobody will go on with: of items that were cancelled, completed or forgotten. */
export async function sweepParts(folder: LibraryFolder, query: DownloadsQuery): Promise<void> {
  const parts = dirname(folder.partPath('x'));
  const names = await readdir(parts).catch(() => []);
  const byItem = Map.groupBy(names, (name) => name.slice(0, 26));
  const ids = [...byItem.keys()];
  for (let i = 0; i < ids.length; i += CHUNK) {
    const some = ids.slice(i, i + CHUNK);
    const rows = await query
      .selectFrom('downloads_items')
      .select('id')
      .where('id', 'in', some)
      .where('lane', 'not in', [LANE.completed, LANE.cancelled])
      .execute();
    const kept = new Set(rows.map(({ id }) => id));
    for (const id of some) {
      if (kept.has(id)) continue;
      for (const name of byItem.get(id) ?? []) await removeFile(join(parts, name));
    }
  }
}
