import { createReadStream, type ReadStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Audit } from '../../../core/audit/audit.ts';
import type { Clock } from '../../../core/clock.ts';
import { toJson } from '../../../core/db/columns.ts';
import type { Database } from '../../../core/db/database.ts';
import { findFile, isNameTaken, linksOf } from '../store/files.ts';
import { downloadsQuery, type FileRow } from '../store/tables.ts';
import { libraryErrors } from './errors.ts';
import {
  asLibraryError,
  type LibraryFolder,
  linkWithoutReplacing,
  lstatOf,
  moveWithoutReplacing,
  removeFile,
} from './folder.ts';
import { freePath } from './free-name.ts';
import { pathKey } from './path-template.ts';
import type { ScanFile } from './scan-file.ts';
import { metadataPath } from './sidecars.ts';

/** What people do with files of the library. */
export interface Library {
  /** @throws DOWNLOADS_FILE_NOT_FOUND */
  require(id: string): Promise<FileRow>;
  /** Its bytes. @throws DOWNLOADS_FILE_QUARANTINED, DOWNLOADS_FILE_MISSING */
  content(
    id: string,
    range?: { start: number; end: number },
  ): Promise<{ row: FileRow; stream: ReadStream }>;
  preview(id: string): Promise<{ stream: ReadStream; contentType: string }>;
  /** Out of quarantine. @throws DOWNLOADS_FILE_NOT_QUARANTINED */
  release(id: string, by: { actor: string; reason: string }): Promise<FileRow>;
  /** Reads it again: hash and scan. @throws DOWNLOADS_FILE_MISSING, DOWNLOADS_FILE_CHANGED */
  check(id: string, actor: string, signal: AbortSignal): Promise<FileRow>;
  /** The file, its other names, what lies beside it, and its entry. */
  remove(id: string, actor: string): Promise<void>;
}

export interface LibraryDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly folder: LibraryFolder;
  readonly scan: ScanFile;
  /** SHA-256 of a file, off the event loop. */
  readonly hash: (path: string, signal: AbortSignal) => Promise<string>;
  /** Verdicts that go to quarantine. */
  readonly isHarmful: (verdict: FileRow['verdict']) => Promise<boolean>;
  readonly onRelease: (row: FileRow) => void;
}

const IMAGE_TYPES: Readonly<Record<string, string>> = {
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
};

export function createLibrary(deps: LibraryDeps): Library {
  const { db, clock, audit, folder } = deps;
  const query = downloadsQuery(db);

  async function require(id: string): Promise<FileRow> {
    const row = await findFile(query, id);
    if (row === undefined) throw libraryErrors.DOWNLOADS_FILE_NOT_FOUND();
    return row;
  }

  async function change(id: string, set: Partial<FileRow>): Promise<void> {
    await query.updateTable('downloads_files').set(set).where('id', '=', id).execute();
  }

  /** The file of an entry under its name; notes when somebody has taken it away. */
  async function stored(row: FileRow): Promise<string> {
    if (row.state === 'quarantined') throw libraryErrors.DOWNLOADS_FILE_QUARANTINED();
    const found = await folder.find(row.path);
    const key = pathKey(row.path);
    // Its name is free for another while it is missing; then what lies there is that other's.
    const isOther = row.state === 'missing' && (await isNameTaken(query, key));
    if (found === undefined || isOther) {
      if (row.state === 'stored') await change(row.id, { state: 'missing', path_key: null });
      throw libraryErrors.DOWNLOADS_FILE_MISSING();
    }
    if (row.state === 'missing') await change(row.id, { state: 'stored', path_key: key });
    return found.at;
  }

  /** Gives a file the first name that is free: its own, or with a number behind it. */
  async function moveToFreeName(from: string, path: string): Promise<string> {
    for (;;) {
      const next = await freePath(path, async (each) => {
        if (await isNameTaken(query, pathKey(each))) return false;
        const [a, b] = [await lstatOf(from), await lstatOf(await folder.reach(each))];
        // One and the same: by an attempt that was cut off.
        return b === undefined || (a !== undefined && a.ino === b.ino && a.dev === b.dev);
      });
      const to = await folder.reach(next);
      if ((await lstatOf(to)) !== undefined) return next;
      const linked = await linkWithoutReplacing(from, to);
      if (linked === 'done') return next;
      if (linked === 'impossible' && (await moveWithoutReplacing(from, to))) return next;
    }
  }

  return {
    require,
    async content(id, range) {
      const row = await require(id);
      const at = await stored(row);
      return { row, stream: createReadStream(at, range) };
    },
    async preview(id) {
      const row = await require(id);
      const found = row.preview_path === null ? undefined : await folder.find(row.preview_path);
      const contentType = found && IMAGE_TYPES[extname(found.at).toLowerCase()];
      if (found === undefined || contentType === undefined) {
        throw libraryErrors.DOWNLOADS_NO_PREVIEW();
      }
      return { stream: createReadStream(found.at), contentType };
    },
    async release(id, { actor, reason }) {
      const row = await require(id);
      if (row.state !== 'quarantined') throw libraryErrors.DOWNLOADS_FILE_NOT_QUARANTINED();
      const from = folder.quarantinePath(id);
      if ((await lstatOf(from)) === undefined) throw libraryErrors.DOWNLOADS_FILE_MISSING();
      try {
        await chmod(from, 0o644);
        const path = await moveToFreeName(from, row.path);
        await db.transaction(async (trx) => {
          await downloadsQuery(trx)
            .updateTable('downloads_files')
            .set({ state: 'stored', path, path_key: pathKey(path), released_by: actor })
            .where('id', '=', id)
            .execute();
          await audit.write(
            {
              actor,
              action: 'downloads.file.released',
              target: row.path,
              details: { reason, sha256: row.sha256, verdict: row.verdict },
            },
            trx as never,
          );
        });
        await removeFile(from);
      } catch (error) {
        throw asLibraryError(error, folder.root);
      }
      const released = await require(id);
      deps.onRelease(released);
      return released;
    },
    async check(id, actor, signal) {
      const row = await require(id);
      const at = row.state === 'quarantined' ? folder.quarantinePath(id) : await stored(row);
      const sha256 = await deps.hash(at, signal);
      if (sha256 !== row.sha256) throw libraryErrors.DOWNLOADS_FILE_CHANGED();
      const scan = await deps.scan({ path: at, name: row.path }, signal);
      await change(id, {
        verdict: scan.verdict,
        reasons: toJson(scan.reasons),
        imports: toJson(scan.imports),
        scanned_at: clock.now(),
      });
      await audit.write({
        actor,
        action: 'downloads.file.checked',
        target: row.path,
        details: { verdict: scan.verdict },
      });
      // What is known by now to be dangerous goes, unless a person has let it out in knowledge of it.
      const harmful = row.released_by === null && (await deps.isHarmful(scan.verdict));
      if (row.state !== 'quarantined' && harmful) await quarantine(row, at);
      return require(id);
    },
    async remove(id, actor) {
      const row = await require(id);
      const links = (await linksOf(query, [id])).get(id) ?? [];
      // The name of a missing file may be another's by now.
      const own = row.state === 'stored' ? [row.path] : [];
      const beside = row.preview_path === null ? [] : [row.preview_path];
      try {
        for (const path of [...own, ...links.map((link) => link.path)]) {
          const metadata = metadataPath(path);
          for (const each of [path, metadata]) {
            const found = await folder.find(each);
            // A file of the library may have the name of another's metadata.
            const isOther = each === metadata && (await isNameTaken(query, pathKey(metadata)));
            if (found !== undefined && !isOther) await removeFile(found.at);
          }
        }
        for (const path of beside) {
          const found = await folder.find(path);
          if (found !== undefined) await removeFile(found.at);
        }
        await removeFile(folder.quarantinePath(id));
      } catch (error) {
        throw asLibraryError(error, folder.root);
      }
      await db.transaction(async (trx) => {
        const on = downloadsQuery(trx);
        await on.deleteFrom('downloads_links').where('file_id', '=', id).execute();
        await on.deleteFrom('downloads_files').where('id', '=', id).execute();
        await audit.write(
          {
            actor,
            action: 'downloads.file.removed',
            target: row.path,
            details: { sha256: row.sha256, state: row.state },
          },
          trx as never,
        );
      });
    },
  };

  /** All its names go; the content stays under none. */
  async function quarantine(row: FileRow, at: string): Promise<void> {
    const to = folder.quarantinePath(row.id);
    await folder.prepare();
    await chmod(at, 0o400);
    await moveWithoutReplacing(at, to);
    const links = (await linksOf(query, [row.id])).get(row.id) ?? [];
    for (const { path } of links) {
      const found = await folder.find(path);
      if (found !== undefined) await removeFile(found.at);
    }
    await query.deleteFrom('downloads_links').where('file_id', '=', row.id).execute();
    await change(row.id, { state: 'quarantined', path_key: null });
    await audit.write({
      actor: 'system',
      action: 'downloads.file.quarantined',
      target: row.path,
      details: { sha256: row.sha256, verdict: row.verdict },
    });
  }
}
