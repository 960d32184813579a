import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { modelText, parseModel } from '../model-text.ts';
import { featureTable } from '../table/feature-table.ts';
import {
  fitRandomForest,
  forestProbabilities,
  predictForest,
  type RandomForest,
} from './random-forest.ts';

const random = createRandom(9);
const n = 600;
const columns = Array.from({ length: 5 }, () => Float64Array.from({ length: n }, random));
const table = featureTable(columns);
const sum = columns[0]!.map((x, i) => x + columns[1]![i]!);

describe('a random forest', () => {
  it('tells by the rows that trees did not see how good it is', () => {
    const target = sum.map((value) => (value > 1 ? 1 : 0));
    const forest = fitRandomForest(table, target, { objective: 'binary', trees: 100 });
    const wrong = (predicted: Float64Array, truth: Float64Array) =>
      predicted.reduce((count, p, i) => count + (Math.round(p) === truth[i] ? 0 : 1), 0) /
      truth.length;
    const outside = featureTable(columns.map(() => Float64Array.from({ length: n }, random)));
    const truth = outside.columns[0]!.map((x, i) => (x + outside.columns[1]![i]! > 1 ? 1 : 0));
    const honest = wrong(forest.outOfBag[0]!, target);
    expect(honest).toBeLessThan(0.12);
    expect(Math.abs(honest - wrong(predictForest(forest, outside), truth))).toBeLessThan(0.04);
    expect(wrong(predictForest(forest, table), target)).toBeLessThan(honest);
  });

  it('predicts several classes with probabilities that sum to 1', () => {
    const target = sum.map((value) => Math.floor(1.5 * value));
    const forest = fitRandomForest(table, target, { objective: 'multiclass', trees: 40 });
    const probabilities = forestProbabilities(forest, table);
    expect(probabilities.length).toBe(3);
    for (let i = 0; i < n; i++) {
      expect(probabilities.reduce((total, its) => total + its[i]!, 0)).toBeCloseTo(1, 12);
    }
    const right = predictForest(forest, table).reduce(
      (count, c, i) => count + (c === target[i] ? 1 : 0),
      0,
    );
    expect(right / n).toBeGreaterThan(0.9);
  });

  it('predicts means within the range of the target', () => {
    const forest = fitRandomForest(table, sum, { objective: 'squared', trees: 50 });
    const predicted = predictForest(forest, table);
    expect(Math.max(...predicted)).toBeLessThanOrEqual(Math.max(...sum));
    const error = predicted.reduce((total, value, i) => total + (value - sum[i]!) ** 2, 0) / n;
    expect(error).toBeLessThan(0.01);
  });

  it('is the same for the same seed and survives being stored', () => {
    const fit = (seed: number) =>
      fitRandomForest(table, sum, { objective: 'squared', trees: 5, seed });
    expect(fit(2)).toEqual(fit(2));
    expect(fit(3)).not.toEqual(fit(2));
    expect(parseModel<RandomForest>(modelText(fit(2)), 'random-forest')).toEqual(fit(2));
  });

  it('answers for one class, no known target and one row', () => {
    const ones = fitRandomForest(table, new Float64Array(n).fill(1), {
      objective: 'binary',
      trees: 3,
    });
    expect(ones.warnings.map(({ code }) => code)).toEqual(['one-class']);
    expect(new Set(predictForest(ones, table))).toEqual(new Set([1]));
    const none = fitRandomForest(table, new Float64Array(n).fill(Number.NaN), {
      objective: 'binary',
      trees: 3,
    });
    expect(new Set(predictForest(none, table))).toEqual(new Set([0.5]));
    const one = fitRandomForest(featureTable([Float64Array.of(1)]), Float64Array.of(1e300), {
      objective: 'squared',
      trees: 3,
    });
    expect(predictForest(one, featureTable([Float64Array.of(Number.NaN)]))[0]! / 1e300).toBeCloseTo(
      1,
      12,
    );
    expect(() => fitRandomForest(table, sum, { objective: 'squared', columnsPerSplit: 6 })).toThrow(
      'columnsPerSplit',
    );
  });
});
