/** What one scan may cost. Whatever goes beyond is reported, never passed over. */
export interface ScanLimits {
  /** Unpacked bytes of a member that are enough to tell what it is. */
  readonly memberBytes: number;
  /** Unpacked bytes of a member that has to be read to its end: a pickle, an archive in an archive. */
  readonly wholeMemberBytes: number;
  /** Unpacked bytes of one file together. */
  readonly totalBytes: number;
  /** Unpacked to packed, once `memberBytes` are exceeded. */
  readonly ratio: number;
  /** Archives in archives. */
  readonly depth: number;
  readonly members: number;
  /** Opcodes, entries of headers, fields: anything counted while reading one file. */
  readonly steps: number;
  /** Processor time of this thread, in milliseconds. */
  readonly cpuMs: number;
}

export const DEFAULT_LIMITS: ScanLimits = {
  memberBytes: 16 * 1024 * 1024,
  wholeMemberBytes: 256 * 1024 * 1024,
  totalBytes: 1024 * 1024 * 1024,
  ratio: 200,
  depth: 4,
  members: 10_000,
  steps: 200_000_000,
  cpuMs: 300_000,
};

/** Only the beginning of the content is at hand, and what is asked for lies behind it. */
export class OutOfReach extends Error {}

/** The scan has cost what it may cost. */
export class LimitReached extends Error {}

/** It has unpacked to more than a file of its length may. */
export class OutOfProportion extends LimitReached {}

/** Counts the cost of one file's scan. */
export interface Budget {
  readonly limits: ScanLimits;
  /** @throws LimitReached */
  spend(steps: number): void;
  /** Takes unpacked bytes. @throws LimitReached */
  unpack(bytes: number): void;
  /** Takes members. @returns how many of them may still be read */
  members(count: number): number;
}

const STEPS_BETWEEN_LOOKS = 100_000;

/**
 * @param fileBytes size of the file: a small one may not unpack to much, however its archives are nested
 * @param cpuMs processor time of this thread so far
 */
export function createBudget(
  limits: ScanLimits,
  fileBytes: number,
  cpuMs: () => number = threadCpuMs,
): Budget {
  const proportionate = Math.max(3 * limits.memberBytes, limits.ratio * fileBytes);
  const end = cpuMs() + limits.cpuMs;
  let steps = 0;
  let look = STEPS_BETWEEN_LOOKS;
  let unpacked = 0;
  let members = 0;
  return {
    limits,
    spend(count) {
      steps += count;
      if (steps < look) return;
      look = steps + STEPS_BETWEEN_LOOKS;
      if (steps > limits.steps || cpuMs() > end) throw new LimitReached();
    },
    unpack(bytes) {
      unpacked += bytes;
      if (unpacked > limits.totalBytes || cpuMs() > end) throw new LimitReached();
      if (unpacked > proportionate) throw new OutOfProportion();
    },
    members(count) {
      const left = Math.max(0, limits.members - members);
      members += count;
      return Math.min(left, count);
    },
  };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
