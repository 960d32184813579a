import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../../core/clock.ts';
import type { Database } from '../../../core/db/database.ts';
import { createId } from '../../../core/ids.ts';
import type { Prune } from '../../../core/prune/prune.ts';
import { salesErrors } from '../errors.ts';
import { salesQuery, type UploadRow } from '../store/tables.ts';
import { deleteUpload, findUpload, insertUpload, staleUploads } from '../store/uploads.ts';

const NAME_CHARS = 255;

/** Files waiting to be imported, in one folder of this machine, named by their id. */
export interface Uploads {
  /**
   * Writes a stream to the folder. A file that breaks off leaves nothing behind.
   *
   * @throws SALES_UPLOAD_TOO_LARGE, SALES_UPLOAD_EMPTY, SALES_UPLOAD_INTERRUPTED, SALES_DISK_FULL
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
      await mkdir(folder, { recursive: true });
      const id = createId(clock.now());
      const partial = `${path(id)}.part`;
      const sha256 = createHash('sha256');
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          sha256.update(chunk);
          if (size > limitMb * 2 ** 20) done(salesErrors.SALES_UPLOAD_TOO_LARGE({ limitMb }));
          else done(null, chunk);
        },
      });
      try {
        await pipeline(source, measure, createWriteStream(partial, { flags: 'wx' }));
        if (size === 0) throw salesErrors.SALES_UPLOAD_EMPTY({ name });
        await rename(partial, path(id));
      } catch (error) {
        await rm(partial, { force: true });
        throw explain(error);
      }
      const row: UploadRow = {
        id,
        name: name.slice(0, NAME_CHARS),
        size_bytes: size,
        sha256: sha256.digest('hex'),
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

function explain(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return salesErrors.SALES_DISK_FULL({}, { cause: error });
  }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'ABORT_ERR') {
    return salesErrors.SALES_UPLOAD_INTERRUPTED({}, { cause: error });
  }
  return error;
}
