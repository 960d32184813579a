/**
 * Median of the values from `t + from` to `t + to` at every point t of a series; places outside of it are left out.
 *
 * @param y    n values, all finite.
 * @param from whole number, first place of the window relative to t, −3 say.
 * @param to   whole number ≥ `from`, last place; −1 leaves t itself out.
 * @returns n values; the mean of the two middle ones where their number is even, `NaN` where there is none.
 *
 * Cost: O(n · window) moves of memory at worst, in practice a binary search per value.
 */
export function runningMedian(y: Float64Array, from: number, to: number): Float64Array {
  const n = y.length;
  const result = new Float64Array(n);
  const sorted = new Float64Array(to - from + 2);
  let count = 0;
  const place = (value: number) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (let t = 0; t < n; t++) {
    const entering = Math.max(0, t === 0 ? from : t + to);
    for (let i = entering; i <= t + to && i < n; i++) {
      const at = place(y[i]!);
      // A plain loop is several times faster than copyWithin for windows of a few dozen values.
      for (let k = count++; k > at; k--) sorted[k] = sorted[k - 1]!;
      sorted[at] = y[i]!;
    }
    const leaving = t - 1 + from;
    if (t > 0 && leaving >= 0 && leaving < n) {
      count--;
      for (let k = place(y[leaving]!); k < count; k++) sorted[k] = sorted[k + 1]!;
    }
    const middle = count >> 1;
    if (count === 0) result[t] = Number.NaN;
    else if (count % 2 === 1) result[t] = sorted[middle]!;
    else result[t] = sorted[middle - 1]! / 2 + sorted[middle]! / 2;
  }
  return result;
}

/** The middle value, or the mean of the two; `NaN` of none. Sorts `values`, all finite, in place. */
export function medianInPlace(values: Float64Array): number {
  const n = values.length;
  values.sort();
  if (n === 0) return Number.NaN;
  return n % 2 === 1 ? values[n >> 1]! : values[n / 2 - 1]! / 2 + values[n / 2]! / 2;
}
