import type { Fit, Forecast } from '../types.ts';

/** One origin of a back-test: what was known, what a model said, what came. */
export interface FoldForecast {
  /** Number of values known at the origin. */
  readonly origin: number;
  readonly forecast: Forecast;
}

/**
 * Origins of a back-test: the last at n − h, the others before it in steps of `step`, earliest first.
 *
 * @param shortestTraining no origin lies before this many values.
 */
export function foldOrigins(
  n: number,
  h: number,
  folds: number,
  step: number,
  shortestTraining: number,
): number[] {
  const origins: number[] = [];
  for (let origin = n - h; origins.length < folds && origin >= shortestTraining; origin -= step) {
    origins.unshift(origin);
  }
  return origins;
}

/** Forecasts of one model at every origin; a new fit at each. A fit sees only what came before its origin. */
export function forecastAtOrigins(
  y: Float64Array,
  fit: Fit,
  origins: readonly number[],
  h: number,
  levels: readonly number[],
): FoldForecast[] {
  return origins.map((origin) => ({
    origin,
    forecast: fit(y.subarray(0, origin)).forecast(h, levels),
  }));
}
