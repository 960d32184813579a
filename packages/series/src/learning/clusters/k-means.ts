import { requireWhole } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { type LearningWarning, learningWarning } from '../warnings.ts';
import { distinctPoints, labelsOfRows, type Points, pointsOf, squaredDistance } from './points.ts';

/** How often and how long k-means tries. */
export interface KMeansOptions {
  /** Starts, of which the best is kept; default 10. */
  readonly restarts?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Passes of a start, default 300. */
  readonly maxPasses?: number;
}

/** Rows in k groups around their means. Plain data. */
export interface KMeans {
  /** n labels 0 … k − 1, the largest group first; −1 of a row with a missing value. */
  readonly labels: Int32Array;
  /** Mean of each group: k arrays of one value for each column. */
  readonly centres: readonly Float64Array[];
  /** Rows of each group. */
  readonly sizes: readonly number[];
  /** Sum of squared distances from the centres. */
  readonly inertia: number;
  readonly warnings: readonly LearningWarning[];
}

/**
 * k-means clustering.
 *
 * @param columns arrays of n values in comparable units (`standardise`); a row with a value that is not finite is in no group.
 * @param k       whole number ≥ 1; where there are fewer different rows, there are as many groups, with a warning.
 * @throws InvalidInput (`columns`, `k`, `restarts`, `seed`, `maxPasses`)
 *
 * Cost: O(restarts · passes · n · k · columns). The same seed gives the same groups.
 * Source: Lloyd (1982); starts by Arthur & Vassilvitskii (2007), k-means++, with the best of 2 + ⌊ln k⌋ draws for each centre as
 *   in scikit-learn 1.2.1, whose sums of squares on four seeded groups are met within 1e-9.
 */
export function kMeans(
  columns: readonly Float64Array[],
  k: number,
  { restarts = 10, seed = 1, maxPasses = 300 }: KMeansOptions = {},
): KMeans {
  const points = pointsOf(columns);
  requireWhole('k', k, 1);
  requireWhole('restarts', restarts, 1);
  requireWhole('seed', seed, 0);
  requireWhole('maxPasses', maxPasses, 1);
  const distinct = distinctPoints(points);
  const groups = Math.min(k, distinct);
  const warnings = groups < k ? [learningWarning('few-distinct-rows', { distinct, k })] : [];
  const { labels, centres, inertia } = clusterPoints(
    points,
    groups,
    restarts,
    createRandom(seed),
    maxPasses,
  );
  const sizes = new Array<number>(groups).fill(0);
  for (const label of labels) sizes[label]!++;
  const order = sizes.map((_, c) => c).toSorted((a, b) => sizes[b]! - sizes[a]! || a - b);
  const place = new Int32Array(groups);
  order.forEach((c, i) => {
    place[c] = i;
  });
  const { scale, d } = points;
  return {
    labels: labelsOfRows(
      points,
      labels.map((label) => place[label]!),
      columns[0]!.length,
    ),
    centres: order.map((c) => centres.slice(c * d, (c + 1) * d).map((value) => value * scale)),
    sizes: order.map((c) => sizes[c]!),
    inertia: Math.min(Number.MAX_VALUE, inertia * scale * scale),
    warnings,
  };
}

export interface PointClusters {
  readonly labels: Int32Array;
  readonly centres: Float64Array;
  readonly inertia: number;
}

/** The best of several starts; `k` at most the number of different points. */
export function clusterPoints(
  points: Points,
  k: number,
  restarts: number,
  random: () => number,
  maxPasses = 300,
): PointClusters {
  let best = settle(points, drawCentres(points, k, random), k, maxPasses);
  for (let start = 1; start < restarts && k > 1; start++) {
    const next = settle(points, drawCentres(points, k, random), k, maxPasses);
    if (next.inertia < best.inertia) best = next;
  }
  return best;
}

/** k-means++: each centre is drawn by the squared distance from those before it. */
function drawCentres({ values, n, d }: Points, k: number, random: () => number): Float64Array {
  const centres = new Float64Array(k * d);
  if (k === 0) return centres;
  const trials = 2 + Math.floor(Math.log(k));
  const first = Math.floor(random() * n);
  centres.set(values.subarray(first * d, (first + 1) * d));
  let nearest = Float64Array.from({ length: n }, (_, i) =>
    squaredDistance(values, i * d, centres, 0, d),
  );
  let total = nearest.reduce((sum, value) => sum + value, 0);
  for (let c = 1; c < k; c++) {
    let bestTotal = Number.POSITIVE_INFINITY;
    let bestNearest = nearest;
    let best = 0;
    for (let trial = 0; trial < trials; trial++) {
      const drawn = drawByWeight(nearest, random() * total);
      const after = new Float64Array(n);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        after[i] = Math.min(nearest[i]!, squaredDistance(values, i * d, values, drawn * d, d));
        sum += after[i]!;
      }
      if (sum >= bestTotal) continue;
      bestTotal = sum;
      bestNearest = after;
      best = drawn;
    }
    centres.set(values.subarray(best * d, (best + 1) * d), c * d);
    nearest = bestNearest;
    total = bestTotal;
  }
  return centres;
}

function drawByWeight(weights: Float64Array, place: number): number {
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    last = i;
    place -= weights[i]!;
    if (place <= 0) return i;
  }
  return last;
}

/** Lloyd's passes until no label changes. A group that loses all its points takes the one farthest from its centre. */
function settle(
  { values, n, d }: Points,
  centres: Float64Array,
  k: number,
  maxPasses: number,
): PointClusters {
  const labels = new Int32Array(n).fill(-1);
  const sums = new Float64Array(k * d);
  const sizes = new Float64Array(k);
  const distances = new Float64Array(n);
  for (let pass = 0; pass < maxPasses; pass++) {
    const changed = assign();
    if (!changed) break;
    sums.fill(0);
    sizes.fill(0);
    for (let i = 0; i < n; i++) join(i, labels[i]!, 1);
    for (let c = 0; c < k; c++) if (sizes[c] === 0) revive(c);
    for (let c = 0; c < k; c++) {
      for (let j = 0; j < d; j++) centres[c * d + j] = sums[c * d + j]! / sizes[c]!;
    }
  }
  let inertia = 0;
  for (let i = 0; i < n; i++) inertia += squaredDistance(values, i * d, centres, labels[i]! * d, d);
  return { labels, centres, inertia };

  function assign(): boolean {
    let changed = false;
    for (let i = 0; i < n; i++) {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let c = 0; c < k; c++) {
        const distance = squaredDistance(values, i * d, centres, c * d, d);
        if (distance < least) {
          least = distance;
          best = c;
        }
      }
      distances[i] = least;
      if (labels[i] === best) continue;
      labels[i] = best;
      changed = true;
    }
    return changed;
  }

  function join(i: number, c: number, sign: number): void {
    sizes[c]! += sign;
    for (let j = 0; j < d; j++) sums[c * d + j]! += sign * values[i * d + j]!;
  }

  function revive(c: number): void {
    let farthest = -1;
    for (let i = 0; i < n; i++) {
      if (sizes[labels[i]!]! > 1 && (farthest < 0 || distances[i]! > distances[farthest]!))
        farthest = i;
    }
    if (farthest < 0) return;
    join(farthest, labels[farthest]!, -1);
    labels[farthest] = c;
    distances[farthest] = 0;
    join(farthest, c, 1);
  }
}
