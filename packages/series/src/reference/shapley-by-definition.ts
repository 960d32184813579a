import { answer, type Tree } from '../learning/boosting/tree.ts';

/** Shapley values of a tree's columns for a row by their definition: all subsets of k columns, so k must be small. */
export function shapleyByDefinition(tree: Tree, row: Float64Array): Float64Array {
  const k = row.length;
  const known = Array.from({ length: 2 ** k }, (_, subset) => expectation(tree, row, subset));
  const factorials = [1];
  for (let i = 1; i <= k; i++) factorials.push(i * factorials[i - 1]!);
  return Float64Array.from({ length: k }, (_, column) => {
    let value = 0;
    for (let subset = 0; subset < 2 ** k; subset++) {
      if ((subset >> column) & 1) continue;
      const size = subset.toString(2).replaceAll('0', '').length;
      const weight = (factorials[size]! * factorials[k - size - 1]!) / factorials[k]!;
      value += weight * (known[subset | (1 << column)]! - known[subset]!);
    }
    return value;
  });
}

/** What the tree says where only the columns of the subset are known. */
function expectation(tree: Tree, row: Float64Array, subset: number, node = 0): number {
  const column = tree.column[node]!;
  if (column < 0) return tree.value[node]!;
  const yes = tree.child[node]!;
  if ((subset >> column) & 1) {
    return expectation(tree, row, subset, yes + (answer(tree, node, row[column]!) ? 0 : 1));
  }
  const [a, b] = [tree.rows[yes]!, tree.rows[yes + 1]!];
  return (
    (a * expectation(tree, row, subset, yes) + b * expectation(tree, row, subset, yes + 1)) /
    (a + b)
  );
}
