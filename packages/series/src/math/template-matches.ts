/** Pairs of stretches of a series that resemble each other. */
export interface TemplateMatches {
  /** Pairs of stretches of m values that differ by at most the tolerance at each place. */
  readonly short: number;
  /** Those of them that resemble each other at the next value as well. */
  readonly long: number;
}

/**
 * How many pairs i < j of the n − m stretches y[i … i + m) stay within a tolerance of each other (largest difference), and
 * how many still do with one value more.
 *
 * @param y         n values, none missing.
 * @param m         whole number ≥ 1.
 * @param tolerance in the unit of y; a difference equal to it counts.
 *
 * Cost: O(n log n) plus the pairs whose first values are within the tolerance: stretches are visited in the order of their
 *   first value, so that only those in reach are compared.
 * Source: Richman & Moorman (2000), Am. J. Physiol. 278(6), H2039. Checked by: reference/template-matches-by-definition.ts.
 */
export function templateMatches(y: Float64Array, m: number, tolerance: number): TemplateMatches {
  const count = y.length - m;
  if (count < 2) return { short: 0, long: 0 };
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => y[a]! - y[b]!);
  const starts = Int32Array.from(order);
  const first = Float64Array.from(order, (i) => y[i]!);
  let short = 0;
  let long = 0;
  for (let a = 0; a < count; a++) {
    const i = starts[a]!;
    for (let b = a + 1; b < count && first[b]! - first[a]! <= tolerance; b++) {
      const j = starts[b]!;
      let k = 1;
      while (k < m && Math.abs(y[i + k]! - y[j + k]!) <= tolerance) k++;
      if (k < m) continue;
      short++;
      if (Math.abs(y[i + m]! - y[j + m]!) <= tolerance) long++;
    }
  }
  return { short, long };
}
