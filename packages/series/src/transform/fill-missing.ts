import { requireWhole } from '../invalid-input.ts';

/** A series without gaps, and where the gaps were. */
export interface FilledSeries {
  /** n values, all finite, unless every value was missing (then all `NaN`). */
  readonly values: Float64Array;
  /** How many values were put in. */
  readonly filled: number;
}

/**
 * Fills missing values so that a model that needs every value can run.
 *
 * A gap is interpolated linearly between the nearest present values of the same season before and after it (for m = 1:
 * between its neighbours). At either end of the series the nearest value of the same season is repeated.
 *
 * @param y n values; one that is not finite counts as missing. Not modified.
 * @param m season length ≥ 1. Interpolation by season needs each season present once; else it is linear.
 * @throws InvalidInput (`m`).
 *
 * Cost: O(n) plus O(gap) for each missing value.
 */
export function fillMissing(y: Float64Array, m = 1): FilledSeries {
  requireWhole('m', m, 1);
  const values = Float64Array.from(y);
  let missing = 0;
  for (let t = 0; t < y.length; t++) if (!Number.isFinite(y[t]!)) missing++;
  if (missing === 0) return { values, filled: 0 };
  if (missing === y.length) return { values: values.fill(Number.NaN), filled: 0 };
  const step = m > 1 && everySeasonPresent(y, m) ? m : 1;
  for (let t = 0; t < y.length; t++) {
    if (!Number.isFinite(y[t]!)) values[t] = interpolate(y, t, step);
  }
  return { values, filled: missing };
}

function everySeasonPresent(y: Float64Array, m: number): boolean {
  const present = new Uint8Array(m);
  for (let t = 0; t < y.length; t++) if (Number.isFinite(y[t]!)) present[t % m] = 1;
  return present.every((flag) => flag === 1);
}

function interpolate(y: Float64Array, t: number, step: number): number {
  let before = t - step;
  while (before >= 0 && !Number.isFinite(y[before]!)) before -= step;
  let after = t + step;
  while (after < y.length && !Number.isFinite(y[after]!)) after += step;
  if (before < 0) return y[after]!;
  if (after >= y.length) return y[before]!;
  const weight = (t - before) / (after - before);
  return y[before]! * (1 - weight) + y[after]! * weight;
}
