import { requireWhole } from '../invalid-input.ts';
import type { Interactions } from './interactions.ts';

/** The items that a dense model keeps, most bought first when there are too many. */
export interface KeptItems {
  /** Codes of the kept items, ascending. */
  readonly codes: Int32Array;
  /** Place of each item among the kept, −1 of the others. */
  readonly place: Int32Array;
}

/** @throws InvalidInput (`maxItems`, `minBuyers`) */
export function keptItems(
  { items, buyers }: Interactions,
  maxItems: number,
  minBuyers: number,
): KeptItems {
  requireWhole('maxItems', maxItems, 1);
  requireWhole('minBuyers', minBuyers, 1);
  const wanted = Int32Array.from({ length: items }, (_, i) => i)
    .filter((i) => buyers[i]! >= minBuyers)
    .sort((a, b) => buyers[b]! - buyers[a]! || a - b);
  const codes = wanted.slice(0, maxItems).sort();
  const place = new Int32Array(items).fill(-1);
  codes.forEach((code, k) => {
    place[code] = k;
  });
  return { codes, place };
}

/**
 * Lower triangle of the m·m counts of customers who bought both of two kept items; the diagonal holds the buyers of each.
 *
 * Cost: the sum of the squares of the numbers of items per customer.
 */
export function coPurchases(
  { customers, offsets, item }: Interactions,
  { codes, place }: KeptItems,
): Float64Array {
  const m = codes.length;
  const counts = new Float64Array(m * m);
  const own = new Int32Array(m);
  for (let c = 0; c < customers; c++) {
    let n = 0;
    for (let k = offsets[c]!; k < offsets[c + 1]!; k++) {
      const at = place[item[k]!]!;
      if (at >= 0) own[n++] = at;
    }
    for (let i = 0; i < n; i++) {
      const row = own[i]! * m;
      for (let j = 0; j <= i; j++) counts[row + own[j]!]!++;
    }
  }
  return counts;
}
