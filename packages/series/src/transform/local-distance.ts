import { medianInPlace, runningMedian } from '../math/running-median.ts';

/** A series without its usual season, in which values are compared with those around or before them. */
export interface Adjusted {
  readonly values: Float64Array;
  /** Whether values are compared as ratios rather than as differences. */
  readonly ratio: boolean;
}

/** How far each value is from a local level. */
export interface LocalDistance {
  readonly level: Float64Array;
  /** In robust standard deviations; 0 where there is no level, or nothing to compare with. */
  readonly distance: Float64Array;
}

/** How many values on either side of one say what is usual there: half a season, at least three. */
export function reachOf(m: number): number {
  return Math.max(3, Math.ceil(m / 2));
}

/** Standard deviation over median absolute deviation, for normal errors. */
const MAD_TO_SIGMA = 1.4826;

/**
 * Takes out each season's median difference (or ratio) to the local median.
 *
 * @param y n ≥ m values, all finite.
 * @returns null when ratios are asked for and some level is not positive.
 */
export function adjustForSeason(y: Float64Array, m: number, ratio: boolean): Adjusted | null {
  const reach = reachOf(m);
  const level = ratio || m > 1 ? runningMedian(y, -reach, reach) : y;
  if (ratio && level.some((value) => value <= 0)) return null;
  if (m === 1) return { values: y, ratio };
  const n = y.length;
  const values = new Float64Array(n);
  for (let phase = 0; phase < m; phase++) {
    const own = new Float64Array(Math.floor((n - 1 - phase) / m) + 1);
    for (let i = 0, t = phase; t < n; i++, t += m) {
      own[i] = ratio ? y[t]! / level[t]! : y[t]! - level[t]!;
    }
    const usual = medianInPlace(own);
    if (ratio && usual <= 0) return null;
    for (let t = phase; t < n; t += m) values[t] = ratio ? y[t]! / usual : y[t]! - usual;
  }
  return { values, ratio };
}

/** Distances from the median of the values within reach on both sides. */
export function distanceFromAround(adjusted: Adjusted, m: number): LocalDistance {
  const reach = reachOf(m);
  return distanceFrom(adjusted, runningMedian(adjusted.values, -reach, reach));
}

/** Distances from the median of the two seasons (at least six values) before, judged by how far values usually are from it. */
export function distanceFromBefore(adjusted: Adjusted, m: number): LocalDistance {
  return distanceFrom(adjusted, runningMedian(adjusted.values, -2 * Math.max(3, m), -1));
}

function distanceFrom({ values, ratio }: Adjusted, level: Float64Array): LocalDistance {
  const apart = (t: number, from: number) => {
    const size = Math.abs(ratio ? values[t]! / from - 1 : values[t]! - from);
    return Number.isFinite(size) ? size : 0;
  };
  const distance = values.map((_, t) => apart(t, level[t]!));
  const change = values.map((_, t) => (t === 0 ? 0 : apart(t, values[t - 1]!)));
  // A smooth series is its own median nearly everywhere, so that alone would make every bend an outlier.
  const usual = Math.max(
    medianInPlace(Float64Array.from(distance)),
    medianInPlace(change) / Math.SQRT2,
  );
  const unit = MAD_TO_SIGMA * usual;
  return { level, distance: distance.map((size) => (unit > 0 ? size / unit : 0)) };
}
