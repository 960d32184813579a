import { requireWhole } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { type LearningWarning, learningWarning } from '../warnings.ts';
import { cutTree, joinPoints, type Linkage } from './agglomerate.ts';
import { clusterPoints } from './k-means.ts';
import { distinctPoints, type Points, pointsOf, samplePoints, squaredDistance } from './points.ts';
import { meanSilhouette, pointSilhouettes } from './silhouette.ts';

/** How the number of groups is looked for. */
export interface ChooseClustersOptions {
  /** Default `k-means`. */
  readonly method?: 'k-means' | Linkage;
  /** Largest number tried, default 10. */
  readonly maxK?: number;
  /** Sets without groups that the gap is measured against, default 20. */
  readonly references?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Told the share of the work done, in (0, 1]. */
  readonly onProgress?: (done: number) => void;
}

/** How well k groups describe the rows. */
export interface ClusterCount {
  readonly k: number;
  /** Mean silhouette; null at k = 1. */
  readonly silhouette: number | null;
  /** How much tighter the groups are than in rows without groups (log), and its standard error. */
  readonly gap: number;
  readonly gapError: number;
}

/** How many groups, and what every number of them was worth. Plain data. */
export interface ClusterChoice {
  readonly k: number;
  readonly counts: readonly ClusterCount[];
  readonly warnings: readonly LearningWarning[];
}

/** Rows that both measures are taken on: their cost grows with the square, or with the number of references. */
const SAMPLE = 1_000;
const SAMPLE_OF_TREES = 300;
const STARTS = 3;
/** Standard errors by which several groups must beat one: two, because every number of groups gets its chance. */
const CLEARLY = 2;

/**
 * How many groups there are: the gap statistic says whether there are any (one group where a single one describes the rows as
 * well as several), and the mean silhouette says how many.
 *
 * @param columns arrays of n values in comparable units (`standardise`); rows with a missing value are left out.
 * @returns k = 1 for rows that are all equal, for fewer than 3, and where there are no groups, with a warning.
 * @throws InvalidInput (`columns`, `maxK`, `references`, `seed`)
 *
 * Cost: that of (references + 1) · maxK clusterings of at most 1,000 rows (300 for trees), which are drawn with the seed.
 * Source: Tibshirani, Walther & Hastie (2001), JRSS B 63(2), with references drawn evenly over each column's range (their form
 *   a): columns that hang together may look like groups to it. Departure: one group is compared with every other number, not with
 *   two groups only, which are no better than one where there are three. Rousseeuw (1987) for silhouettes.
 */
export function chooseClusters(
  columns: readonly Float64Array[],
  options: ChooseClustersOptions = {},
): ClusterChoice {
  const { method = 'k-means', maxK = 10, references = 20, seed = 1, onProgress } = options;
  requireWhole('maxK', maxK, 1);
  requireWhole('references', references, 1);
  requireWhole('seed', seed, 0);
  const all = pointsOf(columns);
  const random = createRandom(seed);
  const points = samplePoints(all, method === 'k-means' ? SAMPLE : SAMPLE_OF_TREES, random);
  const distinct = distinctPoints(points);
  const warnings: LearningWarning[] =
    points.n < all.n ? [learningWarning('sampled', { sample: points.n, n: all.n })] : [];
  // A group for each row fits perfectly and says nothing.
  const most = Math.max(1, Math.min(maxK, distinct < points.n ? distinct : distinct - 1));
  if (most === 1) {
    if (maxK > 1) warnings.push(learningWarning('few-distinct-rows', { distinct, k: maxK }));
    return { k: 1, counts: [{ k: 1, silhouette: null, gap: 0, gapError: 0 }], warnings };
  }
  const labels = labelsByCount(points, method, most, random);
  const spread = labels.map((its) => logSpread(points, its));
  const without = Array.from({ length: references }, (_, i) => {
    onProgress?.((i + 1) / (references + 1));
    const reference = evenPoints(points, random);
    return labelsByCount(reference, method, most, random).map((its) => logSpread(reference, its));
  });
  const counts = labels.map((its, i): ClusterCount => {
    const mean = without.reduce((sum, logs) => sum + logs[i]!, 0) / references;
    const square = without.reduce((sum, logs) => sum + (logs[i]! - mean) ** 2, 0) / references;
    return {
      k: i + 1,
      silhouette: i === 0 ? null : meanSilhouette(pointSilhouettes(points, its)),
      gap: mean - spread[i]!,
      gapError: Math.sqrt(square * (1 + 1 / references)),
    };
  });
  onProgress?.(1);
  const [one] = counts;
  if (!counts.some(({ gap, gapError }) => gap - CLEARLY * gapError > one!.gap)) {
    warnings.push(learningWarning('no-clusters', { gap: one!.gap }));
    return { k: 1, counts, warnings };
  }
  const best = counts
    .slice(1)
    .reduce((a, b) => ((b.silhouette ?? -1) > (a.silhouette ?? -1) ? b : a));
  return { k: best.k, counts, warnings };
}

/** Labels of the points in 1, 2 … `most` groups. */
function labelsByCount(
  points: Points,
  method: 'k-means' | Linkage,
  most: number,
  random: () => number,
): readonly Int32Array[] {
  if (method !== 'k-means') {
    const own = { ...points, rows: Int32Array.from({ length: points.n }, (_, i) => i) };
    const tree = joinPoints(own, method, points.n);
    return Array.from({ length: most }, (_, i) => cutTree(tree, i + 1));
  }
  return Array.from(
    { length: most },
    (_, i) => clusterPoints(points, i + 1, STARTS, random).labels,
  );
}

/** Log of the sum of squared distances from the means of the groups. */
function logSpread({ values, n, d }: Points, labels: Int32Array): number {
  const k = labels.reduce((largest, label) => Math.max(largest, label + 1), 0);
  const means = new Float64Array(k * d);
  const sizes = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    sizes[labels[i]!]!++;
    for (let j = 0; j < d; j++) means[labels[i]! * d + j]! += values[i * d + j]!;
  }
  for (let c = 0; c < k; c++)
    for (let j = 0; j < d; j++) means[c * d + j]! /= Math.max(1, sizes[c]!);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += squaredDistance(values, i * d, means, labels[i]! * d, d);
  return Math.log(Math.max(sum, 1e-300));
}

/** As many points, drawn evenly over the range of each column. */
function evenPoints(points: Points, random: () => number): Points {
  const { values, n, d } = points;
  const even = new Float64Array(n * d);
  for (let j = 0; j < d; j++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      low = Math.min(low, values[i * d + j]!);
      high = Math.max(high, values[i * d + j]!);
    }
    for (let i = 0; i < n; i++) even[i * d + j] = low + random() * (high - low);
  }
  return { ...points, values: even };
}
