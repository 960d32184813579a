import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { modelText, parseModel } from '../model-text.ts';
import { featureTable, takeRows } from '../table/feature-table.ts';
import {
  type BoostedTrees,
  boostedScores,
  classProbabilities,
  predictBoosted,
} from './boosted-trees.ts';
import { fitBoostedTrees } from './fit-boosted-trees.ts';

const random = createRandom(20261122);
const uniform = (n: number) => Float64Array.from({ length: n }, random);
const noise = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function meanSquare(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / a.length;
}

describe('boosted trees', () => {
  it('learn which way missing values go', () => {
    const x = uniform(600).map((value, i) => (i % 3 === 0 ? Number.NaN : value));
    const target = x.map((value) => (Number.isNaN(value) ? 5 : value > 0.5 ? 1 : 0));
    const model = fitBoostedTrees(featureTable([x]), target, { objective: 'squared' });
    const asked = featureTable([Float64Array.of(Number.NaN, 0.2, 0.8, Number.POSITIVE_INFINITY)]);
    const predicted = predictBoosted(model, asked);
    [5, 0, 1, 5].forEach((value, i) => {
      expect(predicted[i]).toBeCloseTo(value, 3);
    });
  });

  it('treat an unseen category like a missing one', () => {
    const category = Float64Array.from({ length: 900 }, (_, i) => [3, 70_000, 8][i % 3]!);
    const target = category.map((code) => (code === 70_000 ? 1 : 0));
    const table = featureTable([category], { categories: [0] });
    const model = fitBoostedTrees(table, target, { objective: 'squared' });
    const asked = Float64Array.of(3, 70_000, 8, 4, -1, 1.5, 1e300, Number.NaN);
    const predicted = predictBoosted(model, featureTable([asked], { categories: [0] }));
    expect([...predicted].map(Math.round)).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
    expect(predicted.every(Number.isFinite)).toBe(true);
  });

  it('keep to the directions of monotone columns', () => {
    const [a, b] = [uniform(800), uniform(800)];
    const target = a.map((value, i) => Math.sin(9 * value) + value - 2 * b[i]! + noise() / 3);
    const monotone = { x0: 1, x1: -1 } as const;
    const model = fitBoostedTrees(featureTable([a, b]), target, { objective: 'squared', monotone });
    const steps = Float64Array.from({ length: 201 }, (_, i) => i / 200);
    for (const other of [0.1, 0.4, 0.9]) {
      const fixed = new Float64Array(201).fill(other);
      const rising = predictBoosted(model, featureTable([steps, fixed]));
      const falling = predictBoosted(model, featureTable([fixed, steps]));
      for (let i = 1; i < 201; i++) {
        expect(rising[i]).toBeGreaterThanOrEqual(rising[i - 1]! - 1e-12);
        expect(falling[i]).toBeLessThanOrEqual(falling[i - 1]! + 1e-12);
      }
    }
  });

  it('stop where the last rows are predicted no better, and keep the best round', () => {
    const columns = [uniform(500), uniform(500)];
    const target = columns[0]!.map((value) => (value + noise() > 0.5 ? 1 : 0));
    const table = featureTable(columns);
    const model = fitBoostedTrees(table, target, {
      objective: 'binary',
      rounds: 400,
      earlyStopping: { share: 0.2, patience: 5 },
    });
    const { validation } = model.history!;
    const rounds = model.trees.length;
    expect(rounds).toBeLessThan(100);
    expect(validation.length).toBe(rounds + 6);
    expect(Math.min(...validation)).toBe(validation[rounds]);
    expect(model.warnings.map(({ code }) => code)).toEqual(['stopped-early']);
    // The validation rows had no part in the trees.
    const train = takeRows(
      table,
      Int32Array.from({ length: 400 }, (_, i) => i),
    );
    const again = fitBoostedTrees(train, target.slice(0, 400), { objective: 'binary', rounds });
    expect(again.trees).toEqual(model.trees);
  });

  it('give the asked quantile', () => {
    const x = uniform(4000);
    const target = x.map((value) => value * 10 + noise() * (1 + value));
    const table = featureTable([x]);
    for (const quantile of [0.1, 0.5, 0.9]) {
      const model = fitBoostedTrees(table, target, {
        objective: 'quantile',
        quantile,
        minRows: 100,
      });
      const predicted = predictBoosted(model, table);
      const below = target.reduce((sum, y, i) => sum + (y <= predicted[i]! ? 1 : 0), 0) / 4000;
      expect(Math.abs(below - quantile)).toBeLessThan(0.02);
    }
  });

  it('predict means of counts, and probabilities of classes that sum to 1', () => {
    const x = uniform(2000);
    const counts = x.map((value) => (random() < value ? 3 : 0));
    const poisson = fitBoostedTrees(featureTable([x]), counts, {
      objective: 'poisson',
      rounds: 30,
    });
    const means = predictBoosted(poisson, featureTable([Float64Array.of(0.2, 0.8)]));
    expect(means[0]).toBeCloseTo(0.6, 0);
    expect(means[1]).toBeCloseTo(2.4, 0);
    const classes = x.map((value) => Math.floor(3 * value));
    const model = fitBoostedTrees(featureTable([x]), classes, {
      objective: 'multiclass',
      rounds: 20,
    });
    const table = featureTable([Float64Array.of(0.1, 0.5, 0.9)]);
    const probabilities = classProbabilities(model, table);
    for (let i = 0; i < 3; i++) {
      expect(probabilities.reduce((sum, its) => sum + its[i]!, 0)).toBeCloseTo(1, 12);
    }
    expect([...predictBoosted(model, table)]).toEqual([0, 1, 2]);
  });

  it('are the same for the same seed, and draw rows and columns by it', () => {
    const columns = [uniform(400), uniform(400), uniform(400)];
    const target = columns[0]!.map((value, i) => value + columns[1]![i]!);
    const fit = (seed: number) =>
      fitBoostedTrees(featureTable(columns), target, {
        objective: 'squared',
        rowShare: 0.5,
        columnShare: 0.7,
        seed,
        rounds: 20,
      });
    expect(fit(3)).toEqual(fit(3));
    expect(fit(4)).not.toEqual(fit(3));
    const table = featureTable(columns);
    expect(meanSquare(predictBoosted(fit(3), table), target)).toBeLessThan(0.05);
  });

  it('survive being stored as text and being sent to a thread', () => {
    const table = featureTable([uniform(300), uniform(300).map((v) => Math.floor(4 * v))], {
      categories: [1],
    });
    const target = table.columns[0]!.map((value, i) => value + table.columns[1]![i]!);
    const model = fitBoostedTrees(table, target, { objective: 'squared' });
    expect(parseModel<BoostedTrees>(modelText(model), 'boosted-trees')).toEqual(model);
    expect(structuredClone(model)).toEqual(model);
    expect(() => parseModel('{"model":"random-forest"}', 'boosted-trees')).toThrow('boosted-trees');
    expect(() => parseModel('{', 'boosted-trees')).toThrow('JSON');
  });

  it('lower the training loss by the gains that they report', () => {
    const x = uniform(500);
    const target = x.map((value) => Math.round(4 * value));
    const model = fitBoostedTrees(featureTable([x]), target, {
      objective: 'squared',
      rounds: 1,
      learningRate: 1,
    });
    const tree = model.trees[0]!;
    const gain = tree.gain.reduce((sum, value) => sum + value, 0);
    const mean = target.reduce((sum, y) => sum + y, 0) / 500;
    const before = meanSquare(target, new Float64Array(500).fill(mean));
    const after = meanSquare(target, predictBoosted(model, featureTable([x])));
    expect(gain).toBeCloseTo((500 * (before - after)) / 2, 8);
  });
});

describe('boosted trees of odd input', () => {
  const table = featureTable([uniform(50), new Float64Array(50).fill(Number.NaN)]);

  it('say the same of all rows where there is one class or one value, with a warning', () => {
    const ones = fitBoostedTrees(table, new Float64Array(50).fill(1), { objective: 'binary' });
    expect(ones.warnings.map(({ code }) => code)).toEqual(['one-class']);
    expect(Math.min(...predictBoosted(ones, table))).toBeGreaterThan(0.999999);
    const same = fitBoostedTrees(table, new Float64Array(50).fill(7), { objective: 'squared' });
    expect(same.warnings.map(({ code }) => code)).toEqual(['constant-target']);
    expect(new Set(predictBoosted(same, table))).toEqual(new Set([7]));
  });

  it('answer without any known target, from one row, and for no row', () => {
    const none = fitBoostedTrees(table, new Float64Array(50).fill(Number.NaN), {
      objective: 'binary',
    });
    expect(none.warnings.map(({ code }) => code)).toEqual(['no-rows']);
    expect(predictBoosted(none, table).every((p) => p >= 0 && p <= 1)).toBe(true);
    const one = fitBoostedTrees(featureTable([Float64Array.of(3)]), Float64Array.of(4), {
      objective: 'squared',
    });
    expect([...predictBoosted(one, featureTable([Float64Array.of(9)]))]).toEqual([4]);
    expect(predictBoosted(one, featureTable([new Float64Array(0)])).length).toBe(0);
    const empty = fitBoostedTrees(featureTable([new Float64Array(0)]), new Float64Array(0), {
      objective: 'multiclass',
    });
    expect([...predictBoosted(empty, featureTable([Float64Array.of(1)]))]).toEqual([0]);
  });

  it('stay finite at the ends of the number range', () => {
    const x = Float64Array.from(
      { length: 60 },
      (_, i) => (i % 2 === 0 ? 1e300 : -1e300) * (1 + i / 100),
    );
    const huge = x.map((value) => value * 1.5);
    for (const objective of ['squared', 'absolute'] as const) {
      const model = fitBoostedTrees(featureTable([x]), huge, { objective });
      const predicted = predictBoosted(model, featureTable([x]));
      expect(predicted.every((value, i) => Number.isFinite(value) && value * huge[i]! > 0)).toBe(
        true,
      );
    }
    expect(() => fitBoostedTrees(featureTable([x]), huge, { objective: 'poisson' })).toThrow(
      'target',
    );
  });

  it('leave out rows without a target or weight', () => {
    const x = uniform(200);
    const target = x.map((value, i) => (i < 100 ? (value > 0.5 ? 1 : 0) : Number.NaN));
    const model = fitBoostedTrees(featureTable([x]), target, { objective: 'binary' });
    expect(model.warnings.map(({ code, values }) => [code, values.left])).toEqual([
      ['rows-left-out', 100],
    ]);
    const weights = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : 0));
    const weighted = fitBoostedTrees(
      featureTable([x]),
      target.map((y) => (Number.isNaN(y) ? 0 : y)),
      { objective: 'binary', weights },
    );
    expect(weighted.trees).toEqual(model.trees);
  });

  it('refuse what is no target, option or table of theirs', () => {
    const target = new Float64Array(50).fill(2);
    const fit =
      (options: object, y = target) =>
      () =>
        fitBoostedTrees(table, y, { objective: 'squared', ...options });
    expect(fit({ objective: 'binary' })).toThrow('target: must be 0 or 1');
    expect(
      fit(
        { objective: 'multiclass' },
        target.map(() => -1),
      ),
    ).toThrow('target: must be whole numbers');
    expect(
      fit(
        { objective: 'poisson' },
        target.map(() => -1),
      ),
    ).toThrow('target: must be from 0');
    expect(fit({ rounds: 0 })).toThrow('rounds');
    expect(fit({ learningRate: 2 })).toThrow('learningRate');
    expect(fit({ maxBins: 256 })).toThrow('maxBins');
    expect(fit({ monotone: { nobody: 1 } })).toThrow('monotone');
    expect(fit({ objective: 'quantile', quantile: 1 })).toThrow('quantile');
    expect(fit({ weights: new Float64Array(3) })).toThrow('weights');
    expect(fit({}, new Float64Array(3))).toThrow('target: must have one value for each of 50 rows');
    const model = fit({ rounds: 1 })();
    expect(() => boostedScores(model, featureTable([uniform(5)]))).toThrow(
      'column 1 is absent instead of x1',
    );
  });
});
