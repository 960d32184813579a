import { describe, expect, it } from 'vitest';
import { quasiNewton } from './quasi-newton.ts';

describe('quasiNewton', () => {
  it('finds the bottom of the Rosenbrock valley', () => {
    const minimum = quasiNewton(
      (x, g) => {
        const [a, b] = [x[0]!, x[1]!];
        g[0] = -400 * a * (b - a * a) - 2 * (1 - a);
        g[1] = 200 * (b - a * a);
        return 100 * (b - a * a) ** 2 + (1 - a) ** 2;
      },
      Float64Array.of(-1.2, 1),
      { tolerance: 1e-14 },
    );
    expect(minimum.converged).toBe(true);
    expect(minimum.x[0]).toBeCloseTo(1, 5);
    expect(minimum.x[1]).toBeCloseTo(1, 5);
  });

  it('solves a badly scaled quadratic', () => {
    const scales = Float64Array.of(1, 1e3, 1e-3, 50);
    const minimum = quasiNewton(
      (x, g) => {
        let value = 0;
        for (let i = 0; i < 4; i++) {
          g[i] = 2 * scales[i]! * (x[i]! - i);
          value += scales[i]! * (x[i]! - i) ** 2;
        }
        return value;
      },
      new Float64Array(4),
      { tolerance: 1e-14 },
    );
    expect(minimum.value).toBeLessThan(1e-10);
  });

  it('steps back from where the function is not defined', () => {
    const minimum = quasiNewton(
      (x, g) => {
        if (x[0]! <= 0) return Number.POSITIVE_INFINITY;
        g[0] = 1 - 1 / x[0]!;
        return x[0]! - Math.log(x[0]!);
      },
      Float64Array.of(30),
      { tolerance: 1e-12 },
    );
    expect(minimum.x[0]).toBeCloseTo(1, 5);
  });

  it('stops at the limit and says so', () => {
    const minimum = quasiNewton(
      (x, g) => {
        g[0] = -1;
        return -x[0]!;
      },
      Float64Array.of(0),
      { maxIterations: 7 },
    );
    expect(minimum).toMatchObject({ converged: false, iterations: 7 });
  });

  it('stays where the gradient is zero and leaves the start untouched', () => {
    const start = Float64Array.of(3);
    const minimum = quasiNewton((_, g) => {
      g[0] = 0;
      return 5;
    }, start);
    expect(minimum).toMatchObject({ value: 5, converged: true });
    expect([...start]).toEqual([3]);
  });
});
