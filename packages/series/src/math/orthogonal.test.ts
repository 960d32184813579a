import { describe, expect, it } from 'vitest';
import { regressionByElimination } from '../reference/regression.ts';
import { minimumNormSolution, singularValues, triangularise } from './orthogonal.ts';
import { createRandom } from './random.ts';

describe('minimumNormSolution', () => {
  it('is the regression where columns are independent', () => {
    const random = createRandom(6);
    for (let n = 4; n < 30; n++) {
      const [a, b, y] = [1, 1, 1].map(() => Array.from({ length: n }, () => random() + 3));
      const exact = regressionByElimination([a!, b!], y!);
      const columns = [a!, b!, y!.map(() => 1)].map((column) => Float64Array.from(column));
      minimumNormSolution(columns, Float64Array.from(y!)).forEach((coefficient, i) => {
        expect(coefficient).toBeCloseTo(exact.coefficients[i]!, 7);
      });
    }
  });

  it('shares a coefficient among equal columns', () => {
    const a = Float64Array.of(1, 2, 3, 4);
    const solution = minimumNormSolution([a, a, a], Float64Array.of(3, 6, 9, 12));
    for (const c of solution) expect(c).toBeCloseTo(1, 12);
  });

  it('solves fewer rows than columns', () => {
    const solution = minimumNormSolution(
      [Float64Array.of(3), Float64Array.of(4)],
      Float64Array.of(25),
    );
    expect(solution[0]).toBeCloseTo(3, 12);
    expect(solution[1]).toBeCloseTo(4, 12);
  });

  it('leaves columns of zeros alone', () => {
    expect([...minimumNormSolution([new Float64Array(3)], Float64Array.of(1, 2, 3))]).toEqual([0]);
  });
});

describe('triangularise', () => {
  it('keeps lengths and angles', () => {
    const columns = [Float64Array.of(1, 2, 2), Float64Array.of(0, 3, 4), Float64Array.of(5, 0, 1)];
    const [a, b, y] = columns.map((column) => column.slice());
    triangularise([a!, b!, y!], 2);
    expect(Math.abs(a![0]!)).toBeCloseTo(3, 12);
    expect(a![0]! * b![0]!).toBeCloseTo(14, 12);
    expect(b![0]! ** 2 + b![1]! ** 2).toBeCloseTo(25, 12);
    expect(y!.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(26, 12);
  });
});

describe('singularValues', () => {
  const sorted = (columns: readonly Float64Array[]) =>
    [...singularValues(columns)].sort((a, b) => b - a);

  it('are the lengths of columns at right angles', () => {
    expect(sorted([Float64Array.of(3, 4, 0), Float64Array.of(-8, 6, 0)])).toEqual([10, 5]);
  });

  it('keep the small ones beside a large one', () => {
    // Two columns that differ by 1e-9 in one place: √2 and about 1e-9 / √2.
    const values = sorted([Float64Array.of(1, 0, 0, 0), Float64Array.of(1, 1e-9, 0, 0)]);
    expect(values[0]).toBeCloseTo(Math.SQRT2, 12);
    expect(values[1]! * 1e9).toBeCloseTo(Math.SQRT1_2, 9);
  });

  it('have the sum of squares of the matrix, also for more columns than rows', () => {
    const random = createRandom(8);
    for (const [n, k] of [
      [40, 4],
      [2, 3],
      [3, 3],
      [1, 5],
    ] as const) {
      const columns = Array.from({ length: k }, () => Float64Array.from({ length: n }, random));
      const square = (values: Iterable<number>) => [...values].reduce((sum, v) => sum + v * v, 0);
      const whole = columns.reduce((sum, column) => sum + square(column), 0);
      expect(square(singularValues(columns))).toBeCloseTo(whole, 10);
      expect(sorted(columns)[Math.min(n, k)] ?? 0).toBeLessThan(1e-12);
    }
  });
});
