import { InvalidInput, requireFraction, requireWhole } from '../../invalid-input.ts';
import { studentTwoSided } from '../../math/student.ts';
import { medianDistance, medianOfSorted } from '../../stats/quantile.ts';
import { fillMissing } from '../../transform/fill-missing.ts';
import { stl } from '../../transform/stl.ts';

export interface SeasonalEsdOptions {
  /** Season length in points, ≥ 1; 1 takes no season out. */
  readonly m: number;
  /** Probability of calling anything an anomaly where there is none, default 0.05. */
  readonly alpha?: number;
  /** Largest share of the values that may be anomalies, in (0, 0.5); default 0.1. */
  readonly maxShare?: number;
}

export interface SeasonalEsd {
  /** n values: what trend and season let expect; the median where there is no season. `NaN` only where all are missing. */
  readonly expected: Float64Array;
  /** Indices of the anomalies, the most unusual first. */
  readonly anomalies: Int32Array;
}

/** Median distance of a normal law, in standard deviations. */
const NORMAL_DISTANCE = 0.6744897501960817;

/**
 * Anomalies of a whole series: the season is taken out by robust STL, and the rest is tested by the generalised ESD test with
 * median and median distance in place of mean and standard deviation (S-H-ESD).
 *
 * @param y n values; one that is not finite counts as missing and is never an anomaly.
 * @throws InvalidInput (`m`, `alpha`, `maxShare`).
 *
 * Cost: 16 passes of STL and O(n + k n) for k = maxShare · n tests at most.
 * Source: Rosner (1983), Technometrics 25(2); Hochenbaum, Vallis & Kejariwal (2017), arXiv:1704.07706. Departures: the trend
 *   is STL's, not piecewise medians; fewer than 2m + 1 values are tested without a season.
 */
export function seasonalEsd(y: Float64Array, options: SeasonalEsdOptions): SeasonalEsd {
  const { m, alpha = 0.05, maxShare = 0.1 } = options;
  requireWhole('m', m, 1);
  requireFraction('alpha', alpha);
  if (!(maxShare > 0 && maxShare < 0.5)) {
    throw new InvalidInput('maxShare', `must be a fraction between 0 and 0.5, got ${maxShare}`);
  }
  const present = [...y.keys()].filter((t) => Number.isFinite(y[t]!));
  const expected = expectedValues(y, m);
  const residual = y.map((value, t) => value / 2 - expected[t]! / 2);
  return { expected, anomalies: extremes(residual, present, alpha, maxShare) };
}

function expectedValues(y: Float64Array, m: number): Float64Array {
  const { values } = fillMissing(y, m);
  const size = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (!(size > 0)) return values;
  const scaled = values.map((value) => value / size);
  if (m === 1 || y.length < 2 * m + 1) {
    const present = scaled.filter((_, t) => Number.isFinite(y[t]!)).sort();
    return new Float64Array(y.length).fill(medianOfSorted(present) * size);
  }
  const { trend, seasonal } = stl(scaled, { m, robust: true });
  return trend.map((value, t) => clamp((value + seasonal[t]!) * size));
}

function clamp(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/** The largest number k of values, taken one by one from the outside, whose k-th is beyond the limit for its turn. */
function extremes(
  residual: Float64Array,
  present: readonly number[],
  alpha: number,
  maxShare: number,
): Int32Array {
  const n = present.length;
  const order = present.toSorted((a, b) => residual[a]! - residual[b]!);
  const sorted = Float64Array.from(order, (t) => residual[t]!);
  const size = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted[n - 1] ?? 0));
  let from = 0;
  let to = n;
  let found = 0;
  const removed: number[] = [];
  for (let turn = 1; turn <= Math.floor(maxShare * n) && n - turn >= 3; turn++) {
    const left = sorted.subarray(from, to);
    const centre = medianOfSorted(left);
    const spread = medianDistance(left, centre) / NORMAL_DISTANCE;
    const down = centre - left[0]!;
    const up = left[left.length - 1]! - centre;
    removed.push(up >= down ? order[--to]! : order[from++]!);
    // Where more than half are equal any difference is infinitely far off; rounding is none.
    const distance = Math.max(up, down) / Math.max(spread, 1e-9 * size, 1e-300);
    if (pValue(distance, n - turn + 1) < alpha) found = turn;
  }
  return Int32Array.from(removed.slice(0, found));
}

/** Bonferroni's bound on the probability that the largest of n studentised distances reaches R: Rosner's limit, solved for p. */
function pValue(distance: number, n: number): number {
  const square = distance * distance;
  const most = (n - 1) ** 2 / n;
  if (square >= most) return 0;
  const t = Math.sqrt((n * (n - 2) * square) / ((n - 1) ** 2 - n * square));
  return n * studentTwoSided(t, n - 2);
}
