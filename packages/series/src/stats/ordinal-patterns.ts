/** Orders of up to this many values are counted in a table. */
const TABLED = 7;
/** 18! is the last factorial below 2⁵³. */
export const LONGEST_PATTERN = 18;

/** The numbers of the orders of consecutive values, for each length when first asked for. */
export interface OrdinalPatterns {
  /** How often each order of `dimension` (2 … 18) values occurs in the windows that start at 0, `step`, 2 `step`, …; with zeros. */
  counts(dimension: number, step: number): Int32Array;
}

/**
 * Equal values count as ascending.
 *
 * @param y n values, all finite. Kept, not copied.
 *
 * Cost: O(n · dimension) for the longest dimension asked for, O(n) for each shorter one.
 * Source: Bandt & Pompe (2002), Physical Review Letters 88, 174102. An order is numbered by how many earlier values of the
 *   window exceed each value (Lehmer, 1960), so that a window's number follows from that of the window one value shorter.
 */
export function createOrdinalPatterns(y: Float64Array): OrdinalPatterns {
  // Element d: the numbers of the orders of d values; lengths 0 and 1 have one order.
  const codes: Float64Array[] = [new Float64Array(y.length + 1), new Float64Array(y.length)];
  const codesOf = (dimension: number): Float64Array => {
    for (let d = codes.length; d <= dimension; d++) codes.push(longer(y, codes[d - 1]!, d));
    return codes[dimension]!;
  };
  return {
    counts(dimension, step) {
      const all = codesOf(dimension);
      return dimension <= TABLED ? tabled(all, step, factorial(dimension)) : listed(all, step);
    },
  };
}

/** From the numbers of the orders of d − 1 values to those of d. */
function longer(y: Float64Array, shorter: Float64Array, d: number): Float64Array {
  const codes = new Float64Array(Math.max(0, y.length - d + 1));
  const weight = factorial(d - 1);
  for (let t = 0; t < codes.length; t++) {
    const value = y[t + d - 1]!;
    let exceeding = 0;
    for (let j = t; j < t + d - 1; j++) exceeding += y[j]! > value ? 1 : 0;
    codes[t] = shorter[t]! + weight * exceeding;
  }
  return codes;
}

function tabled(codes: Float64Array, step: number, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (let t = 0; t < codes.length; t += step) counts[codes[t]!]!++;
  return counts;
}

function listed(codes: Float64Array, step: number): Int32Array {
  const counts = new Map<number, number>();
  for (let t = 0; t < codes.length; t += step)
    counts.set(codes[t]!, (counts.get(codes[t]!) ?? 0) + 1);
  return Int32Array.from(counts.values());
}

function factorial(n: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}
