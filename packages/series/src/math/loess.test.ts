import { describe, expect, it } from 'vitest';
import { loess } from './loess.ts';

describe('loess', () => {
  it('leaves a straight line straight, whatever the window and the jump', () => {
    const line = Float64Array.from({ length: 23 }, (_, t) => 3 - 2 * t);
    for (const window of [5, 11, 101]) {
      for (const jump of [1, 3, 50]) {
        loess(line, { window, degree: 1, jump }, null).forEach((value, t) => {
          expect(value).toBeCloseTo(line[t]!, 10);
        });
      }
    }
  });

  it('is a weighted mean with degree 0', () => {
    // Distances 1 of reach 2 weigh (1 − 1/8)³, the middle weighs 1.
    const side = (7 / 8) ** 3;
    const result = loess(Float64Array.of(0, 0, 9, 0, 0), { window: 5, degree: 0, jump: 1 }, null);
    expect(result[2]).toBeCloseTo(9 / (1 + 2 * side), 10);
  });

  it('looks past values without weight, and keeps a value that has no neighbour with any', () => {
    const y = Float64Array.of(1, 1, 50, 1, 1);
    const pass = { window: 3, degree: 0, jump: 1 } as const;
    expect(loess(y, { ...pass, window: 5 }, Float64Array.of(1, 1, 0, 1, 1))[2]).toBeCloseTo(1, 10);
    expect([...loess(y, pass, new Float64Array(5))]).toEqual([...y]);
  });

  it('returns a single value and nothing as they are', () => {
    const pass = { window: 3, degree: 1, jump: 1 } as const;
    expect([...loess(Float64Array.of(7), pass, null)]).toEqual([7]);
    expect([...loess(new Float64Array(0), pass, null)]).toEqual([]);
  });
});
