/** Beyond these, squares and sums of squares of many values overflow or vanish. */
const LARGEST_UNSCALED = 1e100;
const SMALLEST_UNSCALED = 1e-100;

/**
 * What to divide values by before squaring them: 1 for usual sizes, else a power of two that brings them near 1, so that no
 * digit changes.
 *
 * @param largest the largest absolute value, finite.
 */
export function safeScale(largest: number): number {
  if (largest === 0 || (largest < LARGEST_UNSCALED && largest > SMALLEST_UNSCALED)) return 1;
  return 2 ** Math.min(1023, Math.max(-1000, Math.floor(Math.log2(largest))));
}
