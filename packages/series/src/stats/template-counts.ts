import { argsort } from '../math/argsort.ts';

/** For each stretch of a series and each length, how many other stretches of that length stay near it. */
export interface TemplateCounts {
  /** Of the stretches of `length` values (2 … longest) starting at each t = 0 … n − length; the stretch itself is not counted. */
  of(length: number): Int32Array;
  /** Whether two values somewhere in compared stretches differ by exactly the tolerance. */
  readonly touched: boolean;
}

/**
 * How many stretches of 2 … `longest` values differ from each stretch by at most `tolerance` at each place.
 *
 * @param y         n values, none missing.
 * @param longest   whole number ≥ 2.
 * @param tolerance in the unit of y; negative, no two stretches are near.
 *
 * Cost: O(n log n) plus the pairs whose first values are within the tolerance: stretches lie in the order of their first
 *   value, so that only those in reach are looked at, one after the other in memory.
 * Source: Pincus (1991), PNAS 88(6), 2297–2301, for what is counted. Checked by: reference/template-counts-by-definition.ts.
 */
export function templateCounts(
  y: Float64Array,
  longest: number,
  tolerance: number,
): TemplateCounts {
  const n = y.length;
  const order = argsort(y);
  const stretches = inOrder(y, order, longest);
  const depths = new Int32Array(n * (longest + 1));
  const touched = countDepths({ n, longest, tolerance, stretches, depths });
  return {
    touched,
    of(length) {
      const out = new Int32Array(n);
      for (let a = 0; a < n; a++) {
        let count = 0;
        for (let k = length; k <= longest; k++) count += depths[a * (longest + 1) + k]!;
        out[order[a]!] = count;
      }
      return out.subarray(0, Math.max(0, n - length + 1));
    },
  };
}

/** First values one after the other, then second values, and so on; NaN beyond the end, which is near nothing. */
function inOrder(y: Float64Array, order: Int32Array, longest: number): Float64Array {
  const n = y.length;
  const stretches = new Float64Array(n * longest).fill(Number.NaN);
  for (let k = 0; k < longest; k++) {
    for (let a = 0; a < n; a++) if (order[a]! + k < n) stretches[k * n + a] = y[order[a]! + k]!;
  }
  return stretches;
}

interface Counting {
  readonly n: number;
  readonly longest: number;
  readonly tolerance: number;
  readonly stretches: Float64Array;
  /** At [a · (longest + 1) + k]: with how many others stretch a goes together for exactly k values, k ≥ 2. */
  readonly depths: Int32Array;
}

/** Returns whether a difference that was looked at equals the tolerance. */
function countDepths({ n, longest, tolerance, stretches, depths }: Counting): boolean {
  const width = longest + 1;
  let touched = false;
  for (let a = 0; a < n; a++) {
    const first = stretches[a]!;
    const second = stretches[n + a]!;
    let b = a + 1;
    for (; b < n && stretches[b]! - first <= tolerance; b++) {
      const difference = Math.abs(stretches[n + b]! - second);
      if (!(difference <= tolerance)) continue;
      if (difference === tolerance) touched = true;
      let depth = 2;
      let place = 2 * n;
      while (depth < longest) {
        const next = Math.abs(stretches[place + b]! - stretches[place + a]!);
        if (!(next <= tolerance)) break;
        if (next === tolerance) touched = true;
        depth++;
        place += n;
      }
      depths[a * width + depth]!++;
      depths[b * width + depth]!++;
    }
    // The first values ascend, so that only the last in reach can be at the edge of it.
    if (b > a + 1 && stretches[b - 1]! - first === tolerance) touched = true;
  }
  return touched;
}
