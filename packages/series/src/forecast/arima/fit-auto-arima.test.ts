import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { fitAutoArima } from './fit-auto-arima.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);
const logs = passengers.map(Math.log);

const codes = (model: { warnings: readonly { code: string }[] }) =>
  model.warnings.map(({ code }) => code);

describe('automatic ARIMA of the airline passengers', () => {
  it('is the airline model on the logarithms', () => {
    const model = fitAutoArima(logs, { m: 12, style: 'textbook' });
    // R 4.2.2, forecast 8.20: auto.arima(AirPassengers, lambda = 0).
    expect(model.name).toBe('ARIMA(0,1,1)(0,1,1)[12]');
    expect(model.parameters.ma1).toBeCloseTo(-0.4018, 3);
    expect(model.parameters.sma1).toBeCloseTo(-0.5569, 3);
  });

  it('has at most the AICc of R without a transformation', () => {
    const model = fitAutoArima(passengers, { m: 12, style: 'textbook' });
    expect(model.aicc).toBeLessThan(1018.17 + 2);
  });

  it('averages the models near the best one, which gives its order and likelihood', () => {
    const model = fitAutoArima(logs, { m: 12 });
    const { members } = model;
    expect(members.length).toBeGreaterThan(1);
    expect(model.name).toBe(`${members[0]!.model.name} and ${members.length - 1} more`);
    expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(model.aicc).toBe(members[0]!.model.aicc);
    members.forEach(({ weight, model: member }) => {
      expect(weight).toBeLessThanOrEqual(members[0]!.weight);
      expect(member.aicc! - model.aicc!).toBeLessThan(6);
    });
    const { mean } = model.forecast(3);
    const sum = members.reduce(
      (total, { weight, model: member }) => total + weight * member.forecast(3).mean[2]!,
      0,
    );
    expect(mean[2]).toBeCloseTo(sum, 10);
  });

  it('follows and applies as a whole', () => {
    const model = fitAutoArima(logs.subarray(0, 132), { m: 12 });
    const follower = model.follow!();
    for (let t = 132; t < 144; t++) follower.update(logs[t]!);
    const expected = model.applyTo(logs).forecast(12, [0.8]);
    const actual = follower.forecast(12, [0.8]);
    expected.mean.forEach((value, i) => {
      expect(actual.mean[i]).toBeCloseTo(value, 6);
      expect(actual.intervals[0]!.lower[i]).toBeCloseTo(expected.intervals[0]!.lower[i]!, 6);
    });
  });

  it('works through a gap and through a transformation of its own choice', () => {
    const gappy = passengers.slice();
    gappy[70] = Number.NaN;
    const model = fitAutoArima(gappy, { m: 12, boxCox: 'auto' });
    expect(model.parameters.lambda).toBeGreaterThanOrEqual(0);
    expect(model.residuals[70]).toBeNaN();
    const { mean } = model.forecast(12);
    expect(Math.abs(mean[6]! - 680)).toBeLessThan(60);
  });

  it('gives equal output for equal input', () => {
    const [a, b] = [0, 1].map(() => fitAutoArima(logs, { m: 12 }).forecast(12).mean);
    expect(a).toEqual(b);
  });

  it('keeps within its limits', () => {
    const model = fitAutoArima(logs, { m: 12, limits: { p: 1, q: 0, P: 0, Q: 0 } });
    for (const { model: member } of model.members) {
      expect(member.order).toMatchObject({ q: 0, P: 0, Q: 0 });
      expect(member.order.p).toBeLessThanOrEqual(1);
    }
    expect(fitAutoArima(logs, { m: 12, limits: { work: 1 } }).forecast(1).mean[0]).toBeGreaterThan(
      5,
    );
    expect(fitAutoArima(logs, { m: 12, d: 0, D: 0 }).order).toMatchObject({ d: 0, D: 0 });
    expect(fitAutoArima(logs, { m: 12, seasonal: false }).order).toMatchObject({
      P: 0,
      D: 0,
      Q: 0,
    });
  });
});

describe('automatic ARIMA', () => {
  it('finds the order of a long autoregression, and the effect of a regressor', () => {
    const random = createRandom(4);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    let [a, b] = [0, 0];
    const x = Float64Array.from({ length: 800 }, () => normal());
    const y = x.map((value) => {
      [a, b] = [1.2 * a - 0.5 * b + normal(), a];
      return 10 + 2 * value + a;
    });
    const model = fitAutoArima(y, { m: 1, regressors: { x } });
    expect(model.order.d).toBe(0);
    expect(model.order.p).toBeGreaterThanOrEqual(2);
    expect(Math.abs(model.parameters.x! - 2)).toBeLessThan(0.1);
    expect(model.forecast(2, [], { x: Float64Array.of(1, 1) }).mean).toHaveLength(2);
  });

  it.each([
    ['one value', Float64Array.of(7)],
    ['two values', Float64Array.of(7, 9)],
    ['three values', Float64Array.of(7, 9, 4)],
    ['five values', Float64Array.of(7, 9, 4, 8, 2)],
    ['a constant', new Float64Array(60).fill(3)],
    ['zeros', new Float64Array(60)],
    ['a line', Float64Array.from({ length: 40 }, (_, t) => 3 * t)],
    ['a parabola', Float64Array.from({ length: 40 }, (_, t) => t * t)],
    ['an exact season', Float64Array.from({ length: 60 }, (_, t) => t % 12)],
    ['an exact season on a slope', Float64Array.from({ length: 60 }, (_, t) => (t % 12) + t)],
    ['a single spike', Float64Array.from({ length: 60 }, (_, t) => (t === 30 ? 1e6 : 0))],
    ['a step', Float64Array.from({ length: 60 }, (_, t) => (t < 30 ? 1e-9 : 1e9))],
    ['mostly missing', Float64Array.from({ length: 60 }, (_, t) => (t % 9 === 0 ? t : Number.NaN))],
    [
      'alternating values with gaps',
      Float64Array.from({ length: 25 }, (_, t) => (t % 3 ? (-1) ** t : Number.NaN)),
    ],
    ['huge values', Float64Array.from({ length: 60 }, (_, t) => 1e150 * Math.cos(t * t))],
    [
      'leading gaps',
      Float64Array.from({ length: 60 }, (_, t) => (t < 40 ? Number.NaN : (t * 7) % 5)),
    ],
  ])('continues %s with finite values', (_, y) => {
    for (const style of ['cautious', 'textbook'] as const) {
      const { mean, intervals } = fitAutoArima(y, { m: 12, style }).forecast(30, [0.95]);
      for (const values of [mean, intervals[0]!.lower, intervals[0]!.upper]) {
        expect(values.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('says that a season does not fit in', () => {
    expect(codes(fitAutoArima(passengers.subarray(0, 20), { m: 24 }))).toContain(
      'too-short-for-season',
    );
  });

  it('throws for broken promises', () => {
    expect(() => fitAutoArima(logs, { m: 0 })).toThrow(InvalidInput);
    expect(() => fitAutoArima(logs, { m: 12, d: 3 })).toThrow('d: ');
    expect(() => fitAutoArima(new Float64Array(3).fill(Number.NaN), { m: 1 })).toThrow('y: ');
    expect(() => fitAutoArima(new Float64Array(0), { m: 1 })).toThrow('y: ');
    expect(() => fitAutoArima(Float64Array.of(1, 2, 1e300), { m: 1 })).toThrow(
      'y: must lie within',
    );
  });
});
