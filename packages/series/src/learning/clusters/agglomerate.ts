import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { labelsOfRows, type Points, pointsOf, squaredDistance } from './points.ts';

/** How far apart two groups are: by their nearest rows, farthest rows, all pairs on average, or the loss of Ward. */
export type Linkage = 'single' | 'complete' | 'average' | 'ward';

const LINKAGES: readonly Linkage[] = ['single', 'complete', 'average', 'ward'];

/** All distances are held: 6,000 rows need 144 MB. */
const MOST_ROWS = 6_000;

/** Rows joined two by two until one group is left. Plain data. */
export interface ClusterTree {
  /** n rows were given; those with a missing value are in no group. */
  readonly length: number;
  /** Row of each of the m leaves. */
  readonly rows: Int32Array;
  /**
   * Merge i joins groups 2i and 2i + 1 of this list of 2(m − 1) into group m + i; groups below m are leaves. Heights do not fall.
   */
  readonly merges: Int32Array;
  /** m − 1 distances at which they join, in the unit of the columns. */
  readonly heights: Float64Array;
}

/**
 * Agglomerative clustering.
 *
 * @param columns arrays of n values in comparable units (`standardise`); a row with a value that is not finite is in no group.
 * @throws InvalidInput (`columns`, `linkage`), and for more than 6,000 rows.
 *
 * Cost: O(m² · columns) time, 4 · m² bytes. Source: nearest-neighbour chain, Murtagh (1983), Computer Journal 26(4), with the
 *   updates of Lance & Williams (1967); Ward's heights as of Ward2, Murtagh & Legendre (2014).
 * Compare: SciPy 1.10.1 `cluster.hierarchy.linkage`, heights equal to 1e-10.
 */
export function agglomerate(
  columns: readonly Float64Array[],
  linkage: Linkage = 'ward',
): ClusterTree {
  const points = pointsOf(columns);
  if (!LINKAGES.includes(linkage)) {
    throw new InvalidInput(
      'linkage',
      `must be one of ${LINKAGES.join(', ')}, got ${show(linkage)}`,
    );
  }
  if (points.n > MOST_ROWS) {
    throw new InvalidInput(
      'columns',
      `must hold at most ${MOST_ROWS} rows for this method, got ${points.n}; use kMeans`,
    );
  }
  return joinPoints(points, linkage, columns[0]!.length);
}

export function joinPoints(points: Points, linkage: Linkage, length: number): ClusterTree {
  const { n, scale, rows } = points;
  const distances = pairDistances(points, linkage);
  const sizes = new Float64Array(n).fill(1);
  const joined: { a: number; b: number; height: number }[] = [];
  const chain: number[] = [];
  const alive = new Uint8Array(n).fill(1);
  let firstAlive = 0;
  while (joined.length < n - 1) {
    if (chain.length === 0) {
      while (alive[firstAlive] === 0) firstAlive++;
      chain.push(firstAlive);
    }
    const top = chain.at(-1)!;
    const before = chain.at(-2) ?? -1;
    let nearest = before;
    let least = before < 0 ? Number.POSITIVE_INFINITY : distances[pairAt(top, before)]!;
    for (let other = 0; other < n; other++) {
      if (alive[other] === 0 || other === top) continue;
      const distance = distances[pairAt(top, other)]!;
      if (distance < least) {
        least = distance;
        nearest = other;
      }
    }
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    joined.push({ a: top, b: before, height: least });
    merge(Math.min(top, before), Math.max(top, before), least);
  }
  return {
    length,
    rows,
    ...inOrder(joined, n, linkage === 'ward' ? (h) => Math.sqrt(h) * scale : (h) => h * scale),
  };

  /** The larger place takes the group, the smaller one ends. */
  function merge(gone: number, kept: number, between: number): void {
    const [m, l] = [sizes[gone]!, sizes[kept]!];
    alive[gone] = 0;
    for (let other = 0; other < n; other++) {
      if (alive[other] === 0 || other === kept) continue;
      const at = pairAt(kept, other);
      distances[at] = updated(
        linkage,
        distances[pairAt(gone, other)]!,
        distances[at]!,
        between,
        m,
        l,
        sizes[other]!,
      );
    }
    sizes[kept] = m + l;
  }
}

/** Place of a pair in the triangle of distances. */
function pairAt(a: number, b: number): number {
  return a > b ? (a * (a - 1)) / 2 + b : (b * (b - 1)) / 2 + a;
}

/** Distances, of Ward squared ones. */
function pairDistances({ values, n, d }: Points, linkage: Linkage): Float64Array {
  const distances = new Float64Array((n * (n - 1)) / 2);
  for (let a = 1, at = 0; a < n; a++) {
    for (let b = 0; b < a; b++, at++) {
      const square = squaredDistance(values, a * d, values, b * d, d);
      distances[at] = linkage === 'ward' ? square : Math.sqrt(square);
    }
  }
  return distances;
}

function updated(
  linkage: Linkage,
  a: number,
  b: number,
  between: number,
  m: number,
  l: number,
  other: number,
): number {
  switch (linkage) {
    case 'single':
      return Math.min(a, b);
    case 'complete':
      return Math.max(a, b);
    case 'average':
      return (m * a + l * b) / (m + l);
    case 'ward':
      // Never negative but for rounding.
      return Math.max(0, ((m + other) * a + (l + other) * b - other * between) / (m + l + other));
  }
}

/** Merges by height, with groups numbered in that order; a chain finds them in another. */
function inOrder(
  joined: readonly { a: number; b: number; height: number }[],
  n: number,
  heightOf: (height: number) => number,
) {
  const order = joined
    .map((_, i) => i)
    .toSorted((a, b) => joined[a]!.height - joined[b]!.height || a - b);
  const parent = Int32Array.from({ length: Math.max(0, 2 * n - 1) }, (_, i) => i);
  const top = (leaf: number) => {
    let at = leaf;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const merges = new Int32Array(2 * joined.length);
  const heights = new Float64Array(joined.length);
  order.forEach((which, i) => {
    const { a, b, height } = joined[which]!;
    const [left, right] = [top(a), top(b)];
    merges[2 * i] = Math.min(left, right);
    merges[2 * i + 1] = Math.max(left, right);
    heights[i] = heightOf(height);
    parent[left] = n + i;
    parent[right] = n + i;
  });
  return { merges, heights };
}

/**
 * The k groups that a tree has before its last k − 1 merges.
 *
 * @param tree of `agglomerate`, n rows.
 * @param k    whole number ≥ 1; at most one group a row.
 * @returns n labels 0, 1 …, the largest group first; −1 of rows with a missing value.
 * @throws InvalidInput (`k`)
 *
 * Cost: O(n log n).
 */
export function cutTree(tree: ClusterTree, k: number): Int32Array {
  requireWhole('k', k, 1);
  const { rows, merges, length } = tree;
  const n = rows.length;
  const keep = Math.max(0, n - k);
  const groupOf = Int32Array.from({ length: n + keep }, (_, i) => i);
  // From the last merge kept down to the leaves: children take the group of their parent.
  for (let i = keep - 1; i >= 0; i--) {
    groupOf[merges[2 * i]!] = groupOf[n + i]!;
    groupOf[merges[2 * i + 1]!] = groupOf[n + i]!;
  }
  return labelsOfRows({ rows } as Points, bySize(groupOf.subarray(0, n)), length);
}

/** Labels numbered by size, the largest first; of equal ones the first to appear. */
function bySize(groups: Int32Array): Int32Array {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = new Map(
    [...sizes].toSorted(([, a], [, b]) => b - a).map(([group], i) => [group, i]),
  );
  return groups.map((group) => order.get(group)!);
}
