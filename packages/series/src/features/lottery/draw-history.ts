import { type NumberPool, requirePool } from './draws.ts';

/** Above this many triples they are not counted: the table would take more memory than it tells. */
const MOST_TRIPLES = 1_000_000;

/**
 * What has been drawn so far: when each number came last, how often, and which came together. Numbers are given as places in
 * the pool, 0 for its lowest.
 *
 * Cost of a draw of k numbers: O(k³) for the triples, O(1) a number for the rest. Memory: pool³ / 6 counts.
 */
export class DrawHistory {
  readonly size: number;
  /** Draws recorded. */
  draws = 0;
  /** How many draws had each number. */
  readonly counts: Int32Array;
  /** How many of the last draws up to the newest had each number in a row. */
  readonly streaks: Int32Array;
  /** Longest gap of each number between two draws that had it. */
  readonly longestGaps: Int32Array;
  readonly #lastSeen: Int32Array;
  readonly #pairs: Int32Array;
  readonly #triples: Int32Array | undefined;
  readonly #lowest: number;
  #newest: Int32Array = new Int32Array(0);

  /** @throws InvalidInput (`lowest`, `highest`) */
  constructor(pool: NumberPool) {
    requirePool(pool);
    const size = pool.highest - pool.lowest + 1;
    this.#lowest = pool.lowest;
    this.size = size;
    this.counts = new Int32Array(size);
    this.streaks = new Int32Array(size);
    this.longestGaps = new Int32Array(size);
    this.#lastSeen = new Int32Array(size).fill(-1);
    this.#pairs = new Int32Array((size * (size - 1)) / 2);
    const triples = (size * (size - 1) * (size - 2)) / 6;
    this.#triples = triples <= MOST_TRIPLES ? new Int32Array(triples) : undefined;
  }

  /** Different places of a draw, ascending; what is no number of the pool is left out. */
  placesOf(numbers: ArrayLike<number>): Int32Array {
    const places = new Int32Array(numbers.length);
    let count = 0;
    for (let i = 0; i < numbers.length; i++) {
      const place = numbers[i]! - this.#lowest;
      const known = Number.isInteger(place) && place >= 0 && place < this.size;
      if (known && !places.subarray(0, count).includes(place)) places[count++] = place;
    }
    return places.subarray(0, count).sort();
  }

  /** Draws since a number came last, 0 when it was in the newest; NaN when it never came. */
  gap(place: number): number {
    const seen = this.#lastSeen[place]!;
    return seen < 0 ? Number.NaN : this.draws - 1 - seen;
  }

  /** In how many draws two numbers came together. */
  pair(a: number, b: number): number {
    return this.#pairs[pairIndex(a, b)]!;
  }

  /** In how many draws three numbers came together, in ascending order; NaN for very large pools. */
  triple(a: number, b: number, c: number): number {
    return this.#triples?.[tripleIndex(a, b, c)] ?? Number.NaN;
  }

  /** Whether a number was in the newest draw. */
  inNewest(place: number): boolean {
    return this.#newest.includes(place);
  }

  /** @param places as `placesOf` gives them; a draw without any is not recorded */
  record(places: Int32Array): void {
    if (places.length === 0) return;
    for (const place of places) {
      const waited = this.gap(place);
      if (waited > this.longestGaps[place]!) this.longestGaps[place] = waited;
      this.counts[place]!++;
      this.streaks[place] = waited === 0 ? this.streaks[place]! + 1 : 1;
      this.#lastSeen[place] = this.draws;
    }
    for (let c = 1; c < places.length; c++) {
      for (let b = 0; b < c; b++) {
        this.#pairs[pairIndex(places[b]!, places[c]!)]!++;
        if (this.#triples === undefined) continue;
        for (let a = 0; a < b; a++) {
          this.#triples[tripleIndex(places[a]!, places[b]!, places[c]!)]!++;
        }
      }
    }
    for (const place of this.#newest) if (!places.includes(place)) this.streaks[place] = 0;
    this.#newest = places.slice();
    this.draws++;
  }
}

/** Places of a < b in the triangle of pairs. */
function pairIndex(a: number, b: number): number {
  return (b * (b - 1)) / 2 + a;
}

/** Place of a < b < c among the triples. */
function tripleIndex(a: number, b: number, c: number): number {
  return (c * (c - 1) * (c - 2)) / 6 + pairIndex(a, b);
}
