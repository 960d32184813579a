import type { FileScan } from '../scan-contract.ts';
import { filesBelow } from './files-below.ts';
import { scanFile, unreadable } from './scan-file.ts';

/**
 * Scans files and folders one after the other; what cannot be read is among the results.
 *
 * @throws DOWNLOADS_SCAN_PATH for a path that is not there, before anything is scanned
 */
export async function scanPaths(
  paths: readonly string[],
  onScan: (scan: FileScan) => void,
): Promise<void> {
  for await (const path of await filesBelow(paths)) {
    try {
      onScan(await scanFile(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      onScan(unreadable(path));
    }
  }
}
