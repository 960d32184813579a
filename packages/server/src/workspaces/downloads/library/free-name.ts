import { numberedName } from './safe-name.ts';

/** A path with a number behind its name; 1 is the path itself. */
export function numberedPath(path: string, n: number): string {
  if (n === 1) return path;
  const slash = path.lastIndexOf('/') + 1;
  return path.slice(0, slash) + numberedName(path.slice(slash), n);
}

/**
 * The path, or with the first number that is free: doubling until one is, then halving. Ten thousand files of one name are
 * asked for some twenty times each and not ten thousand times. Where numbers are missing in between, any free one may be found.
 */
export async function freePath(
  path: string,
  isFree: (path: string) => Promise<boolean>,
): Promise<string> {
  if (await isFree(path)) return path;
  let taken = 1;
  let free = 2;
  while (!(await isFree(numberedPath(path, free)))) {
    taken = free;
    free *= 2;
  }
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2);
    if (await isFree(numberedPath(path, middle))) free = middle;
    else taken = middle;
  }
  return numberedPath(path, free);
}
