import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import { averageModels } from './average.ts';
import { fitCes } from './ces/fit-ces.ts';
import { fitEts } from './ets/fit-ets.ts';
import { ETS_FORMS } from './ets/form.ts';
import { fitCroston } from './intermittent/fit-croston.ts';
import { fitStl } from './mstl/fit-stl.ts';
import { fitDrift, fitNaive, fitSeasonalNaive } from './naive.ts';
import { fitTbats } from './tbats/fit-tbats.ts';
import { fitTheta } from './theta/fit-theta.ts';
import type { Fit, Forecast } from './types.ts';

const path = new URL('../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(
  (JSON.parse(readFileSync(path, 'utf8')) as { values: number[] }).values,
);

const MODELS: Record<string, Fit> = {
  naive: fitNaive,
  'seasonal naive': (y) => fitSeasonalNaive(y, { m: 12 }),
  drift: fitDrift,
  ...Object.fromEntries(
    ETS_FORMS.map(({ error, trend, season }) => {
      const form = error + trend + season;
      return [`ETS ${form}`, (y: Float64Array) => fitEts(y, { m: 12, form })];
    }),
  ),
  'ETS of a season taken out beforehand': (y) => fitEts(y, { m: 36 }),
  ...Object.fromEntries(
    (
      [
        'standard',
        'optimised',
        'dynamic-standard',
        'dynamic-optimised',
        'ses-drift',
        'combined',
      ] as const
    ).map((variant) => [`Theta ${variant}`, (y: Float64Array) => fitTheta(y, { m: 12, variant })]),
  ),
  ...Object.fromEntries(
    (['none', 'simple', 'partial', 'full'] as const).map((seasonality) => [
      `CES ${seasonality}`,
      (y: Float64Array) => fitCes(y, { m: 12, seasonality }),
    ]),
  ),
  TBATS: (y) => fitTbats(y, { seasons: [12], boxCox: false }),
  'TBATS with a power': (y) => fitTbats(y, { seasons: [12] }),
  'STL and ETS': (y) => fitStl(y, { seasons: [6, 12] }),
  Croston: (y) => fitCroston(y),
  average: (y) => averageModels([fitTheta(y, { m: 12 }), fitNaive(y)]),
};

function expectSame(actual: Forecast, wanted: Forecast, size: number): void {
  const arrays = (forecast: Forecast) => [
    forecast.mean,
    ...forecast.intervals.flatMap(({ lower, upper }) => [lower, upper]),
  ];
  arrays(wanted).forEach((array, i) => {
    array.forEach((value, step) => {
      expect(Math.abs(arrays(actual)[i]![step]! - value)).toBeLessThan(1e-7 * size);
    });
  });
}

describe.each(Object.entries(MODELS))('the follower of %s', (_, fit) => {
  it('forecasts as the model does when applied to the longer series', () => {
    const model = fit(passengers.subarray(0, 120));
    const follower = model.follow!();
    expect(follower.n).toBe(120);
    expectSame(follower.forecast(15, [0.8]), model.forecast(15, [0.8]), 500);
    for (let n = 120; n < 144; n++) {
      const { expected } = follower;
      expect(expected).toBeCloseTo(follower.forecast(1).mean[0]!, 8);
      expect(follower.update(passengers[n]!)).toBeCloseTo(passengers[n]! - expected, 8);
      if (n % 6 !== 0) continue;
      const later = model.applyTo(passengers.subarray(0, n + 1));
      expectSame(follower.forecast(15, [0.8]), later.forecast(15, [0.8]), 500);
    }
    expect(follower.n).toBe(144);
  });

  it('leaves the model and other followers as they were', () => {
    const model = fit(passengers.subarray(0, 120));
    const before = model.forecast(3, [0.9]);
    const [a, b] = [model.follow!(), model.follow!()];
    for (let i = 0; i < 20; i++) a.update(900);
    expect(model.forecast(3, [0.9])).toEqual(before);
    expect(b.forecast(3, [0.9])).toEqual(model.follow!().forecast(3, [0.9]));
  });

  it('passes over a missing value without an error', () => {
    const follower = fit(passengers.subarray(0, 120)).follow!();
    for (const value of [400, Number.NaN, Number.POSITIVE_INFINITY, 420]) {
      const error = follower.update(value);
      expect(Number.isNaN(error)).toBe(!Number.isFinite(value));
    }
    expect(follower.n).toBe(124);
    expect(() => follower.update(1e200)).toThrow('value: must lie within ±1e+150');
  });

  it('stays finite whatever comes', () => {
    const follower = fit(passengers.subarray(0, 120)).follow!();
    const random = createRandom(4);
    for (let i = 0; i < 300; i++) {
      const wild = [0, -500, 1e6, 300, Number.NaN][Math.floor(random() * 5)]!;
      follower.update(wild);
    }
    const { mean, intervals } = follower.forecast(30, [0.95]);
    expect(mean.every(Number.isFinite)).toBe(true);
    expect(intervals[0]!.lower.every((value, i) => value <= mean[i]!)).toBe(true);
  });
});

describe('the follower of a model of few values', () => {
  it.each(['naive', 'seasonal naive', 'drift', 'Theta combined', 'Theta dynamic-optimised'])(
    'of %s grows with them',
    (name) => {
      for (const n of [1, 2, 3, 4]) {
        const model = MODELS[name]!(passengers.subarray(0, n));
        const follower = model.follow!();
        for (let t = n; t < 30; t++) {
          follower.update(passengers[t]!);
          const later = model.applyTo(passengers.subarray(0, t + 1));
          expectSame(follower.forecast(3, [0.5]), later.forecast(3, [0.5]), 500);
        }
      }
    },
  );

  it('does not lose digits to a large offset', () => {
    const offset = passengers.map((value) => value + 1e9);
    for (const [name, fit] of Object.entries(MODELS)) {
      if (name.startsWith('ETS')) continue;
      const model = fit(offset.subarray(0, 120));
      const follower = model.follow!();
      for (let t = 120; t < 144; t++) follower.update(offset[t]!);
      expectSame(follower.forecast(3, [0.8]), model.applyTo(offset).forecast(3, [0.8]), 1e4);
    }
  });
});
