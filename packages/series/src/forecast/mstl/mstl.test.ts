import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { fitEts } from '../ets/fit-ets.ts';
import { fitDrift, fitNaive } from '../naive.ts';
import { fitTheta } from '../theta/fit-theta.ts';
import { fitStl } from './fit-stl.ts';
import { mstl } from './mstl.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(
  (JSON.parse(readFileSync(path, 'utf8')) as { values: number[] }).values,
);
const codes = (model: { warnings: readonly { code: string }[] }) =>
  model.warnings.map(({ code }) => code);

const day = (t: number) => 10 * Math.sin((2 * Math.PI * t) / 24);
const week = (t: number) => 20 * Math.cos((2 * Math.PI * t) / 168);

/** Five weeks of hours: level, day, week and a little noise. */
function hours(n = 5 * 168): Float64Array {
  const random = createRandom(3);
  return Float64Array.from({ length: n }, (_, t) => 100 + day(t) + week(t) + random() - 0.5);
}

describe('several seasons', () => {
  it('are told apart', () => {
    const { trend, seasons, remainder } = mstl(hours(), { seasons: [168, 24] });
    expect(seasons.map(({ m }) => m)).toEqual([24, 168]);
    for (let t = 0; t < 840; t++) {
      expect(Math.abs(seasons[0]!.seasonal[t]! - day(t))).toBeLessThan(2);
      expect(Math.abs(seasons[1]!.seasonal[t]! - week(t))).toBeLessThan(2);
      const sum = trend[t]! + seasons[0]!.seasonal[t]! + seasons[1]!.seasonal[t]! + remainder[t]!;
      expect(sum).toBeCloseTo(hours()[t]!, 9);
    }
  });

  it('are named where they cannot be', () => {
    expect(() => mstl(hours(), { seasons: [] })).toThrow('seasons: must hold at least one');
    expect(() => mstl(hours(), { seasons: [7, 7] })).toThrow('seasons: must not hold 7 twice');
    expect(() => mstl(hours(), { seasons: [1] })).toThrow(
      'seasons[0]: must be a whole number >= 2',
    );
  });
});

describe('STL and a model', () => {
  it('forecast both seasons', () => {
    const { mean } = fitStl(hours(), { seasons: [24, 168] }).forecast(168);
    mean.forEach((value, i) => {
      expect(Math.abs(value - 100 - day(840 + i) - week(840 + i))).toBeLessThan(2.5);
    });
  });

  it('repeat the last season on top of what the model says of the rest', () => {
    const model = fitStl(passengers, { seasons: [12], model: fitNaive });
    expect(model.name).toBe('STL(12) + Naive');
    const { mean, intervals } = model.forecast(24, [0.8]);
    for (let i = 0; i < 12; i++) expect(mean[i + 12]).toBeCloseTo(mean[i]!, 9);
    for (let i = 0; i < 24; i++) {
      const { lower, upper } = intervals[0]!;
      expect((lower[i]! + upper[i]!) / 2).toBeCloseTo(mean[i]!, 9);
    }
    model.residuals.forEach((residual, t) => {
      if (t > 0) expect(residual).toBeCloseTo(passengers[t]! - model.fitted[t]!, 9);
    });
  });

  it('say nothing of what is left, which nobody has seen', () => {
    const spikes = Float64Array.from({ length: 140 }, (_, t) =>
      t % 29 === 5 ? 300 : 10 + (t % 7),
    );
    expect(codes(fitStl(spikes, { seasons: [7] }))).toEqual([]);
    const same = Float64Array.from({ length: 70 }, (_, t) => 100 + (t % 7));
    expect(codes(fitStl(same, { seasons: [7] }))).toEqual([]);
  });

  it('leave out a season that the series does not hold more than twice', () => {
    const model = fitStl(passengers, { seasons: [12, 72], model: fitDrift });
    expect(model.name).toBe('STL(12) + Drift');
    expect(codes(model)).toEqual(['too-short-for-season']);
    expect(fitStl(Float64Array.of(1, 2), { seasons: [7], model: fitNaive }).name).toBe('Naive');
  });

  it.each([
    ['naive', fitNaive],
    ['ETS', (y: Float64Array) => fitEts(y, { m: 1 })],
    ['Theta', (y: Float64Array) => fitTheta(y, { m: 1 })],
  ] as const)('with %s are updated as if applied to the longer series', (_, fit) => {
    const gap = passengers.map((value, t) => (t < 2 || t === 30 ? Number.NaN : value));
    const model = fitStl(gap.subarray(0, 120), { seasons: [12], model: fit });
    const follower = model.follow!();
    for (let t = 120; t < 144; t++) {
      const { expected } = follower;
      expect(follower.update(gap[t]!)).toBeCloseTo(gap[t]! - expected, 8);
    }
    const later = model.applyTo(gap).forecast(15, [0.8]);
    const now = follower.forecast(15, [0.8]);
    expect(follower.n).toBe(144);
    later.mean.forEach((value, i) => {
      expect(now.mean[i]).toBeCloseTo(value, 6);
      expect(now.intervals[0]!.upper[i]).toBeCloseTo(later.intervals[0]!.upper[i]!, 5);
    });
  });

  it.each([
    ['one value', [5]],
    ['a constant', new Array(40).fill(3)],
    ['huge values', Array.from({ length: 30 }, (_, t) => (t % 3 === 0 ? -1e150 : 1e150))],
    ['infinite values', Array.from({ length: 30 }, (_, t) => (t % 7 === 0 ? 1 / 0 : t % 4))],
    ['gaps', Array.from({ length: 30 }, (_, t) => (t % 5 === 1 ? Number.NaN : t % 4))],
  ])('give finite forecasts for %s', (_, list) => {
    const model = fitStl(Float64Array.from(list), { seasons: [4, 9] });
    expect(model.forecast(9, [0.9]).mean.every(Number.isFinite)).toBe(true);
  });
});
