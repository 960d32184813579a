import { open } from 'node:fs/promises';
import type { FileScan } from '../scan-contract.ts';
import { scanContent } from './content.ts';
import { createFindings, type Findings } from './findings.ts';
import { createBudget, DEFAULT_LIMITS, type ScanLimits } from './limits.ts';
import { fileSource } from './source.ts';

export interface ScanOptions {
  /** Name to judge by, where the file does not have its own yet. */
  readonly name?: string;
  readonly limits?: Partial<ScanLimits>;
}

/**
 * Scans one file. Reads what it needs from it and holds at most the unpacked beginning of a member in memory.
 *
 * @throws what opening the file throws: ENOENT, EACCES, EISDIR …
 */
export async function scanFile(path: string, options: ScanOptions = {}): Promise<FileScan> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const budget = createBudget(limits, size);
    const part = {
      source: fileSource(file.fd, size),
      name: options.name ?? path,
      depth: 0,
      role: 'file',
    } as const;
    return toFileScan(path, scanContent(part, budget));
  } finally {
    await file.close();
  }
}

export function toFileScan(path: string, findings: Findings): FileScan {
  return {
    path,
    verdict: findings.verdict,
    reasons: [...findings.codes].sort(),
    imports: [...findings.imports],
  };
}

/** What is said of a file that cannot be opened or read. */
export function unreadable(path: string): FileScan {
  const findings = createFindings();
  findings.add('file.unreadable');
  return toFileScan(path, findings);
}
