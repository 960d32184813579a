import { describe, expect, it } from 'vitest';
import { createAdam } from './adam.ts';

describe('createAdam', () => {
  it('moves by its rate at first, whatever the size of the gradient', () => {
    for (const size of [1e-3, 1, 1e6]) {
      const weights = Float64Array.of(0, 0);
      createAdam(2, 0.1)(weights, Float64Array.of(size, -size));
      expect(weights[0]).toBeCloseTo(-0.1, 4);
      expect(weights[1]).toBeCloseTo(0.1, 4);
    }
  });

  it('settles at the minimum of a bowl', () => {
    const weights = Float64Array.of(4, -7);
    const step = createAdam(2, 0.05);
    for (let i = 0; i < 2000; i++)
      step(weights, Float64Array.of(weights[0]! - 1, 50 * (weights[1]! - 2)));
    expect(weights[0]).toBeCloseTo(1, 3);
    expect(weights[1]).toBeCloseTo(2, 3);
  });
});
