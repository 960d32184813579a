import { type BoostedTrees, boostedScores } from '../learning/boosting/boosted-trees.ts';
import { fitBoostedTrees } from '../learning/boosting/fit-boosted-trees.ts';
import { fitLogistic } from '../learning/logistic/fit-logistic.ts';
import { type LogisticModel, predictLogistic } from '../learning/logistic/logistic-model.ts';
import { designColumns } from '../learning/table/design.ts';
import type { FeatureTable } from '../learning/table/feature-table.ts';

/** A logistic regression and boosted trees on the same rows. Plain data. */
export interface TwoModels {
  readonly logistic: LogisticModel;
  readonly trees: BoostedTrees;
}

/** Features say the same thing several ways: the ridge shares their weight out. Chosen on Online Retail's first half year. */
const RIDGE = 30;
/** Small trees, slowly: some thousand rows with much chance in them. */
const TREES = { rounds: 150, learningRate: 0.05, maxDepth: 3, minRows: 50 } as const;
const REASONS = 3;
/** Beyond these log-odds a logistic regression knows no more than that it is sure. */
const SUREST = 30;

export function fitTwoModels(table: FeatureTable, target: Float64Array): TwoModels {
  return {
    logistic: fitLogistic(table, target, { ridge: RIDGE }),
    trees: fitBoostedTrees(table, target, { objective: 'binary', ...TREES }),
  };
}

/** Mean of the two models' log-odds. */
export function twoModelScores({ logistic, trees }: TwoModels, table: FeatureTable): Float64Array {
  const [ofTrees] = boostedScores(trees, table);
  return predictLogistic(logistic, table).map((p, i) => {
    const odds = Math.log(p / (1 - p));
    return (Math.max(-SUREST, Math.min(SUREST, odds)) + ofTrees![i]!) / 2;
  });
}

/** For each row the features that moved the logistic regression's log-odds most from those of the mean row. */
export function twoModelReasons({ logistic }: TwoModels, table: FeatureTable) {
  const columns = designColumns(logistic.design, table);
  const n = columns[0]?.length ?? 0;
  const parts = columns.map((values, k) => {
    const mean = values.reduce((a, b) => a + b, 0) / n;
    return values.map((value) => logistic.coefficients[k]!.value * (value - mean));
  });
  return Array.from({ length: n }, (_, i) =>
    logistic.design
      .map(({ name }, k) => ({ feature: name, contribution: parts[k]![i]! }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
      .slice(0, REASONS),
  );
}
