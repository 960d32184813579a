import { scanContent } from '../content.ts';
import { createBudget, DEFAULT_LIMITS, type ScanLimits } from '../limits.ts';
import { toFileScan } from '../scan-file.ts';
import { memorySource } from '../source.ts';

/** Scans bytes as if they were a file of that name. */
export function scanBytes(bytes: Buffer, name: string, limits: Partial<ScanLimits> = {}) {
  const budget = createBudget({ ...DEFAULT_LIMITS, ...limits }, bytes.length);
  const part = { source: memorySource(bytes), name, depth: 0, role: 'file' } as const;
  return toFileScan(name, scanContent(part, budget));
}
