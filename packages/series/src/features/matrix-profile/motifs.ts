import { requireWhole } from '../../invalid-input.ts';
import { distanceProfile } from './distance-profile.ts';
import type { PreparedProfile } from './prepare.ts';
import type { MatrixProfile } from './profile.ts';

/** Two windows and their distance. */
export interface WindowPair {
  readonly start: number;
  readonly neighbour: number;
  readonly distance: number;
}

/**
 * The `most` nearest pairs: again and again the window with the smallest distance and its neighbour, after which no window that
 * overlaps either is taken first.
 *
 * @param most how many at most; fewer where the others overlap or have no neighbour.
 * @returns pairs by the starts of their windows, 0 … n − m, the nearest first; distances as in the profile.
 * @throws InvalidInput (`most`) for what is not a whole number ≥ 0.
 *
 * Source: Mueen, Keogh, Zhu, Cash & Westover (2009), Exact discovery of time series motifs.
 */
export function motifPairs(profile: MatrixProfile, most: number): readonly WindowPair[] {
  requireWhole('most', most, 0);
  const left = profile.distance.slice();
  return takePairs(
    profile,
    most,
    () => smallestAt(left),
    (pair) => {
      cover(left, pair.start, profile.window - 1);
      cover(left, pair.neighbour, profile.window - 1);
    },
  );
}

/**
 * The `most` windows that are farthest from their nearest neighbour: again and again the largest finite distance, after which
 * no window that overlaps it is taken.
 *
 * @param most how many at most; fewer where the others overlap or have no neighbour.
 * @returns windows by their starts, 0 … n − m, the farthest first; distances as in the profile.
 * @throws InvalidInput (`most`) for what is not a whole number ≥ 0.
 *
 * Source: Keogh, Lin & Fu (2005), HOT SAX.
 */
export function discords(profile: MatrixProfile, most: number): readonly WindowPair[] {
  requireWhole('most', most, 0);
  const left = profile.distance.map((value) => -value);
  for (let i = 0; i < left.length; i++) {
    if (!Number.isFinite(left[i]!)) left[i] = Number.POSITIVE_INFINITY;
  }
  return takePairs(
    profile,
    most,
    () => smallestAt(left),
    (pair) => {
      cover(left, pair.start, profile.window - 1);
    },
  );
}

function takePairs(
  { distance, index }: MatrixProfile,
  most: number,
  next: () => number,
  done: (pair: WindowPair) => void,
): readonly WindowPair[] {
  const pairs: WindowPair[] = [];
  while (pairs.length < most) {
    const start = next();
    if (start < 0) break;
    const pair = { start, neighbour: index[start]!, distance: distance[start]! };
    done(pair);
    pairs.push(pair);
  }
  return pairs;
}

/** A shape that occurs several times. */
export interface Motif {
  /** Starts of the windows, the one it was found by first, then from near to far. */
  readonly starts: readonly number[];
  /** Their distances to the first. */
  readonly distances: readonly number[];
}

export interface MotifOptions {
  readonly maxMotifs?: number;
  /** Windows a motif at most has, the first included. */
  readonly maxMatches?: number;
}

/** Distances this much above the limit still count. */
const LIMIT_TOLERANCE = 1e-8;

/**
 * Shapes that occur again and again: beginning with the window nearest to another one, all windows whose distance to it is
 * unusually small (below mean − 2 sd of its distances to all windows) and that do not lie within the exclusion zone of one
 * taken before. Windows are tried in the order of their distance in the profile, up to mean − 2 sd of the profile (at least
 * its minimum); one without any match is no motif.
 *
 * @returns at most `maxMotifs` (1) motifs of at most `maxMatches` (10) windows.
 * @throws InvalidInput (`maxMotifs`, `maxMatches`)
 *
 * Cost: O(n·m) for each window tried. Compare: STUMPY 1.13 `motifs` with its other defaults.
 */
export function motifs(
  prepared: PreparedProfile,
  profile: MatrixProfile,
  { maxMotifs = 1, maxMatches = 10 }: MotifOptions = {},
): readonly Motif[] {
  requireWhole('maxMotifs', maxMotifs, 1);
  requireWhole('maxMatches', maxMatches, 1);
  const left = profile.distance.slice();
  const limit = unusuallySmall(left);
  const found: Motif[] = [];
  while (found.length < maxMotifs) {
    const query = smallestAt(left);
    if (query < 0 || left[query]! > limit) break;
    const motif = matchesOf(prepared, query, maxMatches);
    if (motif.starts.length > 1) found.push(motif);
    for (const start of motif.starts) cover(left, start, prepared.exclusion);
  }
  return found;
}

function matchesOf(prepared: PreparedProfile, query: number, most: number): Motif {
  const left = distanceProfile(prepared, query);
  const limit = unusuallySmall(left) + LIMIT_TOLERANCE;
  const starts: number[] = [];
  const distances: number[] = [];
  let next = query;
  while (next >= 0 && left[next]! <= limit && starts.length < most) {
    starts.push(next);
    distances.push(left[next]!);
    cover(left, next, prepared.exclusion);
    next = smallestAt(left);
  }
  return { starts, distances };
}

/** Mean − 2 sd (divisor n) of the finite distances, but at least the smallest; NaN without any. */
function unusuallySmall(distances: Float64Array): number {
  const finite = distances.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  const variance = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length;
  const smallest = finite.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  return Math.max(mean - 2 * Math.sqrt(variance), smallest);
}

/** The first of the smallest; −1 where all are infinite. */
function smallestAt(values: Float64Array): number {
  let at = -1;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < smallest) {
      smallest = values[i]!;
      at = i;
    }
  }
  return at;
}

/** Makes what lies at most `reach` from a place infinite. */
function cover(values: Float64Array, at: number, reach: number): void {
  values.fill(Number.POSITIVE_INFINITY, Math.max(0, at - reach), at + reach + 1);
}
