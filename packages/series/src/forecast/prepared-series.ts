import { InvalidInput, requireWhole } from '../invalid-input.ts';
import { fillMissing } from '../transform/fill-missing.ts';
import type { SeriesWarning } from './types.ts';
import { warning } from './warnings.ts';

/** What every model starts from: a series without gaps, cut at its first value. */
export interface PreparedSeries {
  /** The series as given. */
  readonly original: Float64Array;
  /** Index of the first value that is present. */
  readonly start: number;
  /** `original` from `start` on, gaps filled by season; all finite, at least one value. */
  readonly values: Float64Array;
  readonly m: number;
  readonly warnings: readonly SeriesWarning[];
}

/** Squares of larger values would overflow a double within a sum of a few thousand. */
export const LARGEST_VALUE = 1e150;

/**
 * Checks and fills a series for a model.
 *
 * @param y n values; one that is not finite counts as missing.
 * @param m season length ≥ 1.
 * @throws InvalidInput (`m`, `y`) when no value is present, or one is larger than 1e150 either way.
 */
export function prepareSeries(y: Float64Array, m: number): PreparedSeries {
  requireWhole('m', m, 1);
  const start = y.findIndex((value) => Number.isFinite(value));
  if (start < 0) {
    throw new InvalidInput('y', `must hold at least one finite value, got none in ${y.length}`);
  }
  const { values, filled } = fillMissing(y.subarray(start), m);
  const tooLarge = values.find((value) => Math.abs(value) > LARGEST_VALUE);
  if (tooLarge !== undefined) {
    throw new InvalidInput('y', `must lie within ±${LARGEST_VALUE}, got ${tooLarge}`);
  }
  const warnings = filled === 0 ? [] : [warning('missing-filled', { filled, n: y.length })];
  return { original: y, start, values, m, warnings };
}

/** Throws when a new value of a series is beyond ±1e150; one that is not finite counts as missing. */
export function requireInRange(value: number): void {
  if (!Number.isFinite(value) || Math.abs(value) <= LARGEST_VALUE) return;
  throw new InvalidInput('value', `must lie within ±${LARGEST_VALUE}, got ${value}`);
}

/** Whether every value of a stretch equals the first. */
export function isConstant(values: Float64Array): boolean {
  for (let t = 1; t < values.length; t++) if (values[t] !== values[0]) return false;
  return true;
}
