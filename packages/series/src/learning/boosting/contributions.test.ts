import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { shapleyByDefinition } from '../../reference/shapley-by-definition.ts';
import { fitRandomForest, predictForest } from '../forest/random-forest.ts';
import { featureTable } from '../table/feature-table.ts';
import { boostedScores, predictBoosted } from './boosted-trees.ts';
import { permutationImportance, treeContributions, treeImportance } from './contributions.ts';
import { fitBoostedTrees } from './fit-boosted-trees.ts';
import { createTreeShap } from './tree-shap.ts';

const random = createRandom(5);
const n = 300;
const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: n }, random));
columns.push(Float64Array.from({ length: n }, () => Math.floor(5 * random())));
for (let i = 0; i < n; i += 7) columns[1]![i] = Number.NaN;
const table = featureTable(columns, { categories: [4] });
const effect = [0, 2, -1, 1, 3];
const target = columns[0]!.map(
  (x, i) => 3 * x + (columns[1]![i]! > 0.5 ? 2 : 0) * columns[2]![i]! + effect[columns[4]![i]!]!,
);

describe('contributions of columns', () => {
  it('are the Shapley values of the definition', () => {
    const { trees } = fitBoostedTrees(table, target, {
      objective: 'squared',
      rounds: 5,
      minRows: 5,
    });
    const row = new Float64Array(5);
    for (const tree of trees) {
      const add = createTreeShap(tree);
      for (let i = 0; i < n; i += 29) {
        for (let k = 0; k < 5; k++) row[k] = columns[k]![i]!;
        const fast = new Float64Array(5);
        add(row, fast);
        const slow = shapleyByDefinition(tree, row);
        for (let k = 0; k < 5; k++) expect(fast[k]).toBeCloseTo(slow[k]!, 12);
      }
    }
  });

  it('add up to the score, and are 0 for a column that says nothing', () => {
    const model = fitBoostedTrees(
      table,
      target.map((y) => (y > 4 ? 1 : 0)),
      { objective: 'binary' },
    );
    const { base, columns: parts } = treeContributions(model, table);
    const [scores] = boostedScores(model, table);
    scores!.forEach((score, i) => {
      expect(parts.reduce((sum, its) => sum + its[i]!, base)).toBeCloseTo(score, 9);
    });
    const unused = fitBoostedTrees(featureTable([columns[0]!, new Float64Array(n)]), target, {
      objective: 'squared',
    });
    const without = treeContributions(unused, featureTable([columns[0]!, new Float64Array(n)]));
    expect(without.columns[1]!.every((value) => value === 0)).toBe(true);
  });

  it('of a forest add up to its mean', () => {
    const forest = fitRandomForest(table, target, { objective: 'squared', trees: 20 });
    const { base, columns: parts } = treeContributions(forest, table);
    predictForest(forest, table).forEach((mean, i) => {
      expect(parts.reduce((sum, its) => sum + its[i]!, base)).toBeCloseTo(mean, 9);
    });
  });

  it('refuse an output that the model has not', () => {
    const model = fitBoostedTrees(table, target, { objective: 'squared', rounds: 1 });
    expect(() => treeContributions(model, table, 1)).toThrow('output');
  });
});

describe('importance of columns', () => {
  const model = fitBoostedTrees(table, target, { objective: 'squared' });

  it('by gain and splits sums to 1 and puts the useless column last', () => {
    const importance = treeImportance(model);
    expect(importance.at(-1)!.name).toBe('x3');
    expect(importance.reduce((sum, { gain }) => sum + gain, 0)).toBeCloseTo(1, 12);
    expect(importance.reduce((sum, { splits }) => sum + splits, 0)).toBeCloseTo(1, 12);
  });

  it('by shuffling agrees, is seeded, and leaves the table as it was', () => {
    const before = columns.map((column) => column.slice());
    const score = (asked: typeof table) =>
      -predictBoosted(model, asked).reduce((sum, value, i) => sum + (value - target[i]!) ** 2, 0);
    const importance = permutationImportance(table, score, { seed: 2 });
    expect(importance.at(-1)!.name).toBe('x3');
    expect(importance[0]!.mean).toBeGreaterThan(10 * importance[0]!.deviation);
    expect(permutationImportance(table, score, { seed: 2 })).toEqual(importance);
    expect(columns).toEqual(before);
    expect(() => permutationImportance(table, () => Number.NaN)).toThrow('score');
  });
});
