/** Quantiles of all values so far, from a bounded sample. */
export interface QuantileSketch {
  readonly n: number;
  add(value: number): void;
  /** Value at the share p in [0, 1] of the sample, without interpolation; `NaN` of none. */
  quantile(p: number): number;
}

/**
 * Keeps every value while there are few; when the room is used up, every second one by rank is dropped and from then on only
 * every second value is taken, so that all times weigh the same. After `horizon` values the oldest half of the memory fades:
 * the stride stays as it is, and each halving drops as many old values as new ones.
 *
 * @param room values kept, ≥ 16.
 *
 * Cost: O(log room) comparisons and O(room) moves for a value that is taken, O(1) for others.
 * Precision: ranks within about 1 / room (sampling in time adds up to 1 / √room for values without order).
 */
export function createQuantileSketch(room = 512, horizon = 1 << 16): QuantileSketch {
  const sorted = new Float64Array(room);
  let kept = 0;
  let n = 0;
  let stride = 1;
  return {
    get n() {
      return n;
    },
    add(value) {
      if (n++ % stride !== 0) return;
      if (kept === room) {
        // Alternately the even and the odd ranks, so that neither end is favoured.
        const odd = Math.floor(n / stride) & 1;
        for (let i = 0; i < room >> 1; i++) sorted[i] = sorted[2 * i + odd]!;
        kept = room >> 1;
        if (stride * room < horizon) stride *= 2;
      }
      let low = 0;
      let high = kept;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sorted[middle]! < value) low = middle + 1;
        else high = middle;
      }
      sorted.copyWithin(low + 1, low, kept);
      sorted[low] = value;
      kept++;
    },
    quantile(p) {
      return kept === 0 ? Number.NaN : sorted[Math.round(p * (kept - 1))]!;
    },
  };
}
