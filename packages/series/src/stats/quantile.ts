/**
 * Quantile of ascending values, linear between the two neighbours (R's type 7, the default of NumPy and pandas).
 *
 * @param sorted n values, ascending, none missing.
 * @param p      share in [0, 1].
 * @returns the quantile in the unit of the values; NaN for n = 0.
 *
 * Source: Hyndman & Fan (1996), The American Statistician 50(4), definition 7.
 */
export function quantileOfSorted(sorted: Float64Array, p: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const place = p * (n - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  if (below === n - 1) return low;
  const high = sorted[below + 1]!;
  const share = place - below;
  // From the nearer neighbour, so that both ends are met exactly.
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/** Middle of ascending values, the mean of the middle two where their number is even; NaN for none. */
export function medianOfSorted(sorted: Float64Array): number {
  const n = sorted.length;
  const middle = n >> 1;
  if (n % 2 === 1) return sorted[middle]!;
  return n === 0 ? Number.NaN : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Median of |value − centre| without sorting again: the distances grow outwards from the centre on both sides.
 *
 * @param sorted n values, ascending, none missing. NaN for n = 0.
 *
 * Cost: O(n).
 */
export function medianDistance(sorted: Float64Array, centre: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  let above = 0;
  while (above < n && sorted[above]! < centre) above++;
  let below = above - 1;
  let previous = 0;
  let distance = 0;
  for (let taken = 0; taken <= n >> 1; taken++) {
    previous = distance;
    const down = below >= 0 ? centre - sorted[below]! : Number.POSITIVE_INFINITY;
    const up = above < n ? sorted[above]! - centre : Number.POSITIVE_INFINITY;
    if (down < up) below--;
    else above++;
    distance = Math.min(down, up);
  }
  return n % 2 === 1 ? distance : (previous + distance) / 2;
}
