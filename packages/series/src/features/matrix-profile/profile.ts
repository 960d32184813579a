import {
  type BestPartners,
  noPartners,
  offerPartner,
  type Partners,
} from '../../kernels/matrix-profile.ts';
import {
  CONSTANT,
  MISSING,
  ORDINARY,
  type PreparedProfile,
  prepareMatrixProfile,
} from './prepare.ts';
import { diagonalShares, matrixProfileSlice, mergeProfiles } from './slice.ts';

/** For each of the n − m + 1 windows, the window of most alike shape that does not overlap it too much. */
export interface MatrixProfile {
  /** m. */
  readonly window: number;
  /** Windows at most this far apart are not compared. */
  readonly exclusion: number;
  /** z-normalised Euclidean distance to the nearest window, 0 … 2√m; Infinity where there is none. */
  readonly distance: Float64Array;
  /** Start of the nearest window; −1 where there is none. */
  readonly index: Int32Array;
  /** The same among earlier windows only: nothing here depends on values behind the window. */
  readonly leftDistance: Float64Array;
  readonly leftIndex: Int32Array;
  /** The same among later windows only. */
  readonly rightDistance: Float64Array;
  readonly rightIndex: Int32Array;
}

/**
 * Matrix profile of a series with itself, complete and exact.
 *
 * @param y      n values, oldest first. A window with a value that is not finite has no neighbour and is none.
 * @param window m, whole number ≥ 3; below 3 · m / 2 values few windows are far enough apart, and none may be.
 * @returns n − m + 1 distances and starts of windows; none for n < m. Two constant windows have distance 0, a constant and
 *          another one √m. Of windows equally near, the one with the nearest start counts, the earlier of two.
 * @throws InvalidInput (`window`) when it is not a whole number ≥ 3.
 *
 * Cost: O(n²) time, O(n) memory; n = 20,000 in about 0.15 s of one thread where WebAssembly has vectors. For several
 *   threads: `prepareMatrixProfile`, one `matrixProfileSlice` for each of `diagonalShares`, then `completeProfile`.
 * Source: Yeh et al. (2016), Matrix Profile I; Zhu et al. (2018), Matrix Profile XI, for the order of the work.
 * Compare: STUMPY 1.13 `stump(y, m)`, same exclusion zone and rules for constant and missing windows. It does not begin its
 *   covariances anew after an extreme value, which then hides small shapes behind it.
 */
export function matrixProfile(y: Float64Array, window: number): MatrixProfile {
  return profileOf(prepareMatrixProfile(y, window));
}

/** The profile of a prepared series, in this thread. */
export function profileOf(prepared: PreparedProfile): MatrixProfile {
  const [all] = diagonalShares(prepared, 1);
  const partners =
    all === undefined ? noPartners(prepared.count) : matrixProfileSlice(prepared, all.from, all.to);
  return profileWith(prepared, partners);
}

/**
 * The profile from slices computed apart, in other threads say.
 *
 * @param prepared what the slices were computed from.
 * @param slices results of `matrixProfileSlice` for ranges that together cover all diagonals once, in any order.
 * @returns what `matrixProfile` gives, for count = n − m + 1 windows; no slice gives a profile without neighbours.
 */
export function completeProfile(
  prepared: PreparedProfile,
  slices: readonly Partners[],
): MatrixProfile {
  const { count } = prepared;
  return profileWith(prepared, slices.length === 0 ? noPartners(count) : mergeProfiles(slices));
}

/** Takes the partners over: constant windows are added to them. */
function profileWith(prepared: PreparedProfile, { left, right }: Partners): MatrixProfile {
  const { window, exclusion, count } = prepared;
  offerConstants(prepared, left, 1);
  offerConstants(prepared, right, -1);
  const index = new Int32Array(count);
  const correlation = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const side = isBetter(right, left, i) ? right : left;
    index[i] = side.index[i]!;
    correlation[i] = side.correlation[i]!;
  }
  return {
    window,
    exclusion,
    distance: distances(correlation, window, count),
    index,
    leftDistance: distances(left.correlation, window, count),
    leftIndex: left.index.slice(0, count),
    rightDistance: distances(right.correlation, window, count),
    rightIndex: right.index.slice(0, count),
  };
}

function isBetter(a: BestPartners, b: BestPartners, i: number): boolean {
  const [ofA, ofB] = [a.correlation[i]!, b.correlation[i]!];
  if (ofA !== ofB) return ofA > ofB;
  return Math.abs(a.index[i]! - i) < Math.abs(b.index[i]! - i);
}

/** Correlations of a constant window: with another one, and with one that is not. */
const BOTH_CONSTANT = 1;
const ONE_CONSTANT = 0.5;

/**
 * Offers each window the nearest constant one on a side, and each constant window the nearest of any kind: farther ones are
 * as like and lose. `direction` 1 looks at windows before, −1 behind.
 */
function offerConstants(
  { kind, count, exclusion }: PreparedProfile,
  best: BestPartners,
  direction: 1 | -1,
): void {
  if (!kind.includes(CONSTANT)) return;
  let constant = -1;
  let ordinary = -1;
  for (let step = 0; step < count; step++) {
    const i = direction === 1 ? step : count - 1 - step;
    const entering = i - direction * (exclusion + 1);
    if (kind[entering] === CONSTANT) constant = entering;
    else if (kind[entering] === ORDINARY) ordinary = entering;
    if (kind[i] === MISSING) continue;
    const own = kind[i] === CONSTANT;
    if (constant >= 0) offerPartner(best, i, constant, own ? BOTH_CONSTANT : ONE_CONSTANT);
    if (own && ordinary >= 0) offerPartner(best, i, ordinary, ONE_CONSTANT);
  }
}

/** Squared distances below this are what rounding leaves of 0. */
const SMALLEST_SQUARE = 1e-14;

function distances(correlation: Float64Array, window: number, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const square = 2 * window * (1 - correlation[i]!);
    out[i] = square < SMALLEST_SQUARE ? 0 : Math.sqrt(square);
  }
  return out;
}
