import { requirePositive } from '../invalid-input.ts';
import { invertPositive } from '../math/symmetric-inverse.ts';
import { coPurchases, keptItems } from './co-purchases.ts';
import type { Interactions } from './interactions.ts';
import type { Recommender } from './recommender.ts';

export interface EaseOptions {
  /** Penalty on weights, > 0, default 300, in customers: pairs bought by far fewer say little. */
  readonly penalty?: number;
  /** Items kept, those with most buyers, default 4,000: the model is a square of them. */
  readonly maxItems?: number;
  /** Buyers an item needs to be kept, default 1. */
  readonly minBuyers?: number;
  /** Told the share of the work done, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

/**
 * EASE: each item's purchase is predicted linearly from the customer's other items; the best weights of all such regressions
 * are one matrix inverse, with P = (XᵀX + λI)⁻¹ and B[i,j] = −P[i,j]/P[j,j].
 *
 * @returns a recommender with parts; without any kept item all scores are 0.
 * @throws InvalidInput (`penalty`, `maxItems`, `minBuyers`)
 *
 * Cost: m³ operations for m items, 3,600 of them 7 s; 8·m² bytes.
 * Source: Steck (2019), "Embarrassingly shallow autoencoders for sparse data", WWW, equations 8 and 9. X is 0 or 1.
 */
export function fitEase(
  data: Interactions,
  { penalty = 300, maxItems = 4000, minBuyers = 1, onProgress }: EaseOptions = {},
): Recommender {
  requirePositive('penalty', penalty);
  const kept = keptItems(data, maxItems, minBuyers);
  const m = kept.codes.length;
  const weights = coPurchases(data, kept);
  for (let i = 0; i < m; i++) weights[i * m + i]! += penalty;
  // Positive definite by the penalty, whatever was bought.
  invertPositive(weights, m, onProgress);
  const diagonal = Float64Array.from({ length: m }, (_, i) => weights[i * m + i]!);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      weights[i * m + j] = i === j ? 0 : -weights[i * m + j]! / diagonal[j]!;
    }
  }
  const { codes, place } = kept;
  const known = (code: number): number => place[code] ?? -1;
  return {
    name: 'ease',
    items: data.items,
    ignored: data.items - m,
    score(owned, weight) {
      const sums = new Float64Array(m);
      for (let k = 0; k < owned.length; k++) {
        const at = known(owned[k]!);
        if (at < 0) continue;
        const factor = weight?.[k] ?? 1;
        const row = at * m;
        for (let j = 0; j < m; j++) sums[j]! += factor * weights[row + j]!;
      }
      const scores = new Float64Array(data.items);
      for (let j = 0; j < m; j++) scores[codes[j]!] = sums[j]!;
      return scores;
    },
    parts(owned, item, weight) {
      const to = known(item);
      return Float64Array.from({ length: owned.length }, (_, k) => {
        const from = known(owned[k]!);
        return from < 0 || to < 0 ? 0 : (weight?.[k] ?? 1) * weights[from * m + to]!;
      });
    },
  };
}
