import { describe, expect, it } from 'vitest';
import { boundedMinimum } from './bounded-minimum.ts';

describe('boundedMinimum', () => {
  it('finds minima inside and at the ends of the range', () => {
    expect(boundedMinimum((x) => (x - 1.5) ** 2, -1, 2).x).toBeCloseTo(1.5, 5);
    expect(boundedMinimum(Math.cos, 0, 6, 1e-9).x).toBeCloseTo(Math.PI, 7);
    expect(boundedMinimum((x) => x, -1, 2).x).toBeCloseTo(-1, 4);
  });

  it('takes as few calls as scipy for a smooth function', () => {
    // minimize_scalar(lambda x: (x - 2)**4 + x, bounds=(0, 5), method="bounded"): x = 1.370040556…, 11 calls
    let calls = 0;
    const { x } = boundedMinimum(
      (value) => {
        calls++;
        return (value - 2) ** 4 + value;
      },
      0,
      5,
    );
    expect(x).toBeCloseTo(1.3700405556438304, 9);
    expect(calls).toBe(11);
  });

  it('ends where the function is nowhere defined', () => {
    expect(boundedMinimum(() => Number.NaN, 0, 1).value).toBeNaN();
  });
});
