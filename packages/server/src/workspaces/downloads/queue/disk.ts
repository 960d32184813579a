import { mkdir, statfs } from 'node:fs/promises';

/** Free bytes of the file system that a folder is or will be on, for who is not root; null when it cannot be told. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // The folder cannot be made or looked at: the first write says why in words.
    return null;
  }
}
