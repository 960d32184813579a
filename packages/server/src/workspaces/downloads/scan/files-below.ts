import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scanErrors } from './errors.ts';

/**
 * The files of paths: a file is itself, a folder all files below it in the order of their names. Links to files are followed, as the
 * cache of the Hugging Face hub consists of them; links to folders are not, because they may lead in a circle.
 *
 * @throws DOWNLOADS_SCAN_PATH for a path that is neither; before anything is given out
 */
export async function filesBelow(paths: readonly string[]): Promise<AsyncIterable<string>> {
  const roots: { path: string; isFolder: boolean }[] = [];
  for (const path of paths) {
    const isFolder = await kindOf(path);
    roots.push({ path, isFolder });
  }
  return walkAll(roots);
}

async function kindOf(path: string): Promise<boolean> {
  let reason = 'neither file nor folder';
  try {
    const found = await stat(path);
    if (found.isDirectory()) return true;
    if (found.isFile()) return false;
  } catch (error) {
    reason = (error as NodeJS.ErrnoException).code ?? String(error);
  }
  throw scanErrors.DOWNLOADS_SCAN_PATH({ path, reason });
}

async function* walkAll(
  roots: readonly { path: string; isFolder: boolean }[],
): AsyncIterable<string> {
  for (const { path, isFolder } of roots) {
    if (isFolder) yield* walk(path);
    else yield path;
  }
}

async function* walk(folder: string): AsyncIterable<string> {
  const entries: { name: string; isFolder: boolean; isFile: boolean }[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name);
      const isLink = entry.isSymbolicLink();
      const isFile = entry.isFile() || (isLink && (await isReadableFile(path)));
      entries.push({ name: entry.name, isFolder: entry.isDirectory(), isFile });
    }
  } catch {
    // Given out as it is: what cannot be opened is reported as unreadable, and not left out.
    yield folder;
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, isFolder, isFile } of entries) {
    if (isFolder) yield* walk(join(folder, name));
    else if (isFile) yield join(folder, name);
  }
}

async function isReadableFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
