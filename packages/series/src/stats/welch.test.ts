import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { welchByDefinition } from '../reference/welch-by-definition.ts';
import { welchDensity } from './welch.ts';

describe('welchDensity', () => {
  it.each([
    [1, 256],
    [2, 256],
    [5, 256],
    [60, 256],
    [61, 16],
    [300, 64],
    [300, 45],
  ])('equals the definition for %i values in segments of %i', (n, segment) => {
    const random = createRandom(n);
    const y = Float64Array.from({ length: n }, () => random() - 0.5);
    const expected = welchByDefinition(y, segment);
    const actual = welchDensity(y, segment);
    expect(actual).toHaveLength(expected.length);
    actual.forEach((value, k) => {
      expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-13);
    });
  });

  it('sums up to the variance of white noise, nearly', () => {
    const random = createRandom(9);
    const y = Float64Array.from({ length: 20_000 }, () => Math.sqrt(12) * (random() - 0.5));
    const total = welchDensity(y).reduce((sum, value) => sum + value, 0) / 256;
    expect(total).toBeGreaterThan(0.97);
    expect(total).toBeLessThan(1.03);
  });

  it('is 0 for a constant and empty for nothing', () => {
    expect([...welchDensity(new Float64Array(10).fill(7))]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(welchDensity(new Float64Array(0))).toHaveLength(0);
  });
});
