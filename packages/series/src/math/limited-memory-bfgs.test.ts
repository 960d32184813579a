import { describe, expect, it } from 'vitest';
import { limitedMemoryBfgs } from './limited-memory-bfgs.ts';

describe('limitedMemoryBfgs', () => {
  it('finds the end of a curved valley', () => {
    const rosenbrock = (x: Float64Array, gradient: Float64Array) => {
      const [a, b] = [x[0]!, x[1]!];
      gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a);
      gradient[1] = 200 * (b - a * a);
      return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
    };
    const { x, converged } = limitedMemoryBfgs(rosenbrock, Float64Array.of(-1.2, 1));
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(1, 3);
    expect(x[1]).toBeCloseTo(1, 3);
  });

  it('finds the minimum of a stretched quadratic in more dimensions than it remembers steps', () => {
    const d = 20;
    const { x } = limitedMemoryBfgs((at, gradient) => {
      let value = 0;
      for (let i = 0; i < d; i++) {
        gradient[i] = (i + 1) * (at[i]! - i);
        value += ((i + 1) * (at[i]! - i) ** 2) / 2;
      }
      return value;
    }, new Float64Array(d));
    x.forEach((value, i) => {
      expect(value).toBeCloseTo(i, 3);
    });
  });

  it('steps back from where the function is not defined', () => {
    const { x } = limitedMemoryBfgs(
      (at, gradient) => {
        if (at[0]! <= 0) return Number.POSITIVE_INFINITY;
        gradient[0] = 1 - 1 / at[0]!;
        return at[0]! - Math.log(at[0]!);
      },
      Float64Array.of(30),
      { firstStep: 100 },
    );
    expect(x[0]).toBeCloseTo(1, 3);
  });

  it('ends at a kink and at the limit of iterations', () => {
    const kink = limitedMemoryBfgs((at, gradient) => {
      gradient[0] = Math.sign(at[0]!);
      return Math.abs(at[0]!);
    }, Float64Array.of(3));
    expect(Math.abs(kink.x[0]!)).toBeLessThan(0.1);
    const cut = limitedMemoryBfgs(
      (at, gradient) => {
        gradient[0] = 4 * at[0]! ** 3;
        return at[0]! ** 4;
      },
      Float64Array.of(5),
      { maxIterations: 2 },
    );
    expect(cut).toMatchObject({ converged: false, iterations: 2 });
  });
});
