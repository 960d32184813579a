import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { doubles, learningPeers } from '../../testing/learning-peers.ts';
import { modelText, parseModel } from '../model-text.ts';
import { standardise } from '../table/design.ts';
import { featureTable } from '../table/feature-table.ts';
import { fitLogistic } from './fit-logistic.ts';
import { type LogisticModel, predictLogistic } from './logistic-model.ts';

const { columns, target: peerTarget, plain, ridge, lasso } = learningPeers.logistic;
const table = featureTable(columns.map(doubles), { names: ['a', 'b', 'c'] });
const target = doubles(peerTarget);
const random = createRandom(4);
const uniform = (n: number) => Float64Array.from({ length: n }, random);
const codes = ({ warnings }: LogisticModel) => warnings.map(({ code }) => code);

describe('logistic regression', () => {
  it('gives the coefficients, errors, intervals and p-values of statsmodels 0.13.5', () => {
    const model = fitLogistic(table, target);
    expect(model.status).toBe('ok');
    [model.intercept, ...model.coefficients].forEach((coefficient, k) => {
      expect(coefficient.value).toBeCloseTo(plain.coefficients[k]!, 8);
      expect(coefficient.error).toBeCloseTo(plain.errors[k]!, 8);
      expect(coefficient.lower).toBeCloseTo(plain.intervals[k]![0], 6);
      expect(coefficient.upper).toBeCloseTo(plain.intervals[k]![1], 6);
      expect(coefficient.p).toBeCloseTo(plain.p[k]!, 8);
    });
    expect(model.logLikelihood).toBeCloseTo(plain.logLikelihood, 9);
    expect(model.nullLogLikelihood).toBeCloseTo(plain.nullLogLikelihood, 7);
  });

  it('gives the penalised coefficients of scikit-learn 1.2.1', () => {
    const standard = featureTable(standardise(table.columns).columns);
    for (const { ridge: penalty, coefficients } of ridge) {
      const model = fitLogistic(standard, target, { ridge: penalty });
      [model.intercept, ...model.coefficients].forEach(({ value }, k) => {
        expect(value).toBeCloseTo(coefficients[k]!, 5);
      });
    }
    for (const { lasso: penalty, coefficients } of lasso) {
      const model = fitLogistic(standard, target, { lasso: penalty });
      [model.intercept, ...model.coefficients].forEach(({ value, error }, k) => {
        expect(value).toBeCloseTo(coefficients[k]!, 5);
        expect(error).toBeNull();
      });
    }
  });

  it('makes coefficients exactly 0 under a large lasso, and small under a large ridge', () => {
    const all = fitLogistic(table, target, { lasso: 1000 });
    expect(all.coefficients.map(({ value }) => value)).toEqual([0, 0, 0]);
    const [first] = fitLogistic(table, target, { ridge: 1e6 }).coefficients;
    expect(Math.abs(first!.value)).toBeLessThan(1e-3);
  });

  it('counts a row of weight 2 as two rows', () => {
    const twice = featureTable(
      table.columns.map((values) => Float64Array.of(...values, ...values.subarray(0, 50))),
      { names: table.names },
    );
    const both = fitLogistic(twice, Float64Array.of(...target, ...target.subarray(0, 50)));
    const weights = target.map((_, i) => (i < 50 ? 2 : 1));
    const weighted = fitLogistic(table, target, { weights });
    both.coefficients.forEach(({ value, error }, k) => {
      expect(weighted.coefficients[k]!.value).toBeCloseTo(value, 8);
      expect(weighted.coefficients[k]!.error).toBeCloseTo(error!, 8);
    });
  });

  it('does not depend on the units of columns', () => {
    const scaled = featureTable([
      table.columns[0]!.map((x) => 1e12 * x + 5e12),
      table.columns[1]!,
      table.columns[2]!,
    ]);
    const expected = predictLogistic(fitLogistic(table, target), table);
    predictLogistic(fitLogistic(scaled, target), scaled).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i]!, 7);
    });
  });

  it('says which columns separate the classes, fully or nearly, and stays finite', () => {
    const x = Float64Array.from({ length: 40 }, (_, i) => i);
    const other = uniform(40);
    const split = x.map((value) => (value < 20 ? 0 : 1));
    const full = fitLogistic(featureTable([x, other], { names: ['x', 'other'] }), split);
    expect(full.status).toBe('separated');
    expect(full.warnings[0]!.columns).toEqual(['x']);
    expect(full.coefficients[0]!.error).toBeNull();
    // One category has class 1 only: its coefficient grows without bound while the others have an answer.
    const category = Float64Array.from({ length: 90 }, (_, i) => i % 3);
    const quasi = category.map((code) => (code === 2 ? 1 : random() < 0.5 ? 1 : 0));
    const nearly = fitLogistic(featureTable([category], { categories: [0] }), quasi);
    expect(nearly.status).toBe('separated');
    expect(nearly.warnings[0]!.columns).toEqual(['x0 2']);
    for (const p of predictLogistic(nearly, featureTable([category], { categories: [0] }))) {
      expect(p > 0 && p < 1).toBe(true);
    }
  });

  it('gives a column that follows from others, or is constant, the coefficient 0 and says so', () => {
    const [a, b] = [table.columns[0]!, table.columns[1]!];
    const sum = a.map((value, i) => value + 2 * b[i]!);
    const more = featureTable([a, b, sum, a.map(() => 7)], { names: ['a', 'b', 'sum', 'seven'] });
    const model = fitLogistic(more, target);
    const without = fitLogistic(featureTable([a, b]), target);
    expect(codes(model)).toEqual(['column-constant', 'columns-depend']);
    expect(model.warnings.map((warning) => warning.columns)).toEqual([['seven'], ['sum']]);
    expect(model.coefficients[2]!.value).toBe(0);
    expect(model.logLikelihood).toBeCloseTo(without.logLikelihood, 9);
  });

  it('fills what is missing, marks it, and reads unseen categories as the most frequent', () => {
    const x = uniform(300).map((value, i) => (i % 4 === 0 ? Number.NaN : value));
    const category = Float64Array.from({ length: 300 }, (_, i) => [5, 5, 9][i % 3]!);
    const y = x.map((value, i) =>
      random() < (Number.isNaN(value) ? 0.9 : 0.2 + value / 3 + (category[i] === 9 ? 0.2 : 0))
        ? 1
        : 0,
    );
    const kinds = { names: ['x', 'colour'], categories: [1] };
    const model = fitLogistic(featureTable([x, category], kinds), y);
    expect(model.coefficients.map(({ name }) => name)).toEqual(['x', 'x is missing', 'colour 9']);
    expect(model.coefficients[1]!.value).toBeGreaterThan(1);
    const asked = featureTable(
      [Float64Array.of(0.5, 0.5, Number.NaN), Float64Array.of(5, 77, Number.NaN)],
      kinds,
    );
    const [known, unseen, missing] = predictLogistic(model, asked);
    expect(unseen).toBe(known);
    expect(missing).toBeGreaterThan(0.8);
  });

  it('survives being stored', () => {
    const model = fitLogistic(table, target);
    expect(parseModel<LogisticModel>(modelText(model), 'logistic')).toEqual(model);
  });
});

describe('logistic regression of odd input', () => {
  it('says the same of all rows where there is one class, one row or none', () => {
    const one = fitLogistic(
      table,
      target.map(() => 1),
    );
    expect([one.status, ...codes(one)]).toEqual(['one-class', 'one-class']);
    expect(Math.min(...predictLogistic(one, table))).toBeGreaterThan(0.999999);
    const none = fitLogistic(
      table,
      target.map(() => Number.NaN),
    );
    expect([none.status, ...codes(none)]).toEqual(['no-rows', 'no-rows']);
    expect(new Set(predictLogistic(none, table))).toEqual(new Set([0.5]));
    const single = fitLogistic(featureTable([Float64Array.of(1)]), Float64Array.of(0));
    expect(single.status).toBe('one-class');
    expect(fitLogistic(featureTable([new Float64Array(0)]), new Float64Array(0)).status).toBe(
      'no-rows',
    );
  });

  it('stays finite with huge values, missing columns and more columns than rows', () => {
    const y = Float64Array.from({ length: 30 }, (_, i) => ((i * 7) % 3 === 0 ? 1 : 0));
    const huge = uniform(30).map((value) => 1e300 * (value - 0.5));
    const lost = new Float64Array(30).fill(Number.NaN);
    for (const table30 of [
      featureTable([huge, lost]),
      featureTable(Array.from({ length: 50 }, () => uniform(30))),
    ]) {
      const model = fitLogistic(table30, y);
      for (const p of predictLogistic(model, table30)) expect(p >= 0 && p <= 1).toBe(true);
      expect(model.coefficients.every(({ value }) => Number.isFinite(value))).toBe(true);
    }
    const model = fitLogistic(featureTable([uniform(30)]), y);
    const ends = predictLogistic(model, featureTable([Float64Array.of(1e308, -1e308, Number.NaN)]));
    expect(ends.every((p) => p >= 0 && p <= 1)).toBe(true);
  });

  it('refuses what is no target or penalty', () => {
    expect(() =>
      fitLogistic(
        table,
        target.map(() => 2),
      ),
    ).toThrow('target');
    expect(() => fitLogistic(table, target, { ridge: -1 })).toThrow('ridge');
    expect(() => fitLogistic(table, target, { level: 95 })).toThrow('level');
  });
});
