/**
 * How many of n ascending values are below `value`: its place from the left. 0 for `NaN`.
 *
 * Cost: O(log n). Compare: numpy `searchsorted(sorted, value, side='left')`.
 */
export function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of n ascending values are at most `value`: its place from the right. 0 for `NaN`. Cost: O(log n). */
export function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
