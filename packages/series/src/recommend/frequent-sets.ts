import { requireWhole } from '../invalid-input.ts';

/** Items that are often bought together. */
export interface FrequentSet {
  /** Codes, ascending. */
  readonly items: readonly number[];
  /** Baskets that hold all of them. */
  readonly count: number;
}

export interface FrequentSets {
  readonly sets: readonly FrequentSet[];
  readonly baskets: number;
  /** False when the search ended at `maxSets`: the sets are then incomplete, and `minCount` should be raised. */
  readonly complete: boolean;
}

/** Baskets as lists of items: basket b holds item[offsets[b] … offsets[b + 1] − 1], in any order, repetitions allowed. */
export interface Baskets {
  readonly offsets: Int32Array;
  readonly item: Int32Array;
  readonly items: number;
}

export interface FrequentSetOptions {
  /** Baskets that must hold a set, ≥ 1. */
  readonly minCount: number;
  /** Items of a set at most, default 3. */
  readonly maxSize?: number;
  /** Sets found at most, default 200,000. */
  readonly maxSets?: number;
}

/**
 * Sets of items that at least `minCount` baskets hold, by Eclat: the baskets of a set are the common bits of the baskets of two
 * smaller ones, looked for depth first.
 *
 * @returns sets of one item and more, by items.
 * @throws InvalidInput (`minCount`, `maxSize`, `maxSets`)
 *
 * Cost: baskets/32 operations for each pair of sets tried.
 * Source: Zaki (2000), IEEE TKDE 12(3), with bit vectors.
 */
export function frequentSets(
  baskets: Baskets,
  { minCount, maxSize = 3, maxSets = 200_000 }: FrequentSetOptions,
): FrequentSets {
  requireWhole('minCount', minCount, 1);
  requireWhole('maxSize', maxSize, 1, 20);
  requireWhole('maxSets', maxSets, 1);
  const count = baskets.offsets.length - 1;
  const sets: FrequentSet[] = [];
  const found = frequentItems(baskets, minCount);
  const extend = (prefix: readonly number[], from: number, row: readonly Candidate[]): boolean => {
    for (let i = from; i < row.length; i++) {
      const { item, bits, size } = row[i]!;
      if (sets.length === maxSets) return false;
      const items = [...prefix, item];
      sets.push({ items, count: size });
      if (items.length === maxSize) continue;
      const next: Candidate[] = [];
      for (let j = i + 1; j < row.length; j++) {
        const common = intersection(bits, row[j]!.bits);
        if (common.size >= minCount) next.push({ item: row[j]!.item, ...common });
      }
      if (!extend(items, 0, next)) return false;
    }
    return true;
  };
  const complete = extend([], 0, found);
  return { sets, baskets: count, complete };
}

interface Candidate {
  readonly item: number;
  /** Bit b is set where basket b holds the set. */
  readonly bits: Int32Array;
  readonly size: number;
}

function frequentItems({ offsets, item, items }: Baskets, minCount: number): Candidate[] {
  const baskets = offsets.length - 1;
  const sizes = new Int32Array(items);
  const lastBasket = new Int32Array(items).fill(-1);
  for (let b = 0; b < baskets; b++) {
    for (let k = offsets[b]!; k < offsets[b + 1]!; k++) {
      const code = item[k]!;
      if (lastBasket[code] === b) continue;
      lastBasket[code] = b;
      sizes[code]!++;
    }
  }
  const bits: (Int32Array | undefined)[] = Array.from(sizes, (size) =>
    size >= minCount ? new Int32Array((baskets + 31) >> 5) : undefined,
  );
  for (let b = 0; b < baskets; b++) {
    for (let k = offsets[b]!; k < offsets[b + 1]!; k++) {
      const own = bits[item[k]!];
      if (own !== undefined) own[b >> 5]! |= 1 << (b & 31);
    }
  }
  return bits.flatMap((own, code) =>
    own === undefined ? [] : [{ item: code, bits: own, size: sizes[code]! }],
  );
}

function intersection(a: Int32Array, b: Int32Array): { bits: Int32Array; size: number } {
  const bits = new Int32Array(a.length);
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    const common = a[i]! & b[i]!;
    bits[i] = common;
    if (common !== 0) size += bitCount(common);
  }
  return { bits, size };
}

/** Number of set bits: Warren, Hacker's Delight, 5-1. */
function bitCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
