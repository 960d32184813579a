import { requireWhole } from '../invalid-input.ts';
import type { Interactions } from './interactions.ts';
import type { Recommender } from './recommender.ts';

/** An item the customer has bought before. */
export interface BuyAgain {
  readonly item: number;
  /** Higher is likelier; comparable within one customer's list only. */
  readonly score: number;
  /** Occasions on which the customer bought it. */
  readonly times: number;
  /** Day of the last; null where days are not known. */
  readonly lastDay: number | null;
  /** Demand for the item now, 1 is as usual. */
  readonly demand: number;
}

/** An item the customer has never bought. */
export interface Discovery {
  readonly item: number;
  /** Higher is likelier; comparable within one customer's list only. */
  readonly score: number;
  /** The customer's own item that speaks most for it; null where the model cannot say, or there is none. */
  readonly because: number | null;
  readonly demand: number;
}

export interface Recommendations {
  readonly buyAgain: readonly BuyAgain[];
  readonly discover: readonly Discovery[];
  /** `popular`: nothing is known of the customer, `discover` holds what sells now. */
  readonly status: 'ok' | 'popular';
}

export interface RecommendationOptions {
  /** Length of each list, default 10; lists are shorter where there is nothing more to say. */
  readonly count?: number;
}

/**
 * Two lists for one customer: what to buy again, and what to discover.
 *
 * An item is bought again the likelier, the more often it was bought (old occasions count less), the better it goes with the
 * rest, and the more it is in demand now. What is new to the customer is ranked by what goes with his items and by demand.
 *
 * @param customer code; one without purchases, or beyond the known ones, gets what sells now.
 * @throws InvalidInput (`customer`, `count`)
 *
 * Cost: one call of `recommender.score`, and sorting.
 */
export function recommendations(
  data: Interactions,
  recommender: Recommender,
  customer: number,
  { count = 10 }: RecommendationOptions = {},
): Recommendations {
  requireWhole('customer', customer, 0);
  requireWhole('count', count, 1);
  const from = data.offsets[customer] ?? 0;
  const to = data.offsets[customer + 1] ?? from;
  if (to === from) return { status: 'popular', buyAgain: [], discover: popular(data, count) };
  const owned = data.item.subarray(from, to);
  const affinity = recommender.score(owned);
  const again = buyAgainScores(data, customer, affinity);
  const scores = discoverScores(data, customer, affinity);
  return {
    status: 'ok',
    buyAgain: best(again, count).map((k) => ({
      item: owned[k]!,
      score: again[k]!,
      times: data.times[from + k]!,
      lastDay: data.until === null ? null : data.last[from + k]!,
      demand: data.demand[owned[k]!]!,
    })),
    discover: best(scores, count).map((item) => ({
      item,
      score: scores[item]!,
      because: strongest(recommender, owned, item),
      demand: data.demand[item]!,
    })),
  };
}

/**
 * Scores of a customer's own items, in their order in `data`: (weighted occasions + affinity) · √demand, where the affinity of
 * the item that goes best with the rest counts as much as one purchase today.
 *
 * The root: somebody who buys an item anyway follows its season less than somebody who does not know it. Chosen on Online
 * Retail's October 2011, before the month that is reported.
 * @param affinity of `Recommender.score`, or null to go by the customer's own habits alone.
 */
export function buyAgainScores(
  data: Interactions,
  customer: number,
  affinity: Float64Array | null,
): Float64Array {
  const from = data.offsets[customer]!;
  const top = affinity === null ? 0 : affinity.reduce((a, b) => Math.max(a, b), 0);
  return Float64Array.from({ length: data.offsets[customer + 1]! - from }, (_, k) => {
    const item = data.item[from + k]!;
    const fit = top > 0 ? Math.max(0, affinity![item]!) / top : 0;
    return (data.weight[from + k]! + fit) * Math.sqrt(data.demand[item]!);
  });
}

/**
 * Scores of all items for the list of what is new to a customer: affinity · demand.
 *
 * @param affinity one value an item, of `Recommender.score`; what is not above 0 speaks for nothing.
 * @returns one score an item, comparable for this customer only; −Infinity for the customer's own and for those that nothing
 *   speaks for.
 *
 * Cost: O(items).
 */
export function discoverScores(
  data: Interactions,
  customer: number,
  affinity: Float64Array,
): Float64Array {
  const scores = affinity.map((value, item) =>
    value > 0 ? value * data.demand[item]! : Number.NEGATIVE_INFINITY,
  );
  for (let k = data.offsets[customer]!; k < data.offsets[customer + 1]!; k++) {
    scores[data.item[k]!] = Number.NEGATIVE_INFINITY;
  }
  return scores;
}

/** Places of the highest finite scores, highest first; of equal ones the first. */
export function best(scores: Float64Array, count: number): number[] {
  const places: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score === Number.NEGATIVE_INFINITY) continue;
    if (places.length === count && !(score > scores[places[count - 1]!]!)) continue;
    let at = Math.min(places.length, count - 1);
    while (at > 0 && score > scores[places[at - 1]!]!) {
      places[at] = places[at - 1]!;
      at--;
    }
    places[at] = i;
  }
  return places;
}

function strongest({ parts }: Recommender, owned: ArrayLike<number>, item: number): number | null {
  if (parts === null) return null;
  const shares = parts(owned, item);
  let at = -1;
  for (let k = 0; k < shares.length; k++) if (shares[k]! > (shares[at] ?? 0)) at = k;
  return at < 0 ? null : owned[at]!;
}

function popular(data: Interactions, count: number): Discovery[] {
  const scores = Float64Array.from(data.buyers, (buyers, item) =>
    buyers > 0 ? buyers * data.demand[item]! : Number.NEGATIVE_INFINITY,
  );
  return best(scores, count).map((item) => ({
    ...{ item, score: scores[item]!, because: null },
    demand: data.demand[item]!,
  }));
}
