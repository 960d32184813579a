import { requireWhole } from '../invalid-input.ts';

/** How good one ranked list is. All are fractions. */
export interface RankingAccuracy {
  /** Normalised discounted cumulative gain: hits count 1/log₂(place + 1), over the best that was possible. */
  readonly ndcg: number;
  /** Hits over the most that were possible: min(k, relevant items). */
  readonly recall: number;
  /** 1 where there is at least one hit. */
  readonly hit: 0 | 1;
}

/**
 * Accuracy of the first k items of a ranked list.
 *
 * @param ranked   items, best first, each once; may be shorter than k.
 * @param relevant items that were right.
 * @param k        whole number ≥ 1.
 * @returns fractions: 1 is a list that begins with all that was right. Null where nothing was relevant: there is nothing to
 *   measure.
 * @throws InvalidInput (`k`)
 *
 * Cost: O(k). Source: Järvelin & Kekäläinen (2002), ACM TOIS 20(4), with binary relevance.
 */
export function rankingAccuracy(
  ranked: ArrayLike<number>,
  relevant: ReadonlySet<number>,
  k: number,
): RankingAccuracy | null {
  requireWhole('k', k, 1);
  if (relevant.size === 0) return null;
  let [gain, ideal, hits] = [0, 0, 0];
  for (let place = 0; place < k; place++) {
    const value = 1 / Math.log2(place + 2);
    if (place < relevant.size) ideal += value;
    if (place < ranked.length && relevant.has(ranked[place]!)) {
      gain += value;
      hits++;
    }
  }
  return {
    ndcg: gain / ideal,
    recall: hits / Math.min(k, relevant.size),
    hit: hits > 0 ? 1 : 0,
  };
}
