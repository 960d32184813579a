/**
 * A model of what goes with what. It knows items, not customers: anybody's items can be asked about, those of customers who
 * came after it was made too.
 */
export interface Recommender {
  readonly name: 'ease' | 'als' | 'item-knn';
  readonly items: number;
  /** Items the model says nothing about: they score 0 and count for nothing. */
  readonly ignored: number;
  /**
   * How well every item goes with some items; higher is better, the scale is the model's own.
   *
   * @param owned  codes of items, each once; codes that the model does not know count for nothing.
   * @param weight how much each of them counts, ≥ 0; default 1 each.
   * @returns `items` finite scores.
   */
  score(owned: ArrayLike<number>, weight?: ArrayLike<number>): Float64Array;
  /** Share of each owned item in the score of one; null where the model has no such parts. */
  readonly parts:
    | ((owned: ArrayLike<number>, item: number, weight?: ArrayLike<number>) => Float64Array)
    | null;
}
