import { scanContent } from '../content.ts';
import { createBudget, DEFAULT_LIMITS, type ScanLimits } from '../limits.ts';
import { toFileScan } from '../scan-file.ts';
import { type ByteSource, memorySource } from '../source.ts';

/** Scans bytes as if they were a file of that name. */
export function scanBytes(bytes: Buffer, name: string, limits: Partial<ScanLimits> = {}) {
  const budget = createBudget({ ...DEFAULT_LIMITS, ...limits }, bytes.length);
  const part = { source: shortLived(bytes), name, depth: 0, role: 'file' } as const;
  return toFileScan(name, scanContent(part, budget));
}

/** Spoils what it gave out before each time it is asked again, as the window of a file does. */
function shortLived(bytes: Buffer): ByteSource {
  const source = memorySource(bytes);
  let given = Buffer.alloc(0);
  return {
    ...source,
    read(position, length) {
      given.fill(0xaa);
      given = Buffer.from(source.read(position, length));
      return given;
    },
  };
}
