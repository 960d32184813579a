import { describe, expect, it } from 'vitest';
import { solveByElimination } from './linear-system.ts';
import { createRandom } from './random.ts';

describe('solveByElimination', () => {
  it('gives back the solution a right side was made from', () => {
    const random = createRandom(2);
    for (const k of [1, 2, 5, 11]) {
      const rows = Array.from({ length: k }, () => Float64Array.from({ length: k }, random));
      const x = Float64Array.from({ length: k }, random);
      const right = Float64Array.from(rows, (row) => row.reduce((sum, a, c) => sum + a * x[c]!, 0));
      const kept = right.slice();
      const solution = solveByElimination(rows, right)!;
      for (let i = 0; i < k; i++) expect(solution[i]).toBeCloseTo(x[i]!, 9);
      expect(right).toEqual(kept);
    }
  });

  it('exchanges rows where the first pivot is 0, and says when there is no single solution', () => {
    const rows = [Float64Array.of(0, 1), Float64Array.of(2, 0)];
    expect(solveByElimination(rows, Float64Array.of(3, 4))).toEqual(Float64Array.of(2, 3));
    const dependent = [Float64Array.of(1, 2), Float64Array.of(2, 4)];
    expect(solveByElimination(dependent, Float64Array.of(1, 2))).toBeNull();
    expect(solveByElimination([Float64Array.of(Number.NaN)], Float64Array.of(1))).toBeNull();
  });
});
