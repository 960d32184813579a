import type { FileScan } from '../scan-contract.ts';
import { type ScanOptions, scanFile } from './scan-file.ts';

/** In a compute thread. */
export function run(task: { path: string; options?: ScanOptions }): Promise<FileScan> {
  return scanFile(task.path, task.options);
}
