import { requireWhole } from '../../invalid-input.ts';
import type { FittedModel } from '../types.ts';

/** What one value of the history did to a forecast. */
export interface PointInfluence {
  /** Its place in the history. */
  readonly index: number;
  readonly value: number;
  /** What the model expected of it from the values before. */
  readonly expected: number;
  /** How much higher the mean of all h steps is than it would be had the expected value come; unit of y. */
  readonly change: number;
  /** The same for the first step. */
  readonly firstStep: number;
}

/**
 * Which recent values moved a forecast, and by how much: each in turn is replaced by what was expected of it, and the forecast
 * made again with the same parameters.
 *
 * Changes of values one after the other do not add up to the change of all together, except in linear models. Parameters are
 * not estimated anew, so that what is shown is the way a value moved the states, not the way it shaped the model.
 *
 * @param y      the n values that the model was fitted to.
 * @param h      steps ahead, whole number ≥ 1.
 * @param points how many of the newest values to try, whole number ≥ 1; default 24. Missing ones, and those that the model
 *               expected nothing of, are left out.
 * @returns the largest change first.
 * @throws InvalidInput (`h`, `points`).
 *
 * Cost: one pass and forecast for each value tried.
 * Source: replacement diagnostics of a state-space model (de Jong & Penzer 1998, JASA 93) with the parameters held.
 */
export function forecastInfluence(
  y: Float64Array,
  model: FittedModel,
  { h, points = 24 }: { readonly h: number; readonly points?: number },
): PointInfluence[] {
  requireWhole('h', h, 1);
  requireWhole('points', points, 1);
  const base = model.applyTo(y).forecast(h).mean;
  const result: PointInfluence[] = [];
  for (let t = Math.max(0, y.length - points); t < y.length; t++) {
    const value = y[t]!;
    const expected = model.fitted[t] ?? Number.NaN;
    if (!Number.isFinite(value) || !Number.isFinite(expected)) continue;
    const otherwise = Float64Array.from(y);
    otherwise[t] = expected;
    const { mean } = model.applyTo(otherwise).forecast(h);
    let change = 0;
    for (let i = 0; i < h; i++) change += (base[i]! - mean[i]!) / h;
    result.push({ index: t, value, expected, change, firstStep: base[0]! - mean[0]! });
  }
  return result.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
}
