import { requireWhole } from '../invalid-input.ts';
import { fillMissing } from './fill-missing.ts';
import {
  type Adjusted,
  adjustForSeason,
  distanceFromAround,
  distanceFromBefore,
  reachOf,
} from './local-distance.ts';

/** A series without its isolated outliers. */
export interface ReplacedOutliers {
  /** n values; an outlier is replaced by what was to be expected there, the others are as given. */
  readonly values: Float64Array;
  /** Where values were replaced, ascending. */
  readonly replaced: readonly number[];
}

/** This many robust deviations: a normal error is as large once in 500 million. */
const THRESHOLD = 6;
/** More in a row are a new level, or something else that lasts. */
const LONGEST_RUN = 2;
/** Where more are far away, that is how the series is. */
const LARGEST_SHARE = 0.02;
const FEWEST_SEASONS = 3;
const FEWEST_VALUES = 20;

/**
 * Finds single values, or two in a row, far away from everything around them, and replaces them by the local median with
 * the season's usual difference to it. At the very end, where there is little after a value, it is compared with what came
 * before it instead, judged by how far values usually are from that; whether one or two values there are outliers or the start
 * of a new level, nobody can tell from them.
 *
 * A value is an outlier only when it is one both as a difference and, where the level is positive throughout, as a ratio: so
 * neither a growing spread nor a growing season makes one.
 *
 * @param y n values at equal spacing, oldest first; one that is not finite counts as missing and stays so. Not modified.
 * @param m season length in samples, whole number ≥ 1.
 * @param since outliers before this place are left as they are; default 0.
 * @returns nothing replaced with fewer than 20 values or 3 seasons, where more than half of the values follow the pattern
 *   exactly, or where more than 2 in 100 (and more than two) would be outliers: then they belong to the series.
 * @throws InvalidInput (`m`).
 *
 * Cost: three running medians and five sorts of n values, twice that when something was found.
 * Source: Hampel's identifier (Davies & Gather 1993, JASA 88, 782–792) of the seasonally adjusted series.
 */
export function replaceOutliers(y: Float64Array, m: number, since = 0): ReplacedOutliers {
  const n = y.length;
  const values = Float64Array.from(y);
  const nothing = { values, replaced: [] };
  const filled = filledIfLongEnough(y, m);
  const additive = filled && adjustForSeason(filled, m, false);
  if (filled === null || additive === null) return nothing;
  // The newest values have too little after them to be judged by it: three of a new level would be the usual there.
  const end = n - reachOf(m);
  const around = distanceFromAround(additive, m);
  const before = distanceFromBefore(additive, m);
  const far = new Uint8Array(n);
  for (let t = 0; t < n; t++) far[t] = Number.isFinite(y[t]!) ? 1 : 0;
  keepFar(far, around.distance, 0, end);
  keepFar(far, before.distance, end, n);
  if (!far.includes(1, since)) return nothing;
  const relative = adjustForSeason(filled, m, true);
  if (relative !== null) {
    keepFar(far, distanceFromAround(relative, m).distance, 0, end);
    keepFar(far, distanceFromBefore(relative, m).distance, end, n);
  }
  const level = around.level.map((value, t) => (t < end ? value : before.level[t]!));
  const outliers = isolatedRuns(far, filled, additive.values, level);
  if (outliers.length > Math.max(LONGEST_RUN, LARGEST_SHARE * n)) return nothing;
  const replaced = outliers.filter((t) => t >= since);
  for (const t of replaced) values[t] = level[t]! + (filled[t]! - additive.values[t]!);
  return { values, replaced };
}

/**
 * Where a value was an outlier by what came before it, whether the next ones returned or stayed there, ascending; the first
 * of several in a row. Judged with the season and the spread of the whole series.
 *
 * @param y n values as for `replaceOutliers`.
 * @throws InvalidInput (`m`).
 */
export function findShocks(y: Float64Array, m: number): number[] {
  const filled = filledIfLongEnough(y, m);
  if (filled === null) return [];
  const views = [adjustForSeason(filled, m, false), adjustForSeason(filled, m, true)]
    .filter((view): view is Adjusted => view !== null)
    .map((view) => distanceFromBefore(view, m).distance);
  const shocks: number[] = [];
  let wasFar = false;
  for (let t = 0; t < y.length; t++) {
    const isFar = Number.isFinite(y[t]!) && views.every((distance) => distance[t]! > THRESHOLD);
    if (isFar && !wasFar) shocks.push(t);
    wasFar = isFar;
  }
  return shocks;
}

function filledIfLongEnough(y: Float64Array, m: number): Float64Array | null {
  requireWhole('m', m, 1);
  let present = 0;
  for (let t = 0; t < y.length; t++) if (Number.isFinite(y[t]!)) present++;
  if (present < Math.max(FEWEST_VALUES, FEWEST_SEASONS * m)) return null;
  return present === y.length ? y : fillMissing(y, m).values;
}

/** Takes the mark off between two places where the value is not far by this distance as well. */
function keepFar(far: Uint8Array, distance: Float64Array, from: number, to: number): void {
  for (let t = from; t < to; t++) if (distance[t]! <= THRESHOLD) far[t] = 0;
}

/**
 * Places of marked runs that are short and stand out from the values right before and after them: the edges of something that
 * lasts longer than the level's window would pass for short runs otherwise.
 */
function isolatedRuns(
  far: Uint8Array,
  y: Float64Array,
  adjusted: Float64Array,
  level: Float64Array,
): number[] {
  const n = y.length;
  const places: number[] = [];
  const isBack = (t: number, run: number) => {
    if (t < 0 || t >= n) return true;
    // Days without any sales differ once their weekday is taken out; they are the same thing all the same.
    if (y[t] === y[run]) return false;
    const value = adjusted[t]!;
    return Math.abs(value - level[run]!) < Math.abs(value - adjusted[run]!);
  };
  for (let t = 0; t < n; ) {
    let end = t;
    while (far[end] === 1) end++;
    if (end - t <= LONGEST_RUN && isBack(t - 1, t) && isBack(end, end - 1)) {
      for (let i = t; i < end; i++) places.push(i);
    }
    t = Math.max(end, t + 1);
  }
  return places;
}
