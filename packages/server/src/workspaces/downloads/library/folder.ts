import { constants, type Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { transferErrors } from '../transfer/errors.ts';
import { libraryErrors } from './errors.ts';

/** Ours below the library: unfinished and quarantined files. No name from outside begins with a dot, so none is in here. */
const OWN = '.kizashi';

/** File systems without hard links (FAT, some network shares) answer with one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EACCES']);

/** The library on the disk. Everything it writes lies below its root, and never behind a symbolic link. */
export interface LibraryFolder {
  readonly root: string;
  /** The unfinished file of an item; what belongs to it lies beside it under names that begin with this one. */
  partPath(itemId: string): string;
  quarantinePath(fileId: string): string;
  /** Makes the folders of unfinished and quarantined files. @throws DOWNLOADS_LIBRARY_UNWRITABLE, DOWNLOADS_LIBRARY_LINK */
  prepare(): Promise<void>;
  /** Where a path of the library is, its folders made. @throws as `prepare` */
  reach(path: string): Promise<string>;
  /** A regular file under that path of the library, or undefined. Nothing is followed. */
  find(path: string): Promise<{ at: string; stats: Stats } | undefined>;
}

export function createLibraryFolder(root: string): LibraryFolder {
  async function makeFolders(parts: readonly string[]): Promise<string> {
    try {
      await mkdir(root, { recursive: true });
      let at = root;
      for (const part of parts) {
        at = join(at, part);
        let stats = await lstatOf(at);
        if (stats === undefined) {
          await mkdir(at).catch((error: unknown) => {
            if (codeOf(error) !== 'EEXIST') throw error;
          });
          stats = await lstatOf(at);
        }
        // Somebody may have put a link here that leads elsewhere.
        if (!stats?.isDirectory()) {
          throw libraryErrors.DOWNLOADS_LIBRARY_LINK({ path: parts.join('/') });
        }
      }
      return at;
    } catch (error) {
      throw asLibraryError(error, root);
    }
  }

  async function isReachable(parts: readonly string[]): Promise<boolean> {
    let at = root;
    for (const part of parts) {
      at = join(at, part);
      const stats = await lstatOf(at);
      if (!stats?.isDirectory()) return false;
    }
    return true;
  }

  return {
    root,
    partPath: (itemId) => join(root, OWN, 'parts', itemId),
    quarantinePath: (fileId) => join(root, OWN, 'quarantine', fileId),
    async prepare() {
      await makeFolders([OWN, 'parts']);
      await makeFolders([OWN, 'quarantine']);
    },
    async reach(path) {
      const parts = partsOf(path);
      const name = parts.pop()!;
      return join(await makeFolders(parts), name);
    },
    async find(path) {
      const parts = partsOf(path);
      const at = join(root, ...parts);
      if (!(await isReachable(parts.slice(0, -1)))) return undefined;
      const stats = await lstatOf(at);
      return stats?.isFile() ? { at, stats } : undefined;
    },
  };
}

/** What the table holds was made by `pathOf`; a database that somebody changed by hand is stopped here. */
function partsOf(path: string): string[] {
  const parts = path.split('/');
  const isInside = parts.every(
    (part) => part !== '' && !part.startsWith('.') && !/[\\\0]/.test(part),
  );
  if (!isInside) throw libraryErrors.DOWNLOADS_LIBRARY_LINK({ path });
  return parts;
}

/**
 * Gives a file another name on the same file system; false, and nothing done, when there is one of that name. Both names are
 * there for a moment: a crash then loses nothing.
 */
export async function moveWithoutReplacing(from: string, to: string): Promise<boolean> {
  const linked = await linkWithoutReplacing(from, to);
  if (linked === 'exists') return false;
  if (linked === 'done') {
    await unlink(from);
    return true;
  }
  // No hard links here. One process drives, and one file at a time is placed, so nobody comes in between.
  if ((await lstatOf(to)) !== undefined) return false;
  await rename(from, to);
  return true;
}

export async function linkWithoutReplacing(
  from: string,
  to: string,
): Promise<'done' | 'exists' | 'impossible'> {
  try {
    await link(from, to);
    return 'done';
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return 'exists';
    if (code !== undefined && NO_LINKS.has(code)) return 'impossible';
    throw error;
  }
}

/** A copy that shares its blocks where the file system can. */
export async function copyTo(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
}

/** Has what was written to a file reach the disk: its final name must not outlive its content when the power fails. */
export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

export async function lstatOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

export function asLibraryError(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return transferErrors.DOWNLOADS_DISK_FULL({}, { cause: error });
  }
  if (code !== undefined && /^E(ACCES|PERM|ROFS|NOTDIR|IO|NAMETOOLONG|LOOP|XDEV)$/.test(code)) {
    return libraryErrors.DOWNLOADS_LIBRARY_UNWRITABLE({ folder, reason: code }, { cause: error });
  }
  return error;
}

export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
