import { describe, expect, it } from 'vitest';
import { doubles, learningPeers } from '../../testing/learning-peers.ts';
import { type FeatureTable, featureTable } from '../table/feature-table.ts';
import { classProbabilities, predictBoosted } from './boosted-trees.ts';
import type { BoostingOptions } from './boosting-options.ts';
import { fitBoostedTrees } from './fit-boosted-trees.ts';

const { columns, runs } = learningPeers.boosting;
const quantities = featureTable(columns.slice(0, 3).map(doubles));
const uneven = doubles(columns[1]!).map((x) => 0.5 + x / 5);
const all = featureTable(columns.map(doubles), { categories: [3] });

function predictions(run: string, table: FeatureTable, options: BoostingOptions) {
  const target = doubles(runs[run]!.target);
  const model = fitBoostedTrees(table, target, { rounds: 20, minRows: 15, ...options });
  return options.objective === 'binary' || options.objective === 'multiclass'
    ? classProbabilities(model, table)
    : [predictBoosted(model, table)];
}

/** Largest difference of any prediction from the peer's. */
function distance(name: string, ours: readonly Float64Array[]): number {
  const theirs = runs[name]!.predicted;
  return Math.max(
    ...ours.map((values, c) =>
      values.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[c]![i]!)), 0),
    ),
  );
}

describe('boosted trees beside scikit-learn 1.2.1, whose gradients are single precision', () => {
  for (const objective of ['binary', 'multiclass', 'squared', 'absolute', 'poisson'] as const) {
    it(`predict the same with the objective ${objective}`, () => {
      const weights = objective === 'multiclass' ? { weights: uneven } : {};
      const ours = predictions(objective, quantities, { objective, ...weights });
      expect(distance(objective, ours)).toBeLessThan(1e-5);
    });
  }

  it('predict the same quantile', () => {
    const ours = predictions('quantile', quantities, {
      objective: 'quantile',
      quantile: 0.75,
      rounds: 1,
    });
    expect(distance('quantile', ours)).toBeLessThan(1e-5);
  });

  it('predict the same from categories', () => {
    const ours = predictions('categories', all, { objective: 'squared', rounds: 4 });
    expect(distance('categories', ours)).toBeLessThan(1e-7);
  });
});
