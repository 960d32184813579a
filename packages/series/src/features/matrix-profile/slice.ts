import { bestWalkDiagonals } from '../../kernels/kernels.ts';
import {
  type DiagonalWork,
  LANES,
  noPartners,
  offerPartner,
  type Partners,
} from '../../kernels/matrix-profile.ts';
import type { PreparedProfile } from './prepare.ts';

/** Diagonals from … to − 1: pairs of windows (i, i + g). */
export interface DiagonalRange {
  readonly from: number;
  readonly to: number;
}

/**
 * All pairs of windows that are compared, as ranges of diagonals with about equally many pairs, for that many workers.
 * The same profile comes out for every number of parts.
 * @returns at most `parts` ranges; none where no windows are far enough apart.
 */
export function diagonalShares(
  { count, exclusion }: PreparedProfile,
  parts: number,
): readonly DiagonalRange[] {
  const first = exclusion + 1;
  const ranges: DiagonalRange[] = [];
  const pairs = (from: number) => ((count - from) * (count - from + 1)) / 2;
  let from = first;
  for (let part = 0; part < parts && from < count; part++) {
    // The pairs from a diagonal on fall with the square of what is left.
    const rest = (pairs(first) * (parts - part - 1)) / parts;
    const exact = count - (Math.sqrt(1 + 8 * rest) - 1) / 2;
    const to = part === parts - 1 ? count : first + LANES * Math.round((exact - first) / LANES);
    if (to <= from) continue;
    ranges.push({ from, to: Math.min(to, count) });
    from = to;
  }
  return ranges;
}

/**
 * The best partners of every window among the pairs (i, i + g), from ≤ g < to, windows with equal values left out.
 *
 * Cost: O(1) a pair: 1 ns with vectors, 2 ns without (measured); memory O(n).
 * Source: Zhu et al. (2018), Matrix Profile XI (SCRIMP), for the walk along diagonals.
 */
export function matrixProfileSlice(prepared: PreparedProfile, from: number, to: number): Partners {
  const { count, edgeIn, edgeOut, inverse } = prepared;
  const end = Math.min(to, count);
  if (from >= end) return noPartners(count);
  if (prepared.restarts.length > 0) return walkWithRestarts(prepared, from, end);
  const starts = startsOf(prepared, from, end);
  const work: DiagonalWork = { count, from, to: end, edgeIn, edgeOut, inverse, starts };
  return bestWalkDiagonals()(work);
}

/** Covariances of windows 0 and g. */
function startsOf(prepared: PreparedProfile, from: number, to: number): Float64Array {
  const starts = new Float64Array(LANES * Math.ceil((to - from) / LANES)).fill(Number.NaN);
  for (let g = from; g < to; g++) starts[g - from] = covarianceOf(prepared, 0, g);
  return starts;
}

/** Σ (x of window i − its mean)(x of window j − its mean) / m. */
export function covarianceOf({ x, mean, window }: PreparedProfile, i: number, j: number): number {
  const [ofI, ofJ] = [mean[i]!, mean[j]!];
  let sum = 0;
  for (let k = 0; k < window; k++) sum += (x[i + k]! - ofI) * (x[j + k]! - ofJ);
  return sum / window;
}

/** One diagonal at a time, the covariance begun anew where either window is a place to restart. */
function walkWithRestarts(prepared: PreparedProfile, from: number, to: number): Partners {
  const { count, edgeIn, edgeOut, inverse, restarts } = prepared;
  const partners = noPartners(count);
  const { left, right } = partners;
  const anew = new Uint8Array(count);
  for (const place of restarts) anew[place] = 1;
  for (let g = from; g < to; g++) {
    let covariance = covarianceOf(prepared, 0, g);
    for (let i = 0; i < count - g; i++) {
      const j = i + g;
      covariance += edgeIn[i]! * edgeIn[j]! - edgeOut[i]! * edgeOut[j]!;
      if (anew[i]! + anew[j]! > 0) covariance = covarianceOf(prepared, i, j);
      const correlation = covariance * (inverse[i]! * inverse[j]!);
      if (!(correlation >= left.correlation[j]! || correlation >= right.correlation[i]!)) continue;
      const value = Math.min(1, correlation);
      offerPartner(left, j, i, value);
      offerPartner(right, i, j, value);
    }
  }
  return partners;
}

/** The better partner of each window from shares that together make the whole. */
export function mergeProfiles(slices: readonly Partners[]): Partners {
  const [first, ...others] = slices;
  if (first === undefined) return noPartners(0);
  const merged: Partners = {
    left: { correlation: first.left.correlation.slice(), index: first.left.index.slice() },
    right: { correlation: first.right.correlation.slice(), index: first.right.index.slice() },
  };
  for (const { left, right } of others) {
    for (let i = 0; i < left.index.length; i++) {
      if (left.index[i]! >= 0) offerPartner(merged.left, i, left.index[i]!, left.correlation[i]!);
      if (right.index[i]! >= 0) {
        offerPartner(merged.right, i, right.index[i]!, right.correlation[i]!);
      }
    }
  }
  return merged;
}
