import { describe, expect, it } from 'vitest';
import { minimumBetween } from './golden-section.ts';

describe('minimumBetween', () => {
  it('finds the lowest of two valleys', () => {
    const f = (x: number) => Math.min((x - 2) ** 2 + 0.5, (x - 8) ** 2);
    expect(minimumBetween(f, 0, 10, 11, 1e-8)).toBeCloseTo(8, 6);
  });

  it('finds a minimum at either end', () => {
    expect(minimumBetween((x) => x, 0, 1, 5, 1e-8)).toBe(0);
    expect(minimumBetween((x) => -x, 0, 1, 5, 1e-8)).toBe(1);
  });

  it('returns a point of the range for a flat function', () => {
    const x = minimumBetween(() => 1, 0.2, 0.4, 4, 1e-6);
    expect(x).toBeGreaterThanOrEqual(0.2);
    expect(x).toBeLessThanOrEqual(0.4);
  });
});
