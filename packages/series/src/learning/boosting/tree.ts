/** Words of one half of a set: bins of categories are below 256. */
export const SET_WORDS = 8;

/**
 * One decision tree over columns whose categories are given by bin (`binnedCategories`). Plain data. Node 0 is the root; node i asks about `column[i]` and goes on at `child[i]` (yes) or
 * `child[i] + 1` (no); a leaf has column −1.
 */
export interface Tree {
  readonly column: Int32Array;
  /** Of a question about a quantity: yes means value ≤ threshold. */
  readonly threshold: Float64Array;
  readonly child: Int32Array;
  /** 1 where a missing value, or a category that training did not see there, means yes. */
  readonly missing: Uint8Array;
  /** Of a question about a category: where its set begins in `sets`; −1 of one about a quantity. */
  readonly set: Int32Array;
  /** A set is SET_WORDS words of 32 bins that mean yes, then as many that tell which bins training saw there. */
  readonly sets: Uint32Array;
  /** What a row that ends here adds to the score; of an inner node what it would add if the tree ended there. */
  readonly value: Float64Array;
  /** How much the training loss fell by the question; 0 of a leaf. */
  readonly gain: Float64Array;
  /** Training rows that came by. */
  readonly rows: Float64Array;
}

/** The answer of an inner node to a value: true is yes. */
export function answer(tree: Tree, node: number, value: number): boolean {
  const set = tree.set[node]!;
  if (set >= 0) return setAnswer(tree, node, set, value);
  // A missing value is NaN or infinite here, so it is told from a value by the difference with itself.
  return value - value === 0 ? value <= tree.threshold[node]! : tree.missing[node] === 1;
}

function setAnswer(tree: Tree, node: number, set: number, bin: number): boolean {
  const bit = 1 << (bin & 31);
  // NaN for a missing one: no word, no bit.
  const word = set + (bin >> 5);
  if (!(bin >= 0) || (tree.sets[word + SET_WORDS]! & bit) === 0) return tree.missing[node] === 1;
  return (tree.sets[word]! & bit) !== 0;
}

/** The leaf that a row ends in. */
export function leafOf(tree: Tree, row: Float64Array): number {
  const { column, threshold, child, set } = tree;
  let node = 0;
  for (let k = column[0]!; k >= 0; k = column[node]!) {
    const value = row[k]!;
    const yes =
      set[node]! < 0 && value - value === 0 ? value <= threshold[node]! : answer(tree, node, value);
    node = child[node]! + (yes ? 0 : 1);
  }
  return node;
}

/**
 * Adds what trees say about every row to its score.
 *
 * @param trees   as grown from these columns.
 * @param columns k arrays of n values, categories by bin. @param scores n values, added to.
 *
 * Cost: O(n · trees · depth).
 */
export function addTrees(
  trees: readonly Tree[],
  columns: readonly Float64Array[],
  scores: Float64Array,
): void {
  const row = new Float64Array(columns.length);
  for (let r = 0; r < scores.length; r++) {
    for (let k = 0; k < row.length; k++) row[k] = columns[k]![r]!;
    let sum = scores[r]!;
    for (const tree of trees) sum += tree.value[leafOf(tree, row)]!;
    scores[r] = sum;
  }
}
