import type { Hashes } from '../contract.ts';
import type { StreamHash } from './hash/digests.ts';
import type { TransferRequest } from './transfer.ts';

/** Nobody makes two files with the same of these. The others are short or known to be shared. */
const STRONG = ['sha256', 'blake3', 'gitSha1'] as const;
/** SHA-256 and AutoV2 come by themselves, CRC-32 with the pieces. */
const STREAM: readonly StreamHash[] = ['blake3', 'gitSha1', 'autoV1', 'autoV3'];

/**
 * What is computed while the file comes. A promise beside a SHA-256 is not checked as long as that agrees: it could say nothing
 * more, and BLAKE3 and AutoV3 cost as much again.
 */
export function streamHashes(
  expected: Hashes,
  alsoHash: readonly (keyof Hashes)[],
): readonly StreamHash[] {
  return STREAM.filter(
    (name) =>
      alsoHash.includes(name) || (expected[name] !== undefined && expected.sha256 === undefined),
  );
}

/** Promises that were not looked at yet. */
export function toCheckLate(expected: Hashes, computed: Hashes): readonly StreamHash[] {
  return STREAM.filter((name) => expected[name] !== undefined && computed[name] === undefined);
}

export interface Agreement {
  readonly agreed: readonly (keyof Hashes)[];
  readonly disagreed: readonly (keyof Hashes)[];
  /**
   * Whether the file is what was promised: by a strong hash, or by size and CRC-32 together (recorded SHA-256 of old models are
   * sometimes wrong while all others are right).
   */
  readonly accepted: boolean;
}

export function agreement(computed: Hashes, expected: TransferRequest['expected']): Agreement {
  const names = Object.keys(expected.hashes) as (keyof Hashes)[];
  const checked = names.filter(
    (name) => expected.hashes[name] !== undefined && computed[name] !== undefined,
  );
  const agreed = checked.filter(
    (name) => expected.hashes[name]!.toLowerCase() === computed[name]!.toLowerCase(),
  );
  const disagreed = checked.filter((name) => !agreed.includes(name));
  const strong = STRONG.filter((name) => checked.includes(name));
  const sure =
    strong.some((name) => agreed.includes(name)) ||
    (agreed.includes('crc32') && expected.sizeBytes !== undefined);
  return {
    agreed,
    disagreed,
    accepted:
      sure || (strong.length === 0 && (disagreed.length === 0 || agreed.includes('autoV2'))),
  };
}
