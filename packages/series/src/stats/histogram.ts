/**
 * How many values fall into each of `bins` bins of equal width from the smallest to the largest value; each bin has its
 * lower edge, the last one both. Equal values all fall into the middle of a range of width 1 around them.
 *
 * @param values n finite values. @param bins whole number ≥ 1.
 * @returns `bins` counts; all 0 for n = 0, and where the range is not finite.
 *
 * Cost: O(n + bins). Compare: numpy 1.24 `histogram(values, bins)`, whose edges are met exactly.
 */
export function equalWidthCounts(values: Float64Array, bins: number): Int32Array {
  const counts = new Int32Array(bins);
  const n = values.length;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < n; t++) {
    if (values[t]! < low) low = values[t]!;
    if (values[t]! > high) high = values[t]!;
  }
  if (low === high) {
    low -= 0.5;
    high += 0.5;
  }
  const width = high - low;
  if (!(width > 0 && width < Number.POSITIVE_INFINITY)) return counts;
  const edges = equalSteps(low, high, bins);
  const perUnit = bins / width;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    // NaN where 1 / width overflows. Rounding can put a value that lies on an edge one bin off.
    let bin = Math.min(bins - 1, Math.trunc((value - low) * perUnit) || 0);
    while (value < edges[bin]!) bin--;
    while (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return counts;
}

/** `steps` + 1 numbers from low to high, both exact. Compare: numpy `linspace(low, high, steps + 1)`. */
export function equalSteps(low: number, high: number, steps: number): Float64Array {
  const step = (high - low) / steps;
  const edges = new Float64Array(steps + 1);
  for (let i = 0; i < steps; i++) edges[i] = i * step + low;
  edges[steps] = high;
  return edges;
}
