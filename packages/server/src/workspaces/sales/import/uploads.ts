import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import { createId } from '../../../core/ids.ts';
import type { Prune } from '../../../core/prune/prune.ts';
import { receiveUpload } from '../../../core/upload/receive-upload.ts';
import { salesErrors } from '../errors.ts';
import { salesQuery, type UploadRow } from '../store/tables.ts';
import { deleteUpload, findUpload, insertUpload, staleUploads } from '../store/uploads.ts';

const NAME_CHARS = 255;

/** Files waiting to be imported, in one folder of this machine, named by their id. */
export interface Uploads {
  /**
   * Writes a stream to the folder.
   * @throws as `receiveUpload`
   */
  receive(source: Readable, file: { name: string; createdBy: string }): Promise<UploadRow>;
  /** @throws SALES_UPLOAD_NOT_FOUND */
  find(id: string): Promise<UploadRow>;
  path(id: string): string;
  remove(id: string): Promise<void>;
  /** Files that nobody imported. */
  readonly prune: Prune;
}

export function createUploads(deps: {
  folder: string;
  limitMb: number;
  /** How long a file that nobody imported is kept. */
  keptMs: number;
  db: Database;
  clock: Clock;
}): Uploads {
  const { folder, limitMb, clock } = deps;
  const query = salesQuery(deps.db);
  const path = (id: string): string => join(folder, `${id}.upload`);

  /** Files of uploads that were cut off by the end of the process. */
  async function removeStrays(time: number): Promise<number> {
    let removed = 0;
    for (const file of await readdir(folder).catch(() => [])) {
      const stray = join(folder, file);
      const { mtimeMs } = await stat(stray);
      if (mtimeMs >= time || (await findUpload(query, file.split('.')[0]!))) continue;
      await rm(stray, { force: true });
      removed++;
    }
    return removed;
  }

  const uploads: Uploads = {
    path,
    async receive(source, { name, createdBy }) {
      const id = createId(clock.now());
      const { sizeBytes, sha256 } = await receiveUpload(source, { path: path(id), name, limitMb });
      const row: UploadRow = {
        id,
        name: name.slice(0, NAME_CHARS),
        size_bytes: sizeBytes,
        sha256,
        created_by: createdBy,
        created_at: clock.now(),
      };
      await insertUpload(query, row);
      return row;
    },
    async find(id) {
      const row = await findUpload(query, id);
      if (row === undefined) throw salesErrors.SALES_UPLOAD_NOT_FOUND();
      return row;
    },
    async remove(id) {
      await rm(path(id), { force: true });
      await deleteUpload(query, id);
    },
    prune: {
      name: 'sales.uploads',
      async remove(now, limit) {
        const ids = await staleUploads(query, now - deps.keptMs, limit);
        for (const id of ids) await uploads.remove(id);
        return ids.length + (await removeStrays(now - deps.keptMs));
      },
    },
  };
  return uploads;
}
