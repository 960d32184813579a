import type { FileScan } from '../scan-contract.ts';
import { createAntivirus, withAntivirus } from './antivirus/antivirus.ts';
import { filesBelow } from './files-below.ts';
import { scanFile, unreadable } from './scan-file.ts';

/** Files that the virus scanner is given at once: clamscan takes seconds to start. */
const BATCH = 200;

export interface ScanPathsOptions {
  /** As the setting KIZASHI_DOWNLOADS_CLAMAV. */
  readonly clamav: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onScan: (scan: FileScan) => void;
}

/**
 * Scans files and folders one after the other; what cannot be read is among the results.
 *
 * @throws DOWNLOADS_SCAN_PATH for a path that is not there, before anything is scanned
 */
export async function scanPaths(
  paths: readonly string[],
  { clamav, env, onScan }: ScanPathsOptions,
): Promise<void> {
  const antivirus = createAntivirus(clamav, env);
  let batch: FileScan[] = [];
  const flush = async (): Promise<void> => {
    const checked = await antivirus.check(batch.map(({ path }) => path));
    for (const scan of batch) onScan(withAntivirus(scan, checked.get(scan.path)!));
    batch = [];
  };
  for await (const path of await filesBelow(paths)) {
    batch.push(await scanOne(path));
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
}

async function scanOne(path: string): Promise<FileScan> {
  try {
    return await scanFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return unreadable(path);
  }
}
