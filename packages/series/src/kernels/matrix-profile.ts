/**
 * The loop over pairs of windows of the matrix profile in plain TypeScript: what runs where there is no WebAssembly with
 * vectors, and what the other form is checked against, bit for bit. Its twin is assembly/matrix-profile.ts.
 */

/** Diagonals that are walked together, whichever form runs. */
export const LANES = 8;

/** Pairs (i, i + g) of windows for g = from … to − 1. Arrays have `count` values and LANES more behind. */
export interface DiagonalWork {
  /** Number of windows. */
  readonly count: number;
  readonly from: number;
  readonly to: number;
  /**
   * Window i's share in the change of a covariance when both windows move one value on: the covariance of i and j is that
   * of i − 1 and j − 1 plus edgeIn[i]·edgeIn[j] − edgeOut[i]·edgeOut[j]. Both 0 at i = 0 and behind the end.
   */
  readonly edgeIn: Float64Array;
  readonly edgeOut: Float64Array;
  /** 1 / standard deviation; NaN for a window that is not compared, and behind the end. */
  readonly inverse: Float64Array;
  /** Covariances of windows 0 and g, for each g from `from` on; NaN behind the last. */
  readonly starts: Float64Array;
}

/** The best partner of each window on one side. Arrays have `count` values and LANES more behind. */
export interface BestPartners {
  /** −Infinity where there is none. */
  readonly correlation: Float64Array;
  /** −1 where there is none. Of partners as good, the nearest. */
  readonly index: Int32Array;
}

/** Partners before each window and behind it. */
export interface Partners {
  readonly left: BestPartners;
  readonly right: BestPartners;
}

export function noPartners(count: number): Partners {
  const none = (): BestPartners => ({
    correlation: new Float64Array(count + LANES).fill(Number.NEGATIVE_INFINITY),
    index: new Int32Array(count + LANES).fill(-1),
  });
  return { left: none(), right: none() };
}

/** Cost: O(1) a pair, no memory. */
export function walkDiagonals(work: DiagonalWork): Partners {
  const partners = noPartners(work.count);
  for (let g = work.from; g < work.to; g += 2) walkTwo(work, g, partners);
  return partners;
}

/** Two diagonals at a time: a third chain of additions would not fit into registers. */
function walkTwo(work: DiagonalWork, g: number, partners: Partners): void {
  const { count, from, edgeIn, edgeOut, inverse, starts } = work;
  const { left, right } = partners;
  const lefts = left.correlation;
  const rights = right.correlation;
  let a = starts[g - from]!;
  let b = g + 1 < work.to ? starts[g + 1 - from]! : Number.NaN;
  const end = count - g;
  for (let i = 0; i < end; i++) {
    const j = i + g;
    const enters = edgeIn[i]!;
    const leaves = edgeOut[i]!;
    const width = inverse[i]!;
    a += enters * edgeIn[j]! - leaves * edgeOut[j]!;
    b += enters * edgeIn[j + 1]! - leaves * edgeOut[j + 1]!;
    const p = a * (width * inverse[j]!);
    const q = b * (width * inverse[j + 1]!);
    const best = rights[i]!;
    if (p >= lefts[j]! || p >= best) settle(p, i, j, partners);
    if (q >= lefts[j + 1]! || q >= best) settle(q, i, j + 1, partners);
  }
}

function settle(correlation: number, i: number, j: number, { left, right }: Partners): void {
  const value = Math.min(1, correlation);
  offerPartner(left, j, i, value);
  offerPartner(right, i, j, value);
}

/** `partner` takes the place of the one a window has where it correlates more, or as much and is nearer. */
export function offerPartner(
  { correlation, index }: BestPartners,
  window: number,
  partner: number,
  value: number,
): void {
  const known = correlation[window]!;
  if (value < known || Number.isNaN(value)) return;
  if (value === known && Math.abs(window - partner) >= Math.abs(window - index[window]!)) return;
  correlation[window] = value;
  index[window] = partner;
}
