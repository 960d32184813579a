import type { OptimiserMode } from '../contract.ts';

/** By how long a file takes: a small one is mostly waiting for its first byte. */
export type SizeGroup = 'small' | 'medium' | 'large';
const SMALL_BYTES = 1024 * 1024;
const LARGE_BYTES = 32 * 1024 * 1024;

export function sizeGroup(sizeBytes: number | null): SizeGroup {
  if (sizeBytes === null) return 'medium';
  if (sizeBytes <= SMALL_BYTES) return 'small';
  return sizeBytes <= LARGE_BYTES ? 'medium' : 'large';
}

/** What a mode allows and asks for; the same rules decide in all of them. */
export interface ModeRules {
  /** Connections a host begins with that was never seen, by the size of the file. */
  readonly start: Readonly<Record<SizeGroup, number>>;
  /** Most connections to a host, whatever the settings allow. */
  readonly most: number;
  /** What more connections must bring at least, as a fraction of the throughput. */
  readonly gain: number;
  /** The same as a share of what twice as many would bring at best. */
  readonly shareOfIdeal: number;
  /** What may be lost by fewer connections, as a fraction; null where fewer are never tried. */
  readonly loss: number | null;
}

export const MODES: Readonly<Record<OptimiserMode, ModeRules>> = {
  speed: {
    start: { small: 32, medium: 16, large: 16 },
    most: 32,
    gain: 0.02,
    shareOfIdeal: 0,
    loss: null,
  },
  adaptive: {
    start: { small: 16, medium: 8, large: 8 },
    most: 16,
    gain: 0.04,
    shareOfIdeal: 0.05,
    loss: 0.02,
  },
  efficiency: {
    start: { small: 4, medium: 4, large: 2 },
    most: 8,
    gain: 0.1,
    shareOfIdeal: 0.5,
    loss: 0.1,
  },
  minimal: {
    start: { small: 1, medium: 1, large: 1 },
    most: 1,
    gain: 1,
    shareOfIdeal: 1,
    loss: null,
  },
};
