import type { Hashes } from '../../contract.ts';
import type { PieceRecord } from '../journal.ts';
import type { StreamHash } from './digests.ts';

/** To the hashing thread. `round` grows with every piece found to be bad: what was said before does not count any more. */
export type HashCommand =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly path: string;
      readonly sizeBytes: number;
      readonly wanted: readonly StreamHash[];
    }
  /** These pieces follow the ones before without a gap and lie on the disk. */
  | {
      readonly kind: 'advance';
      readonly id: number;
      readonly round: number;
      readonly records: readonly PieceRecord[];
    }
  | { readonly kind: 'close'; readonly id: number };

export type HashReport =
  | { readonly kind: 'bad'; readonly id: number; readonly round: number; readonly at: number }
  | { readonly kind: 'done'; readonly id: number; readonly hashes: Hashes }
  | { readonly kind: 'failed'; readonly id: number; readonly code: string };
