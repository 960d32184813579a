import { polynomialRoots } from '../../math/polynomial-roots.ts';
import type { ArimaOrder } from './order.ts';

/** How far the nearest root of each factor lies from 0, for seasonal ones in powers of the lag of a season; Infinity for none. */
export interface NearestRoots {
  readonly ar: number;
  readonly ma: number;
  readonly seasonalAr: number;
  readonly seasonalMa: number;
}

/** Roots nearer to the unit circle than this make a model inadmissible. */
const NEAREST = 1.01;

/** @param coefficients see `ArimaEstimate`. Roots above 1 mean stationary and invertible. */
export function nearestRoots(coefficients: Float64Array, { p, q, P, Q }: ArimaOrder): NearestRoots {
  const part = (start: number, count: number) => coefficients.subarray(start, start + count);
  return {
    ar: nearest(part(0, p), -1),
    ma: nearest(part(p, q), 1),
    seasonalAr: nearest(part(p + q, P), -1),
    seasonalMa: nearest(part(p + q + P, Q), 1),
  };
}

/**
 * Whether an automatic choice may take a model: it must be clear of roots that say one difference too few or too many, or one
 * factor too much.
 *
 * A seasonal MA root on the unit circle is no such sign: it says that the season never changes, which the exact likelihood takes
 * as well as any. Departure: R's `auto.arima` rules it out, and with it, as it multiplies the factors out and so counts a seasonal
 * root as its m-th root, all seasonal coefficients above 0.89 for m = 12.
 */
export function isAdmissible(coefficients: Float64Array, order: ArimaOrder): boolean {
  const { ar, ma, seasonalAr } = nearestRoots(coefficients, order);
  return Math.min(ar, ma, seasonalAr) >= NEAREST;
}

/** Of 1 + sign · Σ c[i] zⁱ. */
function nearest(c: Float64Array, sign: number): number {
  // Highest power first, as polynomialRoots wants it.
  const polynomial = [...Array.from(c, (value) => sign * value).reverse(), 1];
  let least = Number.POSITIVE_INFINITY;
  for (const { re, im } of polynomialRoots(polynomial)) least = Math.min(least, Math.hypot(re, im));
  return least;
}
