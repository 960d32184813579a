import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { type FeatureTable, featureTable } from '../table/feature-table.ts';
import { purgedFolds, splitByTime, stratifiedFolds } from './folds.ts';
import { leakageReport } from './leakage.ts';

const random = createRandom(6);
const uniform = (n: number) => Float64Array.from({ length: n }, random);

describe('a split by time', () => {
  it('puts the oldest rows first and never parts rows of equal time', () => {
    const times = Float64Array.of(5, 1, 4, 2, 3, 5, 5, 9, 8, 7);
    const { train, validation, test, validationFrom, testFrom } = splitByTime(times, {
      validation: 0.3,
      test: 0.2,
    });
    const at = (rows: Int32Array) => [...rows].map((row) => times[row]!);
    expect([at(train), at(validation), at(test)]).toEqual([
      [1, 2, 3, 4],
      [5, 5, 5, 7],
      [8, 9],
    ]);
    expect([validationFrom, testFrom]).toEqual([5, 8]);
  });

  it('leaves out of each part what was not settled before the next one began', () => {
    const times = Float64Array.from({ length: 100 }, (_, i) => i);
    const { train, validation, test } = splitByTime(times, { validation: 0.2, test: 0.2, gap: 5 });
    expect([train.at(-1), validation[0], validation.at(-1), test[0]]).toEqual([54, 60, 74, 80]);
  });

  it('works with one row, equal times, no rows and without a part', () => {
    expect(
      splitByTime(Float64Array.of(3)).train.length + splitByTime(Float64Array.of(3)).test.length,
    ).toBe(1);
    const equal = splitByTime(new Float64Array(10));
    expect(equal.train.length + equal.validation.length + equal.test.length).toBe(10);
    expect(splitByTime(new Float64Array(0)).testFrom).toBeNull();
    expect(splitByTime(uniform(10), { validation: 0, test: 0.3 }).validation.length).toBe(0);
    expect(() => splitByTime(uniform(3), { validation: 0.5, test: 0.5 })).toThrow('test');
    expect(() => splitByTime(Float64Array.of(Number.NaN))).toThrow('times');
    expect(() => splitByTime(uniform(3), { gap: -1 })).toThrow('gap');
  });
});

describe('purged folds', () => {
  it('learn from no row whose outcome overlaps a test row', () => {
    const times = uniform(200).map((value) => Math.floor(1000 * value));
    const known = times.map((time) => time + 30);
    const folds = purgedFolds(times, { folds: 4, known, embargo: 10 });
    expect(folds.reduce((sum, { test }) => sum + test.length, 0)).toBe(200);
    for (const { train, test } of folds) {
      expect(train.length).toBeGreaterThan(100);
      const first = Math.min(...[...test].map((row) => times[row]!));
      const last = Math.max(...[...test].map((row) => known[row]!));
      for (const row of train) {
        expect(known[row]! < first || times[row]! > last + 10).toBe(true);
      }
    }
  });

  it('refuse an outcome before its row', () => {
    expect(() => purgedFolds(Float64Array.of(1, 2), { known: Float64Array.of(1, 1) })).toThrow(
      'known',
    );
    expect(() => purgedFolds(Float64Array.of(1, 2), { folds: 1 })).toThrow('folds');
    expect(purgedFolds(new Float64Array(0))).toEqual([]);
  });
});

describe('stratified folds', () => {
  it('hold every class in its share and every row once', () => {
    const target = Float64Array.from({ length: 103 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    const folds = stratifiedFolds(target, { folds: 10, seed: 3 });
    const seen = folds.flatMap(({ test }) => [...test]).toSorted((a, b) => a - b);
    expect(seen).toEqual(Array.from({ length: 103 }, (_, i) => i));
    for (const { train, test } of folds) {
      const ones = test.reduce((sum, row) => sum + target[row]!, 0);
      expect(Math.abs(ones - 2.6)).toBeLessThanOrEqual(1);
      expect(train.length + test.length).toBe(103);
    }
    expect(stratifiedFolds(target, { folds: 10, seed: 3 })).toEqual(folds);
  });

  it('leave out rows without a class', () => {
    const folds = stratifiedFolds(Float64Array.of(0, Number.NaN, 1), { folds: 2 });
    expect(folds.flatMap(({ test }) => [...test]).toSorted()).toEqual([0, 2]);
  });
});

describe('a leakage report', () => {
  const n = 400;
  const target = Float64Array.from({ length: n }, (_, i) => (i % 7 < 3 ? 1 : 0));
  const honest = target.map((y) => y + 3 * random());
  const found = (table: FeatureTable, options = {}) =>
    leakageReport(table, target, options).warnings.map(
      ({ code, columns }) => `${code} ${columns.join('+')}`,
    );

  it('says nothing of honest columns', () => {
    const table = featureTable([honest, uniform(n), uniform(n).map((v) => Math.floor(5 * v))], {
      categories: [2],
    });
    const report = leakageReport(table, target);
    expect(report.warnings).toEqual([]);
    expect(report.strengths[0]!.name).toBe('x0');
    expect(report.strengths[0]!.strength).toBeGreaterThan(0.2);
    expect(report.strengths[1]!.strength).toBeLessThan(0.2);
  });

  it('finds the target under another name, and what is nearly as good', () => {
    const nearly = target.map((y, i) => (i % 100 === 0 ? 1 - y : y) + random() / 10);
    const names = ['code', 'nearly', 'honest'];
    const table = featureTable([target.map((y) => 3 - y), nearly, honest], {
      names,
      categories: [0],
    });
    expect(found(table)).toEqual(['column-is-target code', 'predicts-too-well nearly']);
    const hump = target.map((y) => (y === 1 ? 1 : random() < 0.5 ? 0 : 2) + random() / 10);
    expect(found(featureTable([hump], { names: ['hump'] }))).toEqual(['predicts-too-well hump']);
  });

  it('finds a column that is filled in afterwards', () => {
    const left = target.map((y, i) => (y === 1 ? 1e12 + i : Number.NaN));
    expect(found(featureTable([left], { names: ['leftOn'] }))).toEqual([
      'missing-tells-target leftOn',
    ]);
  });

  it('finds times after the cut, of all rows or each', () => {
    const table: FeatureTable = {
      columns: [uniform(n).map((v) => 1000 * v)],
      names: ['seen'],
      kinds: ['time'],
    };
    const [warning] = leakageReport(table, target, { cut: 500 }).warnings;
    expect(warning!.code).toBe('known-after-cut');
    expect(warning!.values.rows).toBe(table.columns[0]!.filter((time) => time > 500).length);
    expect(found(table, { cut: new Float64Array(n).fill(1000) })).toEqual([]);
    expect(() => leakageReport(table, target, { cut: new Float64Array(2) })).toThrow('cut');
  });

  it('finds equal, constant and naming columns', () => {
    const names = ['a', 'again', 'same', 'id'];
    const id = Float64Array.from({ length: n }, (_, i) => i);
    const table = featureTable([honest, honest.slice(), new Float64Array(n).fill(4), id], {
      names,
      categories: [3],
    });
    expect(found(table)).toEqual([
      'column-constant same',
      'names-rows id',
      'columns-identical a+again',
    ]);
  });

  it('measures a target of quantities by the variance explained', () => {
    const y = uniform(n).map((value) => 10 * value);
    const table = featureTable([
      y.map((value) => 32 + 1.8 * value),
      y.map((value) => value ** 2 + random() / 5),
      uniform(n),
    ]);
    const { warnings, strengths } = leakageReport(table, y);
    expect(warnings.map(({ code }) => code)).toEqual(['column-is-target', 'predicts-too-well']);
    expect(strengths.at(-1)!.name).toBe('x2');
  });

  it('has nothing to say of few rows or one class', () => {
    const few = leakageReport(featureTable([Float64Array.of(1, 2)]), Float64Array.of(0, 1));
    expect(few.strengths[0]!.strength).toBe(0);
    const one = leakageReport(featureTable([uniform(50)]), new Float64Array(50));
    expect(one.warnings).toEqual([]);
    expect(
      leakageReport(featureTable([new Float64Array(0)]), new Float64Array(0)).strengths[0]!
        .strength,
    ).toBe(0);
  });
});
