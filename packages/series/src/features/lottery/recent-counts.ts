/** How many of the last `window` draws had each number. */
export class RecentCounts {
  readonly window: number;
  /** Draws in the window, at most `window`. */
  draws = 0;
  readonly counts: Int32Array;
  readonly #ring: (Int32Array | undefined)[];
  #next = 0;

  constructor(size: number, window: number) {
    this.window = window;
    this.counts = new Int32Array(size);
    this.#ring = new Array<Int32Array | undefined>(window).fill(undefined);
  }

  record(places: Int32Array): void {
    if (places.length === 0) return;
    for (const place of this.#ring[this.#next] ?? []) this.counts[place]!--;
    for (const place of places) this.counts[place]!++;
    this.#ring[this.#next] = places.slice();
    this.#next = (this.#next + 1) % this.window;
    this.draws = Math.min(this.window, this.draws + 1);
  }

  /**
   * 1 where a number came at least one standard deviation more often than chance, −1 where as much less often, else 0.
   * @param share how many numbers of the pool a draw has, as a fraction
   */
  heat(place: number, share: number): number {
    const expected = this.draws * share;
    const deviation = Math.sqrt(expected * (1 - share));
    const above = this.counts[place]! - expected;
    if (deviation === 0 || Math.abs(above) < deviation) return 0;
    return Math.sign(above);
  }
}
