import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { welchDensity } from '../../stats/welch.ts';
import { createSharedSeries } from '../shared-series.ts';
import { welchPower } from './welch.ts';

describe('welchPower', () => {
  it('gives what windowing the standardised values and transforming them again gives', () => {
    const random = createRandom(12);
    for (const n of [2, 3, 4, 5, 16, 99, 100, 257]) {
      const series = createSharedSeries(Float64Array.from({ length: n }, () => 40 + random()));
      const fast = welchPower(series, 50);
      const slow = welchDensity(
        series.centred.map((value) => value / series.sd),
        n,
      );
      expect(fast.length).toBe(slow.length);
      for (let k = 0; k < slow.length; k++) expect(fast[k]).toBeCloseTo(slow[k]! / 50, 12);
    }
  });

  it('has no power for a constant or a single value', () => {
    expect(welchPower(createSharedSeries(Float64Array.of(3)), 1)).toEqual(Float64Array.of(0));
    expect(welchPower(createSharedSeries(Float64Array.of(3, 3, 3)), 1)).toEqual(
      Float64Array.of(0, 0),
    );
  });
});
