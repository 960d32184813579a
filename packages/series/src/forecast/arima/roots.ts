import { polynomialRoots } from '../../math/polynomial-roots.ts';
import type { ArimaOrder } from './order.ts';

/**
 * How far the nearest root of the four factors lies from 0, for seasonal ones in powers of the lag of a season. Above 1 means
 * stationary and invertible; near 1 the model is about to be neither, or has a factor too much.
 *
 * Departure: R's `auto.arima` looks at the factors multiplied out, where a seasonal root counts as its m-th root. That rules out
 * seasonal coefficients above 0.89 for m = 12, and so the models of a steady season.
 *
 * @param coefficients see `ArimaEstimate`. @returns Infinity without coefficients.
 */
export function nearestRoot(coefficients: Float64Array, { p, q, P, Q }: ArimaOrder): number {
  const part = (start: number, count: number) => coefficients.subarray(start, start + count);
  return Math.min(
    nearest(part(0, p), -1),
    nearest(part(p, q), 1),
    nearest(part(p + q, P), -1),
    nearest(part(p + q + P, Q), 1),
  );
}

/** Of 1 + sign · Σ c[i] zⁱ. */
function nearest(c: Float64Array, sign: number): number {
  // Highest power first, as polynomialRoots wants it.
  const polynomial = [...Array.from(c, (value) => sign * value).reverse(), 1];
  let least = Number.POSITIVE_INFINITY;
  for (const { re, im } of polynomialRoots(polynomial)) least = Math.min(least, Math.hypot(re, im));
  return least;
}
