import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

describe('createRandom', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const take = (seed: number) => Array.from({ length: 5 }, createRandom(seed));
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
    expect(take(7)).not.toEqual(take(7 + 2 ** 32));
  });

  it('fills [0, 1) evenly and without memory', () => {
    const random = createRandom(1);
    const n = 100_000;
    const bins = new Int32Array(16);
    let [previous, product] = [random(), 0];
    for (let i = 0; i < n; i++) {
      const value = random();
      bins[Math.floor(value * 16)]!++;
      product += (value - 0.5) * (previous - 0.5);
      previous = value;
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - n / 16) ** 2 / (n / 16), 0);
    // 15 degrees of freedom: 37.7 is the 0.1 % point.
    expect(chiSquare).toBeLessThan(37.7);
    expect(Math.abs(product / n)).toBeLessThan((4 / 12) * n ** -0.5);
  });
});
