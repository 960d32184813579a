import { describe, expect, it } from 'vitest';
import { Loess, type LoessPass } from './loess.ts';

function loess(y: Float64Array, pass: LoessPass, weights: Float64Array | null): Float64Array {
  const out = new Float64Array(y.length);
  new Loess(y.length, pass).smooth(y, weights, out);
  return out;
}

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

  it('with all weights 1 equals the fit without weights, also one beyond the ends', () => {
    const y = Float64Array.from({ length: 40 }, (_, t) => Math.sin(t) + t / 5);
    const ones = new Float64Array(40).fill(1);
    for (const window of [7, 13, 39, 41, 61]) {
      for (const degree of [0, 1] as const) {
        const filter = new Loess(40, { window, degree, jump: 1 });
        for (let at = -1; at <= 40; at++) {
          expect(filter.at(y, at, ones)).toBeCloseTo(filter.at(y, at, null), 11);
        }
      }
    }
  });

  it('returns a single value and nothing as they are', () => {
    const pass = { window: 3, degree: 1, jump: 1 } as const;
    expect([...loess(Float64Array.of(7), pass, null)]).toEqual([7]);
    expect([...loess(new Float64Array(0), pass, null)]).toEqual([]);
  });
});
