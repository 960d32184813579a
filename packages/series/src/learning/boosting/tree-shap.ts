import { answer, type Tree } from './tree.ts';

/**
 * What each column of a row contributes to what a tree says, by Shapley's values: a column that is not asked counts as unknown,
 * and the row then goes both ways in proportion to the training rows. They add up to the tree's value for the row less its mean
 * over the training rows.
 *
 * @returns adds the contributions of a row to an array of one value for each column.
 *
 * Cost of a row: O(leaves · depth²). Source: Lundberg, Erion & Lee (2018), arXiv 1802.03888, algorithm 2.
 * Checked by: reference/shapley-by-definition.ts, which goes through all subsets of columns.
 */
export function createTreeShap(
  tree: Tree,
): (row: Float64Array, contributions: Float64Array) => void {
  const depth = depthOf(tree) + 2;
  // Paths of all depths one behind the other: a path of length l is written from l(l + 1)/2 on.
  const size = (depth * (depth + 3)) / 2;
  const columns = new Int32Array(size);
  const zeros = new Float64Array(size);
  const ones = new Float64Array(size);
  const weights = new Float64Array(size);

  /** Splits the weights of subsets by one more column: it is in a subset with `one`, outside with `zero`. */
  function extend(at: number, length: number, zero: number, one: number, column: number): void {
    columns[at + length] = column;
    zeros[at + length] = zero;
    ones[at + length] = one;
    weights[at + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      weights[at + i + 1]! += (one * weights[at + i]! * (i + 1)) / (length + 1);
      weights[at + i] = (zero * weights[at + i]! * (length - i)) / (length + 1);
    }
  }

  /** Undoes `extend` for the column at place `i` of a path with last place `length`. */
  function unwind(at: number, length: number, i: number): void {
    const one = ones[at + i]!;
    const zero = zeros[at + i]!;
    let next = weights[at + length]!;
    for (let j = length - 1; j >= 0; j--) {
      if (one !== 0) {
        const weight = weights[at + j]!;
        weights[at + j] = (next * (length + 1)) / ((j + 1) * one);
        next = weight - (weights[at + j]! * zero * (length - j)) / (length + 1);
      } else {
        weights[at + j] = (weights[at + j]! * (length + 1)) / (zero * (length - j));
      }
    }
    for (let j = i; j < length; j++) {
      columns[at + j] = columns[at + j + 1]!;
      zeros[at + j] = zeros[at + j + 1]!;
      ones[at + j] = ones[at + j + 1]!;
    }
  }

  /** Sum of the weights after `unwind`, without doing it. */
  function unwoundSum(at: number, length: number, i: number): number {
    const one = ones[at + i]!;
    const zero = zeros[at + i]!;
    let next = weights[at + length]!;
    let sum = 0;
    for (let j = length - 1; j >= 0; j--) {
      if (one !== 0) {
        const weight = (next * (length + 1)) / ((j + 1) * one);
        sum += weight;
        next = weights[at + j]! - weight * zero * ((length - j) / (length + 1));
      } else {
        sum += weights[at + j]! / (zero * ((length - j) / (length + 1)));
      }
    }
    return sum;
  }

  let row: Float64Array = new Float64Array(0);
  let contributions: Float64Array = row;

  function visit(
    node: number,
    from: number,
    before: number,
    zero: number,
    one: number,
    column: number,
  ): void {
    let length = before;
    const at = from + length;
    for (let i = 0; i < length; i++) {
      columns[at + i] = columns[from + i]!;
      zeros[at + i] = zeros[from + i]!;
      ones[at + i] = ones[from + i]!;
      weights[at + i] = weights[from + i]!;
    }
    extend(at, length, zero, one, column);
    const asked = tree.column[node]!;
    if (asked < 0) {
      for (let i = 1; i <= length; i++) {
        const weight = unwoundSum(at, length, i);
        contributions[columns[at + i]!]! +=
          weight * (ones[at + i]! - zeros[at + i]!) * tree.value[node]!;
      }
      return;
    }
    let oneBefore = 1;
    let zeroBefore = 1;
    for (let i = 1; i <= length; i++) {
      if (columns[at + i] !== asked) continue;
      oneBefore = ones[at + i]!;
      zeroBefore = zeros[at + i]!;
      unwind(at, length, i);
      length--;
      break;
    }
    const yes = tree.child[node]!;
    const hot = yes + (answer(tree, node, row[asked]!) ? 0 : 1);
    const cold = 2 * yes + 1 - hot;
    const rows = tree.rows[node]!;
    visit(hot, at, length + 1, (tree.rows[hot]! / rows) * zeroBefore, oneBefore, asked);
    visit(cold, at, length + 1, (tree.rows[cold]! / rows) * zeroBefore, 0, asked);
  }

  return (itsRow, out) => {
    row = itsRow;
    contributions = out;
    visit(0, 0, 0, 1, 1, -1);
  };
}

/** Mean of what a tree says over its training rows. */
export function treeMean(tree: Tree): number {
  let sum = 0;
  for (let i = 0; i < tree.column.length; i++) {
    if (tree.column[i]! < 0) sum += tree.value[i]! * (tree.rows[i]! / tree.rows[0]!);
  }
  return sum;
}

function depthOf(tree: Tree): number {
  const depths = new Int32Array(tree.column.length);
  let deepest = 0;
  for (let i = 0; i < depths.length; i++) {
    if (tree.column[i]! < 0) continue;
    const below = depths[i]! + 1;
    depths[tree.child[i]!] = below;
    depths[tree.child[i]! + 1] = below;
    if (below > deepest) deepest = below;
  }
  return deepest;
}
