/**
 * Least-squares line of y on x.
 *
 * @returns slope and the level at x = 0; NaN for fewer than two different x or values that are not finite.
 *
 * Cost: O(n).
 */
export function slopeAndLevel(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { readonly slope: number; readonly level: number } {
  const n = x.length;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    meanX += x[i]! / n;
    meanY += y[i]! / n;
  }
  let spread = 0;
  let product = 0;
  for (let i = 0; i < n; i++) {
    spread += (x[i]! - meanX) ** 2;
    product += (x[i]! - meanX) * (y[i]! - meanY);
  }
  const slope = spread > 0 ? product / spread : Number.NaN;
  return { slope, level: meanY - slope * meanX };
}
