import { ONE_SIGMA } from '../one-sigma.ts';
import type { Fit, FittedModel } from '../types.ts';
import type { FoldForecast } from './rolling-origins.ts';
import { shortestTraining } from './shortest-training.ts';

/** The past that is tried is at most this many horizons long: what held long ago says little about now. */
const MOST_STRETCHES = 10;

/** Where models are tried on the past. */
export interface RollingPlan {
  /** Numbers of values known, ascending. Empty when the series is too short. */
  readonly origins: readonly number[];
  /** For each origin how many values it stands for: the gap to the one before. */
  readonly gaps: readonly number[];
  /** How many values lie after the first origin. */
  readonly span: number;
}

/**
 * Places origins over the newer half of a series (a model fitted to a small part of the history says little about the one
 * fitted to all of it), at most `origins` of them, the last one at n − 1: every value where there are few, otherwise ever
 * further apart towards the past. Recent errors say most about the next ones, but the last days alone would be one situation.
 */
export function planRolling(
  y: Float64Array,
  m: number,
  { h, origins }: { readonly h: number; readonly origins: number },
): RollingPlan {
  const n = y.length;
  const reachBack = Math.max(origins, MOST_STRETCHES * h);
  const first = Math.max(shortestTraining(y, m), Math.floor(n / 2), n - reachBack);
  const count = Math.min(origins, Math.max(0, n - first));
  const reach = n - 1 - first;
  const growth = growthOf(count, reach);
  const places: number[] = [];
  for (let k = 0; k < count; k++) {
    // The k-th distance from the end, of a geometric row of gaps that begins with 1.
    const distance = growth === 0 ? k : Math.expm1(growth * k) / Math.expm1(growth);
    places.unshift(n - 1 - Math.min(reach, Math.round(distance)));
  }
  const gaps = places.map((origin, i) => origin - (places[i - 1] ?? first - 1));
  return { origins: places, gaps, span: Math.max(0, n - first) };
}

/** The logarithm of the ratio of neighbouring gaps with which `count` places reach as far as `reach`; 0 for equal gaps. */
function growthOf(count: number, reach: number): number {
  if (reach <= count - 1 || count < 2) return 0;
  let low = 0;
  let high = Math.log(reach);
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (Math.expm1(middle * (count - 1)) / Math.expm1(middle) > reach) high = middle;
    else low = middle;
  }
  return low;
}

/**
 * What a model would have said at each origin, each time from the values known then, with one deviation to either side: h steps,
 * or as many as the first origin can be tested on.
 *
 * @param fits at most this many fits, evenly spaced in time; between two the parameters are kept and only the states move on.
 */
export function rollForecasts(
  y: Float64Array,
  fit: Fit,
  { origins, span }: RollingPlan,
  { h, fits }: { readonly h: number; readonly fits: number },
): FoldForecast[] {
  const refitAfter = Math.max(1, Math.ceil(span / fits));
  // Steps that no origin can be tested on would be made for nothing.
  const steps = Math.max(1, Math.min(h, span));
  let fitted: FittedModel | null = null;
  let fittedAt = 0;
  return origins.map((origin) => {
    const known = y.subarray(0, origin);
    if (fitted === null || origin - fittedAt >= refitAfter) {
      fitted = fit(known);
      fittedAt = origin;
    } else fitted = fitted.applyTo(known);
    return { origin, forecast: fitted.forecast(steps, [ONE_SIGMA]) };
  });
}
