import { requireWhole } from '../invalid-input.ts';
import type { PurchaseLog } from './purchase-log.ts';
import { ranks } from './ranks.ts';

/** Groups of customers by how lately, how often and for how much they buy; the words belong to the reader's page. */
export type RfmSegment =
  /** Lately and often. */
  | 'champions'
  /** Often, and not long ago. */
  | 'loyal'
  /** Lately, more than once, not yet often. */
  | 'potential-loyal'
  /** Lately, once. */
  | 'new'
  /** Some time ago, not often. */
  | 'needs-attention'
  /** Often and for much money, but long ago. */
  | 'cannot-lose'
  /** Often, but long ago. */
  | 'at-risk'
  /** Rarely and long ago. */
  | 'hibernating'
  /** Rarely, and longest ago. */
  | 'lost';

/**
 * The segments of `rfm`, the best customers first.
 */
export const RFM_SEGMENTS: readonly RfmSegment[] = [
  'champions',
  'loyal',
  'potential-loyal',
  'new',
  'needs-attention',
  'cannot-lose',
  'at-risk',
  'hibernating',
  'lost',
];

/** Element i is the i-th customer that has bought at all. */
export interface Rfm {
  readonly customer: Int32Array;
  /** Days since the last purchase. */
  readonly recencyDays: Int32Array;
  /** Purchase days. */
  readonly frequency: Int32Array;
  /** Money spent. */
  readonly monetary: Float64Array;
  /** Scores from 1 to `groups`, 5 being lately, often and much. */
  readonly r: Uint8Array;
  readonly f: Uint8Array;
  readonly m: Uint8Array;
  readonly segment: readonly RfmSegment[];
}

/**
 * Recency, frequency and monetary value of each customer, as scores by rank and as segments.
 *
 * Scores are fifths of the customers; equal values get the same score, that of the middle of their ranks, so that groups can be
 * of unequal size. Segments need fifths.
 *
 * Cost: O(n log n). Source: Hughes (1994), Strategic Database Marketing; the segments follow common practice.
 */
export function rfm(log: PurchaseLog): Rfm {
  const { offsets, day, amount, until } = log;
  const codes: number[] = [];
  for (let c = 0; c < log.customers; c++) if (offsets[c + 1]! > offsets[c]!) codes.push(c);
  const customer = Int32Array.from(codes);
  const recencyDays = customer.map((c) => until - day[offsets[c + 1]! - 1]!);
  const frequency = customer.map((c) => offsets[c + 1]! - offsets[c]!);
  const monetary = Float64Array.from(customer, (c) => {
    let sum = 0;
    for (let k = offsets[c]!; k < offsets[c + 1]!; k++) sum += amount[k]!;
    return sum;
  });
  const r = rankScores(recencyDays.map((days) => -days));
  const f = rankScores(frequency);
  const m = rankScores(monetary);
  return {
    ...{ customer, recencyDays, frequency, monetary, r, f, m },
    segment: codes.map((_, i) => segmentOf(r[i]!, f[i]!, m[i]!, frequency[i]!)),
  };
}

/**
 * Scores 1 … groups by rank, higher for higher values; equal values share the score of the middle of their ranks.
 * @throws InvalidInput (`groups`)
 */
export function rankScores(values: ArrayLike<number>, groups = 5): Uint8Array {
  requireWhole('groups', groups, 1, 255);
  return Uint8Array.from(ranks(values), (rank) => Math.min(groups, 1 + Math.floor(groups * rank)));
}

function segmentOf(r: number, f: number, m: number, purchases: number): RfmSegment {
  if (r >= 4 && f >= 4) return 'champions';
  if (r >= 3 && f >= 3 && purchases > 1) return 'loyal';
  if (r >= 4) return purchases === 1 ? 'new' : 'potential-loyal';
  if (r === 3) return 'needs-attention';
  if (f >= 4 && m >= 4) return 'cannot-lose';
  if (f >= 3 && purchases > 1) return 'at-risk';
  return r === 2 ? 'hibernating' : 'lost';
}
