import {
  type ColumnKind,
  type FeatureTable,
  requireSameColumns,
  rowCount,
} from '../table/feature-table.ts';
import type { LearningWarning } from '../warnings.ts';
import { binnedCategories } from './bins.ts';
import { logSum, type Objective } from './losses.ts';
import { addTrees, type Tree } from './tree.ts';

/** A fitted model. Plain data: can be stored (`modelText`) and sent between threads. */
export interface BoostedTrees {
  readonly model: 'boosted-trees';
  readonly objective: Objective;
  readonly names: readonly string[];
  readonly kinds: readonly ColumnKind[];
  /** Category codes by bin of each column; null of quantities. */
  readonly codes: readonly (Float64Array | null)[];
  /** Scores of a row: 1, or one for each class of `multiclass`. */
  readonly outputs: number;
  /** Score of each output before any tree. */
  readonly base: Float64Array;
  /** What scores are multiplied with to be values, where the target was too large to be squared; else 1. */
  readonly scale: number;
  /** Round after round, in each a tree for each output. */
  readonly trees: readonly Tree[];
  /** With early stopping: mean loss before the first and after each round tried, those not kept included. */
  readonly history: { readonly training: Float64Array; readonly validation: Float64Array } | null;
  readonly warnings: readonly LearningWarning[];
}

/**
 * Raw scores of rows, before they become predictions: log-odds of `binary`, logarithms of the mean of `poisson`, values of the
 * regressions.
 *
 * @param table n rows with the columns of the training, in their order; missing values go the way that the training found best.
 * @returns one array of n scores; of `multiclass` one for each class, whose softmax is `classProbabilities`.
 * @throws InvalidInput (`table`) when its columns are not those of the training.
 *
 * Cost: O(n · trees · depth).
 */
export function boostedScores(model: BoostedTrees, table: FeatureTable): readonly Float64Array[] {
  requireSameColumns(model.names, table);
  const columns = binnedCategories(model.codes, table.columns);
  return Array.from(model.base, (base, output) => {
    const scores = new Float64Array(rowCount(table)).fill(base);
    addTrees(treesOf(model, output), columns, scores);
    return scores;
  });
}

/** The trees of one output, in the order of growing. */
export function treesOf(
  { trees, outputs }: Pick<BoostedTrees, 'trees' | 'outputs'>,
  output: number,
) {
  return outputs === 1 ? trees : trees.filter((_, i) => i % outputs === output);
}

/**
 * Predictions for rows: the probability of class 1 (`binary`), the expected count (`poisson`), the value (other
 * regressions), or the most probable class (`multiclass`).
 *
 * @param table columns as trained on; missing values and unseen categories are allowed. An empty table gives an empty array.
 * @returns n values, all finite.
 * @throws InvalidInput (`table`) when its columns are not those of the training.
 *
 * Cost: O(n · trees · depth).
 */
export function predictBoosted(model: BoostedTrees, table: FeatureTable): Float64Array {
  if (model.objective === 'multiclass') return mostProbable(classProbabilities(model, table));
  const [scores] = boostedScores(model, table);
  switch (model.objective) {
    case 'binary':
      return scores!.map((score) => 1 / (1 + Math.exp(-score)));
    case 'poisson':
      return scores!.map((score) => Math.min(Number.MAX_VALUE, Math.exp(score)));
    default:
      return scores!.map((score) => score * model.scale);
  }
}

/**
 * Probabilities of the classes.
 *
 * @param table n rows, as for `predictBoosted`.
 * @returns one array of n for each class, summing to 1 in each row: classes 0 and 1 of `binary`, all of `multiclass`. Empty of a
 *   regression.
 * @throws InvalidInput (`table`) as `predictBoosted`.
 */
export function classProbabilities(
  model: BoostedTrees,
  table: FeatureTable,
): readonly Float64Array[] {
  if (model.objective === 'binary') {
    const one = predictBoosted(model, table);
    return [one.map((p) => 1 - p), one];
  }
  if (model.objective !== 'multiclass') return [];
  const scores = boostedScores(model, table);
  const sums = Float64Array.from({ length: rowCount(table) }, (_, i) => logSum(scores, i));
  return scores.map((its) => its.map((score, i) => Math.exp(score - sums[i]!)));
}

export function mostProbable(probabilities: readonly Float64Array[]): Float64Array {
  return (probabilities[0] ?? new Float64Array(0)).map((_, i) => {
    let best = 0;
    for (let c = 1; c < probabilities.length; c++) {
      if (probabilities[c]![i]! > probabilities[best]![i]!) best = c;
    }
    return best;
  });
}
