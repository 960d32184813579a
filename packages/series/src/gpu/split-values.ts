/**
 * A number as two 32-bit floats, `high + low`: 48 of its 53 bits. A difference of two such numbers, high parts and low parts
 * each subtracted from each other, keeps 24 bits of the difference itself, at any level.
 */

/** The high part that stands for a missing value: the others lie within −1 … 1. Devices need not know NaN. */
export const MISSING = 4;

/** Sizes outside are computed on the processor: their squares leave the range of 32-bit floats, or soon will. */
const LARGEST = 1e100;
const SMALLEST = 1e-100;

/**
 * The power of two that brings the finite values of a series within −1 … 1; undefined for sizes that are left to the processor.
 */
export function scaleOf(y: Float64Array): number | undefined {
  let largest = 0;
  for (let t = 0; t < y.length; t++) {
    const size = Math.abs(y[t]!);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  if (largest === 0) return 1;
  if (largest > LARGEST || largest < SMALLEST) return undefined;
  // Exact: logarithms would round near powers of two.
  let scale = 2 ** Math.ceil(Math.log2(largest));
  if (scale < largest) scale *= 2;
  return scale;
}

/** Writes the parts of n values, divided by a power of two, as `high, low, high, low, …` from a place on. */
export function splitValues(y: Float64Array, scale: number, out: Float32Array, from = 0): void {
  // Exact: the scale is a power of two.
  const inverse = 1 / scale;
  let at = from;
  for (let t = 0; t < y.length; t++) {
    const value = y[t]! * inverse;
    // False for NaN and ±Infinity.
    if (value - value === 0) {
      const high = Math.fround(value);
      out[at++] = high;
      out[at++] = value - high;
    } else {
      out[at++] = MISSING;
      out[at++] = 0;
    }
  }
}
