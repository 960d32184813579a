import type { Forecast } from './types.ts';

/** Which seasons of a series are always zero: the weekday a shop never opens, the months a ski lift stands still. */
export interface ClosedSeasons {
  readonly m: number;
  /** m flags, season of time 0 first; 1 is closed. */
  readonly flags: Uint8Array;
  /** Number of seasons that are open, 1 … m − 1. */
  readonly open: number;
}

const FEWEST_VALUES = 5;
const LARGEST_ZERO_SHARE = 0.25;

/**
 * Finds the seasons that are always zero. They are not small values of a smooth season but something else, and smoothing
 * across them forecasts sales on closed days.
 *
 * @param y n values, oldest first; one that is not finite counts as missing.
 * @param m season length ≥ 1.
 * @returns null when there is none. A season counts as closed with five values or more, all zero, while the others are zero at
 *   most a quarter of the time (else zeros are simply common, and five in a row would be chance).
 */
export function findClosedSeasons(y: Float64Array, m: number): ClosedSeasons | null {
  const flags = new Uint8Array(m);
  const values = new Int32Array(m);
  const zeros = new Int32Array(m);
  for (let t = 0; t < y.length; t++) {
    if (!Number.isFinite(y[t]!)) continue;
    values[t % m]!++;
    if (y[t] === 0) zeros[t % m]!++;
  }
  let open = 0;
  let openValues = 0;
  let openZeros = 0;
  for (let i = 0; i < m; i++) {
    if (values[i]! >= FEWEST_VALUES && zeros[i] === values[i]) {
      flags[i] = 1;
      continue;
    }
    open++;
    openValues += values[i]!;
    openZeros += zeros[i]!;
  }
  if (open === 0 || open === m || openZeros > LARGEST_ZERO_SHARE * openValues) return null;
  return { m, flags, open };
}

/** The values of the open seasons only; their season length is `closed.open`. */
export function openValues(y: Float64Array, { flags, m }: ClosedSeasons): Float64Array {
  return y.filter((_, t) => flags[t % m] === 0);
}

/** How many of the h steps after time n − 1 are open. */
export function openSteps({ flags, m }: ClosedSeasons, n: number, h: number): number {
  let count = 0;
  for (let i = 0; i < h; i++) if (flags[(n + i) % m] === 0) count++;
  return count;
}

/** Number of values of the whole series that lie before its k-th open value (n when there are only k). */
export function positionOfOpen({ flags, m }: ClosedSeasons, n: number, k: number): number {
  let seen = 0;
  for (let t = 0; t < n; t++) {
    if (flags[t % m] !== 0) continue;
    if (seen === k) return t;
    seen++;
  }
  return n;
}

/** Puts zeros between open values, for the `length` places from time `start` on. */
export function withZeros(
  open: Float64Array,
  { flags, m }: ClosedSeasons,
  start: number,
  length: number,
): Float64Array {
  const result = new Float64Array(length);
  let next = 0;
  for (let i = 0; i < length; i++) {
    if (flags[(start + i) % m] === 0) result[i] = open[next++]!;
  }
  return result;
}

/** A forecast of open steps as one of all h steps after time n − 1: zero, without doubt, where closed. */
export function withClosedSteps(
  { mean, intervals }: Forecast,
  closed: ClosedSeasons,
  n: number,
  h: number,
): Forecast {
  return {
    mean: withZeros(mean, closed, n, h),
    intervals: intervals.map(({ level, lower, upper }) => ({
      level,
      lower: withZeros(lower, closed, n, h),
      upper: withZeros(upper, closed, n, h),
    })),
  };
}
