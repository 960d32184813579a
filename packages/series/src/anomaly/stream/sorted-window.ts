/** The last values of a series, sorted. */
export interface SortedWindow {
  readonly size: number;
  add(value: number): void;
  /** The values, ascending; valid until the next `add`. */
  sorted(): Float64Array;
}

/**
 * @param window how many values are kept, ≥ 1.
 *
 * Cost: O(log window) comparisons and O(window) moves of memory a value.
 */
export function createSortedWindow(window: number): SortedWindow {
  const ring = new Float64Array(window);
  const sorted = new Float64Array(window);
  let n = 0;
  const size = () => Math.min(n, window);
  const placeOf = (value: number, kept: number): number => {
    let low = 0;
    let high = kept;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    get size() {
      return size();
    },
    add(value) {
      let kept = size();
      if (kept === window) {
        const leaving = placeOf(ring[n % window]!, kept);
        sorted.copyWithin(leaving, leaving + 1, kept--);
      }
      const entering = placeOf(value, kept);
      sorted.copyWithin(entering + 1, entering, kept);
      sorted[entering] = value;
      ring[n++ % window] = value;
    },
    sorted: () => sorted.subarray(0, size()),
  };
}
