import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { fitDrift, fitNaive, fitSeasonalNaive } from './naive.ts';
import { naive2Forecast } from './naive2.ts';

const of = (...values: number[]) => Float64Array.from(values);
const codes = (model: { warnings: readonly { code: string }[] }) =>
  model.warnings.map(({ code }) => code);

describe('the naive forecasts', () => {
  it('repeat the last value, or the last season', () => {
    expect(fitNaive(of(1, 5, 3)).forecast(2).mean).toEqual(of(3, 3));
    const model = fitSeasonalNaive(of(1, 2, 3, 4, 5), { m: 3 });
    expect(model.forecast(5).mean).toEqual(of(3, 4, 5, 3, 4));
    expect(model.fitted).toEqual(of(Number.NaN, Number.NaN, Number.NaN, 1, 2));
    expect(model.residuals.subarray(3)).toEqual(of(3, 3));
  });

  it('widen like a random walk, season by season', () => {
    const { intervals } = fitSeasonalNaive(of(1, 2, 3, 5), { m: 2 }).forecast(4, [0.5]);
    const width = intervals[0]!.upper.map((upper, i) => upper - intervals[0]!.lower[i]!);
    expect(width[1]).toBeCloseTo(width[0]!, 12);
    expect(width[2]! / width[0]!).toBeCloseTo(Math.SQRT2, 12);
  });

  it('fill gaps but leave them out of the residuals', () => {
    const model = fitNaive(of(Number.NaN, 2, Number.NaN, 4, Number.POSITIVE_INFINITY));
    expect(model.forecast(1).mean).toEqual(of(4));
    expect([...model.residuals].filter(Number.isFinite)).toEqual([1]);
    expect(codes(model)).toEqual(['missing-filled']);
    expect(model.warnings[0]!.message).toBe('2 of 5 values were missing and were filled in.');
  });

  it('say so when there is no season to repeat', () => {
    const model = fitSeasonalNaive(of(7, 8), { m: 12 });
    expect(model.forecast(3).mean).toEqual(of(8, 8, 8));
    expect(codes(model)).toEqual(['too-short-for-season']);
  });

  it('carry a line on', () => {
    expect(fitDrift(of(1, 4, 2, 7)).forecast(2).mean).toEqual(of(9, 11));
    expect(fitDrift(of(5)).forecast(2, [0.9]).intervals[0]!.lower).toEqual(of(5, 5));
  });

  it('apply to newer values without estimating anew', () => {
    const model = fitSeasonalNaive(of(1, 2, 3, 4), { m: 2 }).applyTo(of(1, 2, 3, 4, 9));
    expect(model.forecast(2).mean).toEqual(of(4, 9));
  });

  it('follow shifts and scales of the series', () => {
    const values = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: -900, max: 900 }), (list, shift) => {
        const y = Float64Array.from(list);
        const moved = y.map((v) => 2 * v + shift);
        for (const fit of [
          fitNaive,
          fitDrift,
          (s: Float64Array) => fitSeasonalNaive(s, { m: 5 }),
        ]) {
          const a = fit(y).forecast(7, [0.8]);
          const b = fit(moved).forecast(7, [0.8]);
          b.mean.forEach((v, i) => {
            expect(v).toBeCloseTo(2 * a.mean[i]! + shift, 6);
            expect(b.intervals[0]!.upper[i]).toBeCloseTo(2 * a.intervals[0]!.upper[i]! + shift, 5);
          });
        }
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuse a horizon of %s', (h) => {
    expect(() => fitNaive(of(1, 2)).forecast(h)).toThrow(
      `h: must be a whole number >= 1, got ${h}`,
    );
  });

  it('refuse a series without any value, one beyond 1e150, and m = 0', () => {
    expect(() => fitNaive(of())).toThrow('y: must hold at least one finite value, got none in 0');
    expect(() => fitDrift(of(Number.NaN))).toThrow(InvalidInput);
    expect(() => fitNaive(of(1, 1e151))).toThrow('y: must lie within ±1e+150, got 1e+151');
    expect(() => fitSeasonalNaive(of(1), { m: 0 })).toThrow(InvalidInput);
    expect(() => fitNaive(of(1)).forecast(1, [95])).toThrow('levels[0]: must be a fraction');
  });
});

describe('naive2', () => {
  it('is the naive forecast with the season put back', () => {
    const y = Float64Array.from({ length: 16 }, (_, t) => [2, 4, 6, 8][t % 4]!);
    [...naive2Forecast(y, 4, 5)].forEach((value, i) => {
      expect(value).toBeCloseTo([2, 4, 6, 8, 2][i]!, 10);
    });
  });

  it('is the naive forecast where no season shows', () => {
    expect(naive2Forecast(of(3, 1, 2), 4, 2)).toEqual(of(2, 2));
    expect(naive2Forecast(of(), 4, 1)[0]).toBeNaN();
  });
});
