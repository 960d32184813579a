import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import {
  fluctuationBreakByDefinition,
  laggedProductsByDefinition,
  mutualInformationByDefinition,
  outlierTimingByDefinition,
} from '../../reference/catch22-by-definition.ts';
import { createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import { createSharedSeries } from '../shared-series.ts';
import { firstMinimumOfInformation } from './autocorrelation.ts';
import { fluctuationBreak } from './fluctuation.ts';
import { outlierTiming } from './outlier-timing.ts';
import { type ZScores, zScores } from './z-scores.ts';

/** Noise, a walk, ties, a wave and a series with one extreme, at several lengths. */
function* samples(): Generator<ZScores> {
  const random = createRandom(11);
  const kinds: readonly ((t: number, before: number) => number)[] = [
    () => random() + random() - 1,
    (_, before) => before + random() - 0.5,
    () => Math.floor(random() * 4),
    (t) => Math.sin(t / 7) + random() / 10,
    (t) => (t === 17 ? 40 : random()),
  ];
  for (const kind of kinds) {
    for (const n of [20, 47, 100, 233, 600]) {
      const y = new Float64Array(n);
      for (let t = 0; t < n; t++) y[t] = kind(t, y[t - 1] ?? 0);
      yield zScores(createSharedSeries(y))!;
    }
  }
}

describe('fast forms of catch22', () => {
  it('time outliers as one threshold after the other does', () => {
    for (const series of samples()) {
      for (const sign of [1, -1] as const) {
        const slow = outlierTimingByDefinition([...series.z], sign);
        expect(outlierTiming(series, sign)).toBeCloseTo(slow, 12);
      }
    }
  });

  it('sum lagged products as the definition does, at small and large lags', () => {
    for (const { z, n } of samples()) {
      const products = createAutocovariance(z);
      for (const lag of [0, 1, 5, 30, 62, 63, 64, 65, n - 1, n, n + 3]) {
        const slow = laggedProductsByDefinition([...z], lag);
        expect(Math.abs(products.at(lag) - slow)).toBeLessThan(1e-12 * n);
      }
    }
  });

  it('find the first minimum of information as correlations lag by lag do', () => {
    for (const series of samples()) {
      expect(firstMinimumOfInformation(series)).toBe(mutualInformationByDefinition([...series.z]));
    }
  });

  it('find the change of scaling that windows fitted one by one show', () => {
    for (const series of samples()) {
      const z = [...series.z];
      expect(fluctuationBreak(series, 1, 'range')).toBe(
        fluctuationBreakByDefinition(z, 1, 'range'),
      );
      expect(fluctuationBreak(series, 2, 'residual')).toBe(
        fluctuationBreakByDefinition(z, 2, 'residual'),
      );
    }
  });
});
