import { describe, expect, it } from 'vitest';
import { regressionByElimination } from '../reference/regression.ts';
import { minimumNormSolution, triangularise } from './orthogonal.ts';
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
