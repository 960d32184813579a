/**
 * Churn on the Telco sample by five folds; the figures of ten are those of bench/learn.ts. The data may not be passed on with this library; the comparison runs where the
 * reference folder is at hand (KIZASHI_REFERENCE, or `../shared/reference` beside the repository).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { predictBoosted } from './boosting/boosted-trees.ts';
import { fitBoostedTrees } from './boosting/fit-boosted-trees.ts';
import { fitLogistic } from './logistic/fit-logistic.ts';
import { predictLogistic } from './logistic/logistic-model.ts';
import { areaUnderCurve } from './probability/scores.ts';
import { type FeatureTable, takeRows } from './table/feature-table.ts';
import { encodeClasses, encodeRecords, inferSchema } from './table/schema.ts';
import { stratifiedFolds } from './validation/folds.ts';
import { leakageReport } from './validation/leakage.ts';

const root =
  process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../../../../shared/reference');
const folder = join(root, 'forecast/customers');
const present = existsSync(folder);
if (!present) console.info(`skipped: comparisons on Telco need the reference data (${folder})`);

function telco() {
  const [head, ...lines] = readFileSync(join(folder, 'telco_churn.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = head!.split(',');
  const records = lines.map((text) =>
    Object.fromEntries(text.split(',').map((cell, i) => [names[i]!, cell])),
  );
  const schema = inferSchema(records, ['customerID', 'Churn']);
  return {
    table: encodeRecords(records, schema),
    target: encodeClasses(records.map(({ Churn }) => Churn)).target,
  };
}

// Seconds of processor time: minutes on a machine that does much else.
describe.skipIf(!present)('churn on Telco', { timeout: 180_000 }, () => {
  const { table, target } = present ? telco() : { table: null!, target: null! };
  const folds = present ? stratifiedFolds(target, { folds: 5 }) : [];

  function auc(learn: (train: FeatureTable, y: Float64Array, test: FeatureTable) => Float64Array) {
    const p = new Float64Array(target.length);
    for (const { train, test } of folds) {
      const y = Float64Array.from(train, (i) => target[i]!);
      learn(takeRows(table, train), y, takeRows(table, test)).forEach((value, i) => {
        p[test[i]!] = value;
      });
    }
    return areaUnderCurve(target, p).auc!;
  }

  it('is told as well by logistic regression as by scikit-learn (AUC .845)', () => {
    const found = auc((train, y, test) =>
      predictLogistic(fitLogistic(train, y, { ridge: 1 }), test),
    );
    expect(found).toBeGreaterThan(0.8445);
    expect(found).toBeLessThan(0.8465);
  });

  it('is told by many small boosted trees as well as by the peer’s (AUC .8485)', () => {
    const found = auc((train, y, test) => {
      const options = {
        objective: 'binary',
        rounds: 400,
        learningRate: 0.02,
        maxLeaves: 4,
      } as const;
      const model = fitBoostedTrees(train, y, { ...options, rowShare: 0.5, columnShare: 0.3 });
      return predictBoosted(model, test);
    });
    expect(found).toBeGreaterThan(0.8485);
  });

  it('has no column that looks like leakage', () => {
    expect(leakageReport(table, target).warnings).toEqual([]);
  });
});
