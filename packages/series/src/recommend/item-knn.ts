import { requirePositive, requireWhole } from '../invalid-input.ts';
import type { Interactions } from './interactions.ts';
import type { Recommender } from './recommender.ts';

export interface ItemKnnOptions {
  /** `cosine` of the sets of buyers (default), or `bm25`, in which customers with many items count less. */
  readonly similarity?: 'cosine' | 'bm25';
  /** Most similar items kept of each, default 200. */
  readonly neighbours?: number;
  /** A similarity counts n/(n + shrink) of n common buyers, default 10: what few have in common is drawn to 0. */
  readonly shrink?: number;
}

/** Of Okapi BM25: how fast repeated evidence saturates, and how much the length of a customer's list counts. */
const K1 = 1.2;
const B = 0.75;

/**
 * Item-based nearest neighbours: an item scores the sum of its similarities to those of its neighbours that are owned.
 *
 * @throws InvalidInput (`similarity`, `neighbours`, `shrink`)
 *
 * Cost: the sum of the squares of the numbers of items per customer; memory for `neighbours` pairs an item.
 * Source: Sarwar et al. (2001), WWW 10, 3.1; the shrinkage of Bell & Koren (2007), ICDM; weights of Robertson & Zaragoza (2009),
 *   equation 3.15, with customers in the place of documents.
 */
export function fitItemKnn(
  data: Interactions,
  { similarity = 'cosine', neighbours = 200, shrink = 10 }: ItemKnnOptions = {},
): Recommender {
  requireWhole('neighbours', neighbours, 1);
  requirePositive('shrink', shrink, true);
  const { items } = data;
  const weights =
    similarity === 'bm25' ? bm25Weights(data) : new Float64Array(data.item.length).fill(1);
  const byItem = transposed(data, weights);
  const squares = new Float64Array(items);
  for (let k = 0; k < data.item.length; k++) squares[data.item[k]!]! += weights[k]! ** 2;
  const neighbourhood = nearest(data, weights, byItem, squares, neighbours, shrink);
  const { partner, strength } = turned(neighbourhood, items);
  return {
    name: 'item-knn',
    items,
    ignored: 0,
    score(owned, weight) {
      const scores = new Float64Array(items);
      for (let k = 0; k < owned.length; k++) {
        const partners = partner[owned[k]!];
        if (partners === undefined) continue;
        const strengths = strength[owned[k]!]!;
        const factor = weight?.[k] ?? 1;
        for (let l = 0; l < partners.length; l++) scores[partners[l]!]! += factor * strengths[l]!;
      }
      return scores;
    },
    parts(owned, item, weight) {
      return Float64Array.from({ length: owned.length }, (_, k) => {
        const at = partner[owned[k]!]?.indexOf(item) ?? -1;
        return at < 0 ? 0 : (weight?.[k] ?? 1) * strength[owned[k]!]![at]!;
      });
    },
  };
}

interface Neighbourhood {
  /** Items of each item's list. */
  readonly partner: readonly Int32Array[];
  readonly strength: readonly Float64Array[];
}

/** The most similar items of each. */
function nearest(
  data: Interactions,
  weights: Float64Array,
  byItem: ReturnType<typeof transposed>,
  squares: Float64Array,
  neighbours: number,
  shrink: number,
): Neighbourhood {
  const { items } = data;
  const partner: Int32Array[] = [];
  const strength: Float64Array[] = [];
  const sums = new Float64Array(items);
  const touched = new Int32Array(items);
  for (let i = 0; i < items; i++) {
    let count = 0;
    for (let k = byItem.offsets[i]!; k < byItem.offsets[i + 1]!; k++) {
      const c = byItem.customer[k]!;
      const own = byItem.weight[k]!;
      for (let l = data.offsets[c]!; l < data.offsets[c + 1]!; l++) {
        const j = data.item[l]!;
        if (j === i) continue;
        if (sums[j] === 0) touched[count++] = j;
        sums[j]! += own * weights[l]!;
      }
    }
    const found = touched.slice(0, count);
    for (const j of found) {
      const common = sums[j]!;
      sums[j] = (common / Math.sqrt(squares[i]! * squares[j]!)) * (common / (common + shrink));
    }
    found.sort((a, b) => sums[b]! - sums[a]! || a - b);
    partner.push(found.slice(0, neighbours));
    strength.push(Float64Array.from(partner[i]!, (j) => sums[j]!));
    for (const j of found) sums[j] = 0;
  }
  return { partner, strength };
}

/** For each item those whose lists it is on: what owning it speaks for. */
function turned({ partner, strength }: Neighbourhood, items: number): Neighbourhood {
  const to: number[][] = Array.from({ length: items }, () => []);
  const by: number[][] = Array.from({ length: items }, () => []);
  partner.forEach((list, i) => {
    list.forEach((j, k) => {
      to[j]!.push(i);
      by[j]!.push(strength[i]![k]!);
    });
  });
  return {
    partner: to.map((list) => Int32Array.from(list)),
    strength: by.map((list) => Float64Array.from(list)),
  };
}

/** Customers of each item, with weights. */
function transposed(
  { customers, items, offsets, item, buyers }: Interactions,
  weight: Float64Array,
) {
  const starts = new Int32Array(items + 1);
  for (let i = 0; i < items; i++) starts[i + 1] = starts[i]! + buyers[i]!;
  const next = starts.slice();
  const customer = new Int32Array(item.length);
  const weights = new Float64Array(item.length);
  for (let c = 0; c < customers; c++) {
    for (let k = offsets[c]!; k < offsets[c + 1]!; k++) {
      const at = next[item[k]!]!++;
      customer[at] = c;
      weights[at] = weight[k]!;
    }
  }
  return { offsets: starts, customer, weight: weights };
}

function bm25Weights({ customers, offsets, item, times, buyers }: Interactions): Float64Array {
  const weights = new Float64Array(item.length);
  const mean = item.length / Math.max(customers, 1);
  for (let c = 0; c < customers; c++) {
    const length = offsets[c + 1]! - offsets[c]!;
    for (let k = offsets[c]!; k < offsets[c + 1]!; k++) {
      const rarity = Math.log1p((customers - buyers[item[k]!]! + 0.5) / (buyers[item[k]!]! + 0.5));
      const saturation = times[k]! + K1 * (1 - B + (B * length) / mean);
      weights[k] = (Math.sqrt(rarity) * (times[k]! * (K1 + 1))) / saturation;
    }
  }
  return weights;
}
