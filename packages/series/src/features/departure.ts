/** Where values differ from the peer's on purpose. Counted in the conformance table. */
export interface Departure {
  /** Names of the features. */
  readonly feature: RegExp;
  /** Ids of the series of the reference collection, or all of them. */
  readonly series: RegExp | 'all';
  /** Why, for a reader of the table. */
  readonly reason: string;
}
