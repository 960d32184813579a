import { requireFraction, requireWhole } from '../../invalid-input.ts';
import { argsort } from '../../math/argsort.ts';
import { normalHalfWidth } from '../../math/normal.ts';
import { requireProbabilities } from './scores.ts';

/** Rows with like probabilities, and what came of them. */
export interface ReliabilityRow {
  /** Least and largest probability in the group. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** Mean probability, and the share of ones with its interval (Wilson). */
  readonly predicted: number;
  readonly observed: number;
  readonly lower: number;
  readonly upper: number;
}

/** Whether probabilities mean what they say. Plain data. */
export interface Reliability {
  readonly groups: readonly ReliabilityRow[];
  /** Mean |predicted − observed|, weighted by rows; null of no rows. */
  readonly error: number | null;
}

/**
 * Compares probabilities with shares of ones, in groups of nearly equal numbers of rows.
 *
 * @param options `groups` at most, default 10 (equal probabilities are never parted); `level` of the intervals, default 0.95.
 * @throws InvalidInput (`target`, `probability`, `groups`, `level`)
 *
 * Source: Wilson (1927), JASA 22(158), for the intervals; Naeini et al. (2015), AAAI, for the error.
 */
export function reliability(
  target: Float64Array,
  probability: Float64Array,
  { groups = 10, level = 0.95 }: { readonly groups?: number; readonly level?: number } = {},
): Reliability {
  requireProbabilities(target, probability);
  requireWhole('groups', groups, 1);
  requireFraction('level', level);
  const n = target.length;
  const order = argsort(probability);
  const z = normalHalfWidth(level);
  const rows: ReliabilityRow[] = [];
  let start = 0;
  for (let group = 1; group <= groups && start < n; group++) {
    let end = Math.max(start + 1, Math.round((group * n) / groups));
    while (end < n && probability[order[end]!] === probability[order[end - 1]!]) end++;
    rows.push(summary(target, probability, order.subarray(start, end), z));
    start = end;
  }
  const gap = (row: ReliabilityRow) => (Math.abs(row.predicted - row.observed) * row.rows) / n;
  return { groups: rows, error: n === 0 ? null : rows.reduce((sum, row) => sum + gap(row), 0) };
}

function summary(
  target: Float64Array,
  probability: Float64Array,
  order: Int32Array,
  z: number,
): ReliabilityRow {
  const n = order.length;
  let ones = 0;
  let sum = 0;
  for (const i of order) {
    ones += target[i]!;
    sum += probability[i]!;
  }
  const observed = ones / n;
  const centre = (observed + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half =
    (z / (1 + (z * z) / n)) * Math.sqrt((observed * (1 - observed)) / n + (z * z) / (4 * n * n));
  return {
    from: probability[order[0]!]!,
    to: probability[order[n - 1]!]!,
    rows: n,
    predicted: sum / n,
    observed,
    lower: Math.max(0, centre - half),
    upper: Math.min(1, centre + half),
  };
}
