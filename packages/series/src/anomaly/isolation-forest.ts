import { InvalidInput, requireWhole } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';

export interface IsolationForestOptions {
  /** Number of trees, default 100. */
  readonly trees?: number;
  /** Rows a tree is grown from, drawn without replacement; all where there are fewer. Default 256. */
  readonly sampleSize?: number;
  /** Seed of the random numbers, default 1. */
  readonly seed?: number;
}

/** A grown forest; plain data, so that it can be stored and sent between threads. */
export interface IsolationForest {
  readonly columns: number;
  readonly trees: readonly IsolationTree[];
  /** Mean path length in a tree of this many rows: the unit of depth. */
  readonly unit: number;
}

/** Node i splits by `column[i]` at `threshold[i]` and continues at `child[i]` or `child[i] + 1`; a leaf has column −1. */
interface IsolationTree {
  readonly column: Int32Array;
  /** Of a leaf: the path length to it, with what its rows would have needed further. */
  readonly threshold: Float64Array;
  readonly child: Int32Array;
}

/**
 * Grows an isolation forest: trees that split at random until rows stand alone. What stands alone early is unusual.
 *
 * @param columns k ≥ 1 arrays of n values; a row with a value that is not finite is left out.
 * @throws InvalidInput (`columns`, `trees`, `sampleSize`)
 *
 * Cost: O(trees · sampleSize · log sampleSize). The same seed gives the same forest.
 * Source: Liu, Ting & Zhou (2008), ICDM, algorithms 1 and 2. Compare: scikit-learn 1.2.1 `IsolationForest`, from which single
 *   forests differ as much as its own forests of other seeds do.
 */
export function growIsolationForest(
  columns: readonly Float64Array[],
  { trees = 100, sampleSize = 256, seed = 1 }: IsolationForestOptions = {},
): IsolationForest {
  requireWhole('trees', trees, 1);
  requireWhole('sampleSize', sampleSize, 1);
  requireSameLength(columns);
  const rows = completeRows(columns);
  const size = Math.min(sampleSize, rows.length);
  const random = createRandom(seed);
  const deepest = Math.ceil(Math.log2(Math.max(size, 2)));
  return {
    columns: columns.length,
    unit: meanPathLength(size),
    trees: Array.from({ length: trees }, () => {
      drawToFront(rows, size, random);
      return growTree(columns, rows.slice(0, size), deepest, random);
    }),
  };
}

/**
 * Scores of rows: near 1 unusual, about 0.5 usual, below it very usual.
 *
 * @param columns as many arrays as the forest was grown from, n values each.
 * @returns n scores in (0, 1]; `NaN` for rows with a missing value and where the forest was grown from no row.
 * @throws InvalidInput (`columns`)
 *
 * Cost: O(n · trees · log sampleSize).
 */
export function isolationScores(
  forest: IsolationForest,
  columns: readonly Float64Array[],
): Float64Array {
  requireSameLength(columns);
  if (columns.length !== forest.columns) {
    throw new InvalidInput('columns', `must be ${forest.columns}, got ${columns.length}`);
  }
  const n = columns[0]!.length;
  const scores = new Float64Array(n).fill(Number.NaN);
  if (!(forest.unit > 0)) return forest.unit === 0 ? markComplete(columns, scores) : scores;
  const row = new Float64Array(columns.length);
  for (const t of completeRows(columns)) {
    for (let k = 0; k < columns.length; k++) row[k] = columns[k]![t]!;
    let depth = 0;
    for (const tree of forest.trees) depth += pathLength(tree, row);
    scores[t] = 2 ** (-depth / (forest.trees.length * forest.unit));
  }
  return scores;
}

/** Grown from a single row, every row is as usual as any other. */
function markComplete(columns: readonly Float64Array[], scores: Float64Array): Float64Array {
  for (const t of completeRows(columns)) scores[t] = 0.5;
  return scores;
}

function pathLength({ column, threshold, child }: IsolationTree, row: Float64Array): number {
  let node = 0;
  for (let k = column[0]!; k >= 0; k = column[node]!) {
    node = child[node]! + (row[k]! <= threshold[node]! ? 0 : 1);
  }
  return threshold[node]!;
}

function requireSameLength(columns: readonly Float64Array[]): void {
  if (columns.length === 0) throw new InvalidInput('columns', 'must hold at least one array');
  const n = columns[0]!.length;
  const odd = columns.find((column) => column.length !== n);
  if (odd !== undefined) {
    throw new InvalidInput('columns', `must have the same length, got ${n} and ${odd.length}`);
  }
}

function completeRows(columns: readonly Float64Array[]): Int32Array {
  const n = columns[0]!.length;
  const rows = new Int32Array(n);
  let count = 0;
  for (let t = 0; t < n; t++) {
    if (columns.every((column) => Number.isFinite(column[t]!))) rows[count++] = t;
  }
  return rows.slice(0, count);
}

/** Swaps `size` rows drawn without replacement to the front. */
function drawToFront(rows: Int32Array, size: number, random: () => number): void {
  for (let i = 0; i < size; i++) {
    const other = i + Math.floor(random() * (rows.length - i));
    const row = rows[i]!;
    rows[i] = rows[other]!;
    rows[other] = row;
  }
}

/** Mean depth of an unsuccessful search in a binary tree of n rows; `NaN` of none. */
function meanPathLength(n: number): number {
  if (n < 1) return Number.NaN;
  if (n === 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n;
}

function growTree(
  columns: readonly Float64Array[],
  rows: Int32Array,
  deepest: number,
  random: () => number,
): IsolationTree {
  const column: number[] = [];
  const threshold: number[] = [];
  const child: number[] = [];
  const order = columns.map((_, k) => k);
  const grow = (node: number, from: number, to: number, depth: number): void => {
    const split =
      depth < deepest && to - from > 1 ? drawSplit(columns, rows, from, to, order, random) : null;
    if (split === null) {
      column[node] = -1;
      threshold[node] = depth + (to > from ? meanPathLength(to - from) : 0);
      child[node] = 0;
      return;
    }
    const middle = partition(columns[split.column]!, rows, from, to, split.threshold);
    const children = column.length;
    column[node] = split.column;
    threshold[node] = split.threshold;
    child[node] = children;
    column.push(-1, -1);
    threshold.push(0, 0);
    child.push(0, 0);
    grow(children, from, middle, depth + 1);
    grow(children + 1, middle, to, depth + 1);
  };
  column.push(-1);
  grow(0, 0, rows.length, 0);
  return {
    column: Int32Array.from(column),
    threshold: Float64Array.from(threshold),
    child: Int32Array.from(child),
  };
}

/** A column drawn among those that differ in these rows, and a place drawn evenly within its range; null of equal rows. */
function drawSplit(
  columns: readonly Float64Array[],
  rows: Int32Array,
  from: number,
  to: number,
  order: number[],
  random: () => number,
): { column: number; threshold: number } | null {
  for (let left = order.length; left > 0; left--) {
    const place = Math.floor(random() * left);
    const k = order[place]!;
    order[place] = order[left - 1]!;
    order[left - 1] = k;
    const values = columns[k]!;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = from; i < to; i++) {
      const value = values[rows[i]!]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (min === max) continue;
    const share = random();
    const threshold = min * (1 - share) + max * share;
    // Rounding may reach the largest value: the split would leave nothing on its right.
    return { column: k, threshold: threshold < max && threshold >= min ? threshold : min };
  }
  return null;
}

/** Moves the rows up to the threshold to the front; returns the first place behind them. */
function partition(
  values: Float64Array,
  rows: Int32Array,
  from: number,
  to: number,
  threshold: number,
): number {
  let middle = from;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    if (values[row]! > threshold) continue;
    rows[i] = rows[middle]!;
    rows[middle++] = row;
  }
  return middle;
}
