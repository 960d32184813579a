import { InvalidInput } from '../../invalid-input.ts';
import { type Points, pointsOf, squaredDistance } from './points.ts';

/**
 * Silhouettes: how much nearer each row is to its own group than to the next one.
 *
 * @param columns as clustered. @param labels n labels ≥ 0; a negative one is no group.
 * @returns n values from −1 (in the wrong group) to 1 (in a group far from others); 0 of a row alone in its group; `NaN` of a
 *   row in no group, and of all where there is one group only.
 * @throws InvalidInput (`columns`, `labels`)
 *
 * Cost: O(n² · columns). Source: Rousseeuw (1987), J. Comput. Appl. Math. 20. Compare: scikit-learn 1.2.1, equal to 1e-12.
 */
export function silhouettes(columns: readonly Float64Array[], labels: Int32Array): Float64Array {
  const points = pointsOf(columns);
  if (labels.length !== columns[0]!.length) {
    throw new InvalidInput(
      'labels',
      `must be one for each of ${columns[0]!.length} rows, got ${labels.length}`,
    );
  }
  const result = new Float64Array(labels.length).fill(Number.NaN);
  pointSilhouettes(
    points,
    points.rows.map((row) => labels[row]!),
  ).forEach((value, i) => {
    result[points.rows[i]!] = value;
  });
  return result;
}

export function pointSilhouettes({ values, n, d }: Points, labels: Int32Array): Float64Array {
  const k = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const sizes = new Int32Array(k);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  const result = new Float64Array(n).fill(Number.NaN);
  if (sizes.filter((size) => size > 0).length < 2) return result;
  const sums = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    const own = labels[i]!;
    if (own < 0) continue;
    sums.fill(0);
    for (let j = 0; j < n; j++) {
      if (labels[j]! >= 0)
        sums[labels[j]!]! += Math.sqrt(squaredDistance(values, i * d, values, j * d, d));
    }
    let next = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++)
      if (c !== own && sizes[c]! > 0) next = Math.min(next, sums[c]! / sizes[c]!);
    const within = sizes[own]! > 1 ? sums[own]! / (sizes[own]! - 1) : 0;
    const most = Math.max(within, next);
    result[i] = sizes[own] === 1 || most === 0 ? 0 : (next - within) / most;
  }
  return result;
}

/**
 * Mean of the silhouettes that are there: how well separated the groups are as a whole. About 0.5 and above is clear, near 0
 * none.
 *
 * @param values of `silhouettes`; `NaN` is left out.
 * @returns −1 to 1; null of none.
 */
export function meanSilhouette(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
