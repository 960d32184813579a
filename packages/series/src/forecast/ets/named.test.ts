import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitEts } from './fit-ets.ts';
import { fitHolt, fitHoltWinters, fitSes } from './named.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(
  (JSON.parse(readFileSync(path, 'utf8')) as { values: number[] }).values,
);
const codes = (model: { warnings: readonly { code: string }[] }) =>
  model.warnings.map(({ code }) => code);

describe('exponential smoothing by its old names', () => {
  it('is the form of ETS that carries the name', () => {
    expect(fitSes(passengers).name).toBe('ETS(A,N,N)');
    expect(fitHolt(passengers).name).toBe('ETS(A,A,N)');
    expect(fitHolt(passengers, { damped: true }).name).toBe('ETS(A,Ad,N)');
    expect(fitHoltWinters(passengers, { m: 12 }).name).toBe('ETS(A,A,A)');
    expect(fitHoltWinters(passengers, { m: 12, season: 'multiplicative' }).name).toBe('ETS(M,A,M)');
    const damped = fitHoltWinters(passengers, { m: 12, season: 'multiplicative', damped: true });
    expect(damped.name).toBe('ETS(M,Ad,M)');
    const ets = fitEts(passengers, { m: 12, form: 'MAdM', style: 'textbook' });
    expect(damped.forecast(24)).toEqual(ets.forecast(24));
  });

  it('repeats the level, carries the trend on and lets it fade', () => {
    const y = Float64Array.from({ length: 40 }, (_, t) => 10 + 2 * t + (((t * 7919) % 13) - 6) / 6);
    const steps = (values: Float64Array) => values.slice(1).map((value, i) => value - values[i]!);
    expect(steps(fitSes(y).forecast(5).mean).every((step) => step === 0)).toBe(true);
    for (const step of steps(fitHolt(y).forecast(5).mean)) expect(step).toBeCloseTo(2, 1);
    const fading = steps(fitHolt(y, { damped: true }).forecast(20).mean);
    fading.slice(1).forEach((step, i) => {
      expect(step).toBeLessThan(fading[i]!);
      expect(step).toBeGreaterThan(0);
    });
  });

  it('adds a season that cannot be multiplied', () => {
    const y = passengers.map((value, t) => (t === 50 ? -3 : value));
    const model = fitHoltWinters(y, { m: 12, season: 'multiplicative' });
    expect(model.name).toBe('ETS(A,A,A)');
    expect(codes(model)).toContain('not-positive');
  });

  it('leaves out a season that it has seen less than twice', () => {
    const model = fitHoltWinters(passengers.subarray(0, 20), { m: 12 });
    expect(model.name).toBe('ETS(A,A,N)');
    expect(codes(model)).toEqual(['too-short-for-season']);
  });

  it.each([
    ['one value', [5]],
    ['a constant', new Array(30).fill(3)],
    ['huge values', [1e150, -1e150, 1e150, 5e149, 1e150, 1e150, 1e150, 1]],
    ['gaps', [1, Number.NaN, 3, 4, Number.NaN, 6, 5, 8, 9, 7, Number.NaN]],
  ])('gives finite forecasts for %s', (_, list) => {
    const y = Float64Array.from(list);
    for (const model of [fitSes(y), fitHolt(y), fitHoltWinters(y, { m: 4, damped: true })]) {
      expect(model.forecast(6, [0.9]).mean.every(Number.isFinite)).toBe(true);
    }
  });
});
