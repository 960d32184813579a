import { describe, expect, it } from 'vitest';
import { levenbergMarquardt, type ResidualFunction } from './levenberg-marquardt.ts';

const sumOfSquares = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value * value, 0);

const rosenbrock: ResidualFunction = (x, out) => {
  out[0] = 10 * (x[1]! - x[0]! ** 2);
  out[1] = 1 - x[0]!;
  return sumOfSquares(out);
};

describe('levenbergMarquardt', () => {
  it('finds the end of a curved valley', () => {
    const {
      x,
      sumOfSquares: value,
      converged,
    } = levenbergMarquardt(rosenbrock, Float64Array.of(-1.2, 1), 2);
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(1, 6);
    expect(x[1]).toBeCloseTo(1, 6);
    expect(value).toBeLessThan(1e-12);
  });

  it('fits a line as ordinary least squares does', () => {
    const y = [1, 3, 2, 5];
    const line: ResidualFunction = (x, out) => {
      y.forEach((value, t) => {
        out[t] = value - x[0]! - x[1]! * t;
      });
      return sumOfSquares(out);
    };
    const { x } = levenbergMarquardt(line, new Float64Array(2), 4);
    expect(x[0]).toBeCloseTo(1.1, 6);
    expect(x[1]).toBeCloseTo(1.1, 6);
  });

  it('keeps within the region where the function is finite', () => {
    const root: ResidualFunction = (x, out) => {
      if (x[0]! < 0) return Number.POSITIVE_INFINITY;
      out[0] = Math.sqrt(x[0]!) + 1;
      return sumOfSquares(out);
    };
    const { x } = levenbergMarquardt(root, Float64Array.of(4), 1);
    expect(x[0]).toBeGreaterThanOrEqual(0);
    expect(x[0]).toBeLessThan(1e-3);
  });

  it('leaves a variable without influence where it is', () => {
    const one: ResidualFunction = (x, out) => {
      out[0] = x[0]! - 3;
      return sumOfSquares(out);
    };
    const { x } = levenbergMarquardt(one, Float64Array.of(0, 7), 1);
    expect(x[0]).toBeCloseTo(3, 6);
    expect(x[1]).toBe(7);
  });

  it('says when the iteration limit came first, and takes no variables for an answer', () => {
    const start = Float64Array.of(-1.2, 1);
    expect(levenbergMarquardt(rosenbrock, start, 2, { maxIterations: 1 }).converged).toBe(false);
    const none = levenbergMarquardt((_, out) => sumOfSquares(out.fill(2)), new Float64Array(0), 3);
    expect(none).toMatchObject({ sumOfSquares: 12, converged: true, iterations: 0 });
  });
});
