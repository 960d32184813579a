import { describe, expect, it } from 'vitest';
import { decompositionSchema } from '../insight-contract.ts';
import { run } from './decomposition-task.ts';

const seasonal = Float64Array.from(
  { length: 120 },
  (_, t) => 0.5 * t + 10 * Math.sin((2 * Math.PI * t) / 12),
);

describe('the decomposition of a series', () => {
  it('finds the period and gives parts that add up', () => {
    const parts = run({ y: seasonal, period: 0, robust: false });
    expect(decompositionSchema.parse(parts)).toEqual(parts);
    expect(parts).toMatchObject({ status: 'ok', period: 12 });
    for (let t = 0; t < seasonal.length; t++) {
      const sum = parts.trend[t]! + parts.seasonal[t]! + parts.remainder[t]!;
      expect(sum).toBeCloseTo(seasonal[t]!, 8);
    }
    expect(parts.seasonStrength).toBeGreaterThan(0.95);
  });

  it('has no remainder where the value is missing', () => {
    const y = seasonal.slice();
    y[30] = Number.NaN;
    const parts = run({ y, period: 12, robust: true });
    expect(parts.remainder[30]).toBeNull();
    expect(parts.trend[30]).not.toBeNull();
  });

  it.each([
    ['no-values', new Float64Array(50).fill(Number.NaN), 0],
    ['no-values', new Float64Array(0), 0],
    ['no-season', new Float64Array(50).fill(3), 0],
    ['too-short', seasonal.slice(0, 20), 12],
    ['too-long', new Float64Array(100_001), 7],
  ] as const)('says %s instead of failing', (status, y, period) => {
    expect(run({ y, period, robust: false })).toMatchObject({ status, trend: [] });
  });
});
