import { InvalidInput, requireWhole, show } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { safeScale } from '../../math/safe-scale.ts';
import { binnedCategories } from '../boosting/bins.ts';
import { mostProbable, treesOf } from '../boosting/boosted-trees.ts';
import { createTreeGrower, type TreeGrower } from '../boosting/grow-tree.ts';
import { lossFor } from '../boosting/losses.ts';
import { addTrees, leafOf, type Tree } from '../boosting/tree.ts';
import { knownRows } from '../known-target.ts';
import {
  type ColumnKind,
  type FeatureTable,
  requireSameColumns,
  rowCount,
} from '../table/feature-table.ts';
import { type LearningWarning, learningWarning } from '../warnings.ts';

/** How a forest is grown; only the objective must be chosen. */
export interface ForestOptions {
  /** `binary` and `multiclass` as of boosted trees; `squared` is the mean of a regression. */
  readonly objective: 'binary' | 'multiclass' | 'squared';
  /** Default 300. */
  readonly trees?: number;
  /** Columns drawn for each question; default √k of classes and k/3 of a regression, rounded up. */
  readonly columnsPerSplit?: number;
  /** Distinct rows of a leaf, default 5. */
  readonly minRows?: number;
  /** Questions from the root to a leaf; default no limit. */
  readonly maxDepth?: number;
  /** Bins of a column, 2 to 255; default 255. */
  readonly maxBins?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** A grown forest. Plain data: can be stored (`modelText`) and sent between threads. */
export interface RandomForest {
  readonly model: 'random-forest';
  readonly objective: ForestOptions['objective'];
  readonly names: readonly string[];
  readonly kinds: readonly ColumnKind[];
  /** Category codes by bin of each column; null of quantities. */
  readonly codes: readonly (Float64Array | null)[];
  readonly outputs: number;
  /** Added to the mean of the trees. */
  readonly base: Float64Array;
  /** Tree after tree, for each a tree of each output. */
  readonly trees: readonly Tree[];
  /**
   * For each output n predictions of the training rows by the trees that did not see them: an honest test without a test set.
   * `NaN` where every tree saw the row or its target is missing.
   */
  readonly outOfBag: readonly Float64Array[];
  readonly warnings: readonly LearningWarning[];
}

/**
 * Random forest: trees grown on bootstrap samples, with columns drawn anew for each question, and averaged.
 *
 * @param table, target as of `fitBoostedTrees`.
 * @returns a forest for every input; without rows or with one class it says the same of all rows, and warns.
 * @throws InvalidInput for options out of range and a target that is not of the objective's kind.
 *
 * Cost: O(trees · outputs · n · k · depth). The same seed gives the same forest.
 * Source: Breiman (2001), Machine Learning 45(1), 5–32. Departures: quantities are in at most 255 bins; of several classes
 *   each has trees of its own on the same samples, and their shares are brought to a sum of 1.
 */
export function fitRandomForest(
  table: FeatureTable,
  target: Float64Array,
  options: ForestOptions,
): RandomForest {
  const known = knownRows(table, target);
  const {
    objective,
    trees: count = 300,
    maxDepth = Number.POSITIVE_INFINITY,
    minRows = 5,
    maxBins = 255,
    seed = 1,
  } = options;
  const k = table.columns.length;
  const usual = Math.ceil(objective === 'squared' ? k / 3 : Math.sqrt(k));
  const columnsPerSplit = options.columnsPerSplit ?? usual;
  requireWhole('trees', count, 1, 100_000);
  requireWhole('columnsPerSplit', columnsPerSplit, 1, k);
  requireWhole('minRows', minRows, 1);
  requireWhole('maxBins', maxBins, 2, 255);
  requireWhole('seed', seed, 0);
  if (maxDepth !== Number.POSITIVE_INFINITY) requireWhole('maxDepth', maxDepth, 1);
  if (!['binary', 'multiclass', 'squared'].includes(objective)) {
    throw new InvalidInput(
      'objective',
      `must be binary, multiclass or squared, got ${show(objective)}`,
    );
  }
  const n = rowCount(known.table);
  const { outputs } = lossFor(objective, known.target, 0.5);
  const shares = objective === 'multiclass' ? outputs : 1;
  const targets = Array.from({ length: shares }, (_, c) =>
    shares === 1 ? known.target : known.target.map((y) => (y === c ? 1 : 0)),
  );
  const scale = safeScale(known.target.reduce((most, y) => Math.max(most, Math.abs(y)), 0));
  const random = createRandom(seed);
  const grower = createTreeGrower(known.table.columns, table.kinds, {
    maxLeaves: Number.POSITIVE_INFINITY,
    maxDepth,
    minRows,
    minCurvature: 0.5,
    ridge: 0,
    minGain: 0,
    maxBins,
    monotone: null,
    columnsPerSplit,
    random,
  });
  const codes = grower.bins.map((bins) => (bins.kind === 'category' ? bins.codes : null));
  const bag = createBag(n, shares, binnedCategories(codes, known.table.columns));
  const trees: Tree[] = [];
  for (let round = 0; n > 0 && round < count; round++) {
    const draws = bag.draw(random);
    for (let c = 0; c < shares; c++) {
      const tree = growOnDraws(grower, draws, targets[c]!, scale);
      trees.push(tree);
      bag.judge(tree, c);
    }
  }
  const one = n > 0 && known.target.every((y) => y === known.target[0]);
  return {
    model: 'random-forest',
    objective,
    names: table.names,
    kinds: table.kinds,
    codes,
    outputs: shares,
    base: new Float64Array(shares),
    trees,
    outOfBag: bag.predictions(known.rows, target.length),
    warnings: one
      ? [
          ...known.warnings,
          learningWarning(objective === 'squared' ? 'constant-target' : 'one-class'),
        ]
      : known.warnings,
  };
}

/** A tree of means: with the residual from 0 as gradient and the draws as curvature, the Newton step is the mean. */
function growOnDraws(
  grower: TreeGrower,
  draws: Uint16Array,
  target: Float64Array,
  scale: number,
): Tree {
  const { rows, pairs } = grower.memory;
  let count = 0;
  for (let i = 0; i < draws.length; i++) {
    const times = draws[i]!;
    if (times > 0) rows[count++] = i;
    pairs[2 * i] = -times * (target[i]! / scale);
    pairs[2 * i + 1] = times;
  }
  return grower.grow(count, scale).tree;
}

/** Which rows a tree was grown from, and what the others' trees said of a row. */
function createBag(n: number, outputs: number, columns: readonly Float64Array[]) {
  const draws = new Uint16Array(n);
  const sums = Array.from({ length: outputs }, () => new Float64Array(n));
  const trees = new Int32Array(n);
  const row = new Float64Array(columns.length);
  return {
    draw(random: () => number): Uint16Array {
      draws.fill(0);
      for (let i = 0; i < n; i++) draws[Math.floor(random() * n)]!++;
      for (let i = 0; i < n; i++) if (draws[i] === 0) trees[i]!++;
      return draws;
    },
    judge(tree: Tree, output: number): void {
      for (let i = 0; i < n; i++) {
        if (draws[i] !== 0) continue;
        for (let k = 0; k < row.length; k++) row[k] = columns[k]![i]!;
        sums[output]![i]! += tree.value[leafOf(tree, row)]!;
      }
    },
    predictions(rows: Int32Array | null, all: number): readonly Float64Array[] {
      return shared(
        sums.map((sum) => {
          const means = new Float64Array(all).fill(Number.NaN);
          for (let i = 0; i < n; i++)
            if (trees[i]! > 0) means[rows?.[i] ?? i] = sum[i]! / trees[i]!;
          return means;
        }),
      );
    },
  };
}

/** Shares of several classes brought to a sum of 1. */
function shared(means: readonly Float64Array[]): readonly Float64Array[] {
  if (means.length === 1) return means;
  const totals = means[0]!.map((_, i) => means.reduce((sum, its) => sum + its[i]!, 0));
  // A row of total 0 is one that no tree says anything of; NaN stays NaN.
  return means.map((its) =>
    its.map((share, i) => (totals[i] === 0 ? 1 / means.length : share / totals[i]!)),
  );
}

/**
 * What a forest says of rows: the probability of class 1 (`binary`), the most probable class (`multiclass`), or the mean.
 *
 * @param table n rows with the columns of the training; missing values go the way that the training found best.
 * @returns n values, all finite; without trees 0.5, class 0 or 0.
 * @throws InvalidInput (`table`) when its columns are not those of the training.
 *
 * Cost: O(n · trees · depth).
 */
export function predictForest(model: RandomForest, table: FeatureTable): Float64Array {
  return model.objective === 'multiclass'
    ? mostProbable(forestProbabilities(model, table))
    : means(model, table)[0]!;
}

/**
 * Probabilities of the classes: the mean over the trees of the classes' shares in the leaf of a row.
 *
 * @param table n rows with the columns of the training.
 * @returns one array of n for each class, summing to 1 in each row (alike without trees); empty of a regression.
 * @throws InvalidInput (`table`) when its columns are not those of the training.
 *
 * Cost: O(n · trees · depth). Shares of few trees are coarse: calibrate them where they are read as probabilities.
 */
export function forestProbabilities(
  model: RandomForest,
  table: FeatureTable,
): readonly Float64Array[] {
  if (model.objective === 'squared') return [];
  const shares = means(model, table);
  return model.objective === 'binary' ? [shares[0]!.map((p) => 1 - p), shares[0]!] : shares;
}

function means(model: RandomForest, table: FeatureTable): readonly Float64Array[] {
  requireSameColumns(model.names, table);
  const columns = binnedCategories(model.codes, table.columns);
  const sums = Array.from({ length: model.outputs }, (_, c) => {
    const sum = new Float64Array(rowCount(table));
    const trees = treesOf(model, c);
    if (trees.length === 0)
      return sum.fill(model.objective === 'squared' ? 0 : 1 / Math.max(2, model.outputs));
    addTrees(trees, columns, sum);
    return sum.map((value) => value / trees.length);
  });
  return shared(sums);
}
