import type { FittedModel } from '../types.ts';
import { fitEts } from './fit-ets.ts';

/**
 * Simple exponential smoothing: a level without trend or season, `ETS(A,N,N)`, by maximum likelihood.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first; one that is not finite counts as missing. A constant series or one of
 *   fewer than five values gets α = ½ and no likelihood, with a warning.
 * @throws InvalidInput (`y`): no finite value, or one beyond ±1e150.
 *
 * Cost: about 100 passes of O(n). Source: Hyndman et al. (2008), section 2.3.
 * Compare: R forecast 8.20 `ses()`, on 56 series: forecasts equal within 0.5 %.
 */
export function fitSes(y: Float64Array): FittedModel {
  return fitEts(y, { m: 1, form: 'ANN', style: 'textbook' });
}

/**
 * Holt's linear trend with additive errors, `ETS(A,A,N)` or, damped, `ETS(A,Ad,N)` with 0.8 < φ < 0.98.
 *
 * @param y as in `fitSes`; fewer than seven values (eight when damped) are smoothed without a trend, with a warning.
 * @param options.damped whether the slope fades; default false.
 * @throws InvalidInput (`y`).
 *
 * Source: Holt (1957), Gardner & McKenzie (1985) for the damping. Compare: R forecast 8.20 `holt()`, on 56 series: the
 *   log-likelihood nowhere more than 0.5 lower, forecasts equal within 1 % where the likelihood is the same.
 */
export function fitHolt(y: Float64Array, options: { readonly damped?: boolean } = {}): FittedModel {
  return fitEts(y, { m: 1, form: options.damped ? 'AAdN' : 'AAN', style: 'textbook' });
}

export interface HoltWintersOptions {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /** Whether the season is added (default) or multiplied. */
  readonly season?: 'additive' | 'multiplicative';
  /** Whether the slope fades; default false. */
  readonly damped?: boolean;
}

/**
 * Holt–Winters: level, trend and season, `ETS(A,A,A)` or, multiplicative, `ETS(M,A,M)`.
 *
 * @param y as in `fitSes`. With fewer than two seasons the season is left out (`too-short-for-season`), one longer than 24 is
 *   taken out beforehand (`season-too-long`). A multiplicative season needs positive values: otherwise it is added, with the
 *   warning `not-positive`.
 * @throws InvalidInput (`y`, `m`).
 *
 * Source: Winters (1960); state-space form of Hyndman et al. (2008). Compare: R forecast 8.20 `hw()`, which has the same
 *   forms; not R's `HoltWinters()`, which minimises squared errors from fixed initial states.
 */
export function fitHoltWinters(y: Float64Array, options: HoltWintersOptions): FittedModel {
  const { m, season = 'additive', damped = false } = options;
  const multiply = season === 'multiplicative' && !y.some((value) => value <= 0);
  const trend = damped ? 'Ad' : 'A';
  return fitEts(y, { m, form: multiply ? `M${trend}M` : `A${trend}A`, style: 'textbook' });
}
