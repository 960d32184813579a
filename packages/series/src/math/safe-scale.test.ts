import { describe, expect, it } from 'vitest';
import { safeScale } from './safe-scale.ts';

describe('a safe scale', () => {
  it('leaves usual sizes as they are', () => {
    for (const size of [0, 1e-99, 3, 1e99]) expect(safeScale(size)).toBe(1);
  });

  it('brings extreme sizes where their squares are neither 0 nor infinite', () => {
    for (const size of [1e-300, Number.MIN_VALUE, 1e101, 1e300, Number.MAX_VALUE]) {
      const scaled = size / safeScale(size);
      expect(scaled * scaled).toBeGreaterThan(1e-100);
      expect(scaled * scaled).toBeLessThan(1e100);
    }
  });
});
