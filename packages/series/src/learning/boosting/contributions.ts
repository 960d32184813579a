import { InvalidInput, requireWhole } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import type { RandomForest } from '../forest/random-forest.ts';
import {
  type FeatureTable,
  requireSameColumns,
  requireTable,
  rowCount,
} from '../table/feature-table.ts';
import { binnedCategories } from './bins.ts';
import { type BoostedTrees, treesOf } from './boosted-trees.ts';
import { createTreeShap, treeMean } from './tree-shap.ts';

/** Why rows got their scores: `base` plus a row's contributions is its score. Plain data. */
export interface Contributions {
  /** Mean score of the training rows. */
  readonly base: number;
  /** k arrays of n values, in the unit of scores (log-odds of `binary`; see `boostedScores`). */
  readonly columns: readonly Float64Array[];
}

/**
 * Contribution of every column to the score of every row: Shapley values, exact for trees (TreeSHAP).
 *
 * @param output the class of `multiclass`; default 0.
 * @throws InvalidInput (`table`, `output`)
 *
 * Cost: O(n · trees · leaves · depth²). Precision: contributions add up to the score within some 1e-12 of its size.
 * Source: Lundberg, Erion & Lee (2018), with the rows of training as background (“path-dependent”).
 */
export function treeContributions(
  model: BoostedTrees | RandomForest,
  table: FeatureTable,
  output = 0,
): Contributions {
  requireSameColumns(model.names, table);
  requireWhole('output', output, 0, model.outputs - 1);
  const columns = binnedCategories(model.codes, table.columns);
  const trees = treesOf(model, output);
  // Of a forest the mean of the trees, of boosting their sum.
  const factor = model.model === 'random-forest' ? 1 / Math.max(1, trees.length) : model.scale;
  const base =
    model.base[output]! * (model.model === 'random-forest' ? 1 : factor) +
    factor * trees.reduce((sum, tree) => sum + treeMean(tree), 0);
  const n = rowCount(table);
  const result = columns.map(() => new Float64Array(n));
  const row = new Float64Array(columns.length);
  const own = new Float64Array(columns.length);
  for (const tree of trees) {
    const add = createTreeShap(tree);
    for (let r = 0; r < n; r++) {
      for (let k = 0; k < row.length; k++) row[k] = columns[k]![r]!;
      own.fill(0);
      add(row, own);
      for (let k = 0; k < row.length; k++) result[k]![r]! += factor * own[k]!;
    }
  }
  return { base, columns: result };
}

/** What a column did for a model. */
export interface ColumnImportance {
  readonly name: string;
  /** Fall of the training loss by its questions, as a share of all columns' fall. */
  readonly gain: number;
  /** Questions about it, as a share of all questions. */
  readonly splits: number;
}

/**
 * How much the trees of a model made of each column, over the whole training: the share of all gain in the objective, and of all
 * questions. Quick and known to favour columns of many values; `permutationImportance` asks the data instead.
 *
 * @returns one entry a column, the most gainful first; shares add up to 1, and are 0 where there was no question.
 *
 * Cost: O(nodes). Source: Breiman, Friedman, Olshen & Stone (1984), section 5.3, by gain as in Friedman (2001).
 */
export function treeImportance(model: BoostedTrees | RandomForest): readonly ColumnImportance[] {
  const gains = new Float64Array(model.names.length);
  const splits = new Float64Array(model.names.length);
  for (const { column, gain } of model.trees) {
    for (let i = 0; i < column.length; i++) {
      if (column[i]! < 0) continue;
      gains[column[i]!]! += gain[i]!;
      splits[column[i]!]!++;
    }
  }
  const share = (values: Float64Array, k: number) => {
    const total = values.reduce((sum, value) => sum + value, 0);
    return total > 0 ? values[k]! / total : 0;
  };
  return model.names
    .map((name, k) => ({ name, gain: share(gains, k), splits: share(splits, k) }))
    .toSorted((a, b) => b.gain - a.gain);
}

/** How much worse a score gets when one column is shuffled. */
export interface PermutationImportance {
  readonly name: string;
  /** Mean fall of the score over the repeats, and its standard deviation. */
  readonly mean: number;
  readonly deviation: number;
}

/**
 * What each column is worth to any model: the fall of a score when its values are shuffled among the rows.
 *
 * @param score of a table, higher is better: say, `areaUnderCurve` of a model's predictions on rows it was not trained on.
 * @param options `repeats` shuffles of each column, default 5; `seed`, default 1.
 * @throws InvalidInput (`columns`, `names`, `repeats`, `score`)
 *
 * Cost: 1 + k · repeats scores. Source: Breiman (2001), Machine Learning 45(1). Columns that say the same hide each other.
 */
export function permutationImportance(
  table: FeatureTable,
  score: (table: FeatureTable) => number,
  { repeats = 5, seed = 1 }: { readonly repeats?: number; readonly seed?: number } = {},
): readonly PermutationImportance[] {
  requireTable(table);
  requireWhole('repeats', repeats, 1);
  const full = score(table);
  if (!Number.isFinite(full)) throw new InvalidInput('score', `must give a number, got ${full}`);
  const random = createRandom(seed);
  return table.names
    .map((name, k) => {
      const falls = Float64Array.from({ length: repeats }, () => {
        const shuffled = shuffle(table.columns[k]!, random);
        return full - score({ ...table, columns: table.columns.with(k, shuffled) });
      });
      const mean = falls.reduce((sum, fall) => sum + fall, 0) / repeats;
      const squares = falls.reduce((sum, fall) => sum + (fall - mean) ** 2, 0);
      return { name, mean, deviation: repeats > 1 ? Math.sqrt(squares / (repeats - 1)) : 0 };
    })
    .toSorted((a, b) => b.mean - a.mean);
}

function shuffle(values: Float64Array, random: () => number): Float64Array {
  const shuffled = values.slice();
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const value = shuffled[i]!;
    shuffled[i] = shuffled[j]!;
    shuffled[j] = value;
  }
  return shuffled;
}
