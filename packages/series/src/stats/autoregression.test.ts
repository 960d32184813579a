import { describe, expect, it } from 'vitest';
import { minimumNormSolution } from '../math/orthogonal.ts';
import { createRandom } from '../math/random.ts';
import { autoregression } from './autoregression.ts';

function bySolvingRows(y: Float64Array, order: number): Float64Array {
  const rows = y.length - order;
  const columns = Array.from({ length: order + 1 }, (_, lag) =>
    lag === 0 ? new Float64Array(rows).fill(1) : y.slice(order - lag, order - lag + rows),
  );
  return minimumNormSolution(columns, y.slice(order), 1e-15);
}

describe('autoregression', () => {
  it.each([0, 1, 2, 10])('of order %i is the regression on a constant and the lags', (order) => {
    const random = createRandom(order);
    for (const level of [0, 5, 1e6]) {
      let state = 0;
      const y = Float64Array.from({ length: 80 }, () => {
        state = 0.7 * state + random() - 0.5;
        return level + state;
      });
      const expected = bySolvingRows(y, order);
      autoregression(y, order)!.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(
          1e-6 * Math.max(1, Math.abs(expected[i]!)),
        );
      });
    }
  });

  it('finds the coefficients of a recurrence', () => {
    const y = new Float64Array(60);
    y.set([1, 2]);
    for (let t = 2; t < y.length; t++) y[t] = 0.3 + 1.2 * y[t - 1]! - 0.5 * y[t - 2]!;
    const [constant, first, second] = autoregression(y, 2)!;
    expect(constant).toBeCloseTo(0.3, 9);
    expect(first).toBeCloseTo(1.2, 9);
    expect(second).toBeCloseTo(-0.5, 9);
  });

  it('takes the shortest vector for a constant series, also where its mean is not exact', () => {
    for (const level of [7, 0.1]) {
      const coefficients = autoregression(new Float64Array(256).fill(level), 3)!;
      const share = level / (1 + 3 * level * level);
      expect(coefficients[0]).toBeCloseTo(share, 9);
      for (const phi of coefficients.subarray(1)) expect(phi).toBeCloseTo(share * level, 9);
    }
  });

  it('is not defined for fewer values than coefficients', () => {
    expect(autoregression(new Float64Array(4), 2)).toBeUndefined();
    expect(() => autoregression(new Float64Array(4), -1)).toThrow('order: must be a whole number');
  });
});
