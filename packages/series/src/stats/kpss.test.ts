import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { kpssTest } from './kpss.ts';

describe('kpssTest', () => {
  it('equals statsmodels on small series', () => {
    // statsmodels 0.15.0: kpss(y, nlags="auto")[:3]
    const wave = Float64Array.from({ length: 40 }, (_, t) => ((t * 37) % 11) + t / 10);
    const { statistic, pValue, usedLag } = kpssTest(wave);
    expect(statistic).toBeCloseTo(0.5899749314439725, 12);
    expect(pValue).toBeCloseTo(0.023547733505093406, 10);
    expect(usedLag).toBe(7);
  });

  it('does not change with level and unit', () => {
    const y = Float64Array.from({ length: 60 }, (_, t) => Math.sin(t) + ((t * 37) % 11));
    const { statistic } = kpssTest(y);
    expect(kpssTest(y.map((value) => 1e6 + 3 * value)).statistic).toBeCloseTo(statistic, 8);
    expect(kpssTest(y.map((value) => 1e300 * value)).statistic).toBeCloseTo(statistic, 8);
  });

  it('finds a trend not stationary and keeps to the table', () => {
    const trend = kpssTest(Float64Array.from({ length: 80 }, (_, t) => t));
    expect(trend.pValue).toBe(0.01);
    expect(kpssTest(Float64Array.from({ length: 80 }, createRandom(2))).pValue).toBe(0.1);
  });

  it('is not defined for empty and constant series', () => {
    for (const y of [new Float64Array(0), Float64Array.of(3), new Float64Array(50).fill(0.1)]) {
      expect(kpssTest(y).statistic).toBeNaN();
    }
  });
});
