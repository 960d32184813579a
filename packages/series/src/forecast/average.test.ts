import { describe, expect, it } from 'vitest';
import { averageModels } from './average.ts';
import { fitDrift, fitNaive } from './naive.ts';

const y = Float64Array.of(1, 4, 2, 7);

describe('averageModels', () => {
  it('lies halfway between two models, intervals included', () => {
    const [a, b] = [fitNaive(y), fitDrift(y)];
    const average = averageModels([a, b]);
    const [fa, fb, fc] = [a, b, average].map((model) => model.forecast(3, [0.8]));
    fc!.mean.forEach((value, i) => {
      expect(value).toBeCloseTo((fa!.mean[i]! + fb!.mean[i]!) / 2, 12);
      const ends = [fa, fb].map((forecast) => forecast!.intervals[0]!.upper[i]!);
      expect(fc!.intervals[0]!.upper[i]).toBeCloseTo((ends[0]! + ends[1]!) / 2, 12);
    });
    expect(average.name).toBe('Naive + Drift');
    expect(average.parameters).toMatchObject({ '2.slope': 2 });
    expect(average.aicc).toBeNull();
    average.residuals.subarray(1).forEach((residual, t) => {
      expect(residual).toBeCloseTo(y[t + 1]! - average.fitted[t + 1]!, 12);
    });
  });

  it('says what both models say only once', () => {
    const gap = Float64Array.of(1, Number.NaN, 3);
    expect(averageModels([fitNaive(gap), fitDrift(gap)]).warnings).toHaveLength(1);
  });

  it('moves on to newer values as one', () => {
    const later = averageModels([fitNaive(y), fitDrift(y)]).applyTo(Float64Array.of(1, 4, 2, 7, 9));
    expect(later.forecast(1).mean[0]).toBe((9 + 11) / 2);
  });

  it('refuses an empty list', () => {
    expect(() => averageModels([])).toThrow('models: must hold at least one model, got none');
  });
});
