import { describe, expect, it } from 'vitest';
import { decompositionStrength } from './decomposition-strength.ts';
import { sampleVariance } from './sample-variance.ts';

const zeros = new Float64Array(4);

describe('decompositionStrength', () => {
  it('is 1 for a part without remainder and 0 for one that adds nothing', () => {
    const parts = { trend: Float64Array.of(1, 2, 3, 4), seasonal: zeros, remainder: zeros };
    expect(decompositionStrength(parts)).toEqual({ trend: 1, season: 0 });
  });

  it('compares the remainder with the part and the remainder together', () => {
    const seasonal = Float64Array.of(2, -2, 2, -2);
    const remainder = Float64Array.of(1, 1, -1, -1);
    const { trend, season } = decompositionStrength({ trend: zeros, seasonal, remainder });
    expect(season).toBeCloseTo(1 - 4 / 20, 12);
    expect(trend).toBe(0);
  });

  it('is 0 for a constant', () => {
    const parts = { trend: Float64Array.of(3, 3, 3, 3), seasonal: zeros, remainder: zeros };
    expect(decompositionStrength(parts)).toEqual({ trend: 0, season: 0 });
  });
});

describe('sampleVariance', () => {
  it('divides by one less than the number of values', () => {
    expect(sampleVariance(Float64Array.of(1, 2, 3, 4))).toBeCloseTo(5 / 3, 12);
    expect(sampleVariance(Float64Array.of(1))).toBeNaN();
  });
});
