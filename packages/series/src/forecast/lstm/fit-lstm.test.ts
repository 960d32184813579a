import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { fitSes } from '../ets/named.ts';
import { fitLstm, type LstmOptions, lstmOf } from './fit-lstm.ts';
import { createLstmNetwork, emptyState, startingWeights, weightCount } from './lstm-network.ts';

/** A season whose change decays and turns back: an autoregression on top of 12 fixed values. */
function seasonal(n: number, seed = 1): Float64Array {
  const random = createRandom(seed);
  let change = 0;
  return Float64Array.from({ length: n }, (_, t) => {
    change = 0.9 * change + random() - 0.5;
    return 100 + 20 * Math.sin((2 * Math.PI * t) / 12) + 5 * change;
  });
}

const SMALL: LstmOptions = { m: 12, hidden: 6, maxEpochs: 40 };

describe('the network', () => {
  it.each([1, 2])('has the gradient that differences show: %i layers', (layers) => {
    const shape = { inputs: 3, hidden: 4, layers };
    const random = createRandom(9);
    const n = 7;
    const network = createLstmNetwork(shape, n);
    const weights = startingWeights(shape, random).map((w) => w + 0.6 * (random() - 0.5));
    const x = Float64Array.from({ length: 3 * n }, () => random() - 0.5);
    const targets = Float64Array.from({ length: n }, () => random() - 0.5);
    const out = new Float64Array(n);
    const loss = (w: Float64Array) => {
      network.forward(w, x, 0, n, emptyState(shape), out);
      return out.reduce((sum, value, t) => sum + (value - targets[t]!) ** 2 / 2, 0);
    };
    loss(weights);
    const gradient = new Float64Array(weightCount(shape));
    network.backward(
      weights,
      out.map((value, t) => value - targets[t]!),
      gradient,
    );
    for (let i = 0; i < weights.length; i++) {
      const up = weights.slice();
      const down = weights.slice();
      up[i]! += 1e-6;
      down[i]! -= 1e-6;
      expect(gradient[i]).toBeCloseTo((loss(up) - loss(down)) / 2e-6, 7);
    }
  });

  it('remembers across calls what it remembers within one', () => {
    const shape = { inputs: 2, hidden: 3, layers: 2 };
    const random = createRandom(4);
    const weights = startingWeights(shape, random).map((w) => w + random() - 0.5);
    const x = Float64Array.from({ length: 20 }, () => random());
    const whole = new Float64Array(10);
    createLstmNetwork(shape, 10).forward(weights, x, 0, 10, emptyState(shape), whole);
    const parts = new Float64Array(10);
    const network = createLstmNetwork(shape, 4);
    const state = emptyState(shape);
    for (const [from, count] of [
      [0, 4],
      [4, 3],
      [7, 3],
    ] as const) {
      network.forward(weights, x, from, count, state, parts);
    }
    expect(parts).toEqual(whole);
  });
});

describe('fitLstm', () => {
  const y = seasonal(240);
  const model = fitLstm(y.subarray(0, 228), { m: 12 });

  it('learns what smoothing cannot know', () => {
    // Every miss is followed by one of the other side: the level itself cannot tell.
    const random = createRandom(3);
    let miss = 0;
    const swinging = Float64Array.from({ length: 500 }, () => {
      miss = -0.8 * miss + random() - 0.5;
      return 50 + 5 * miss;
    });
    const rmse = (residuals: Float64Array) => {
      const errors = residuals.subarray(300);
      return Math.sqrt(errors.reduce((sum, value) => sum + value * value, 0) / errors.length);
    };
    const learned = fitLstm(swinging.subarray(0, 300), { m: 1 }).applyTo(swinging);
    expect(rmse(learned.residuals)).toBeLessThan(0.75 * rmse(fitSes(swinging).residuals));
  });

  it('forecasts the season, with intervals that widen', () => {
    const { mean, intervals } = model.forecast(30, [0.8]);
    expect(mean.every(Number.isFinite)).toBe(true);
    const high = [...mean.subarray(0, 12)].indexOf(Math.max(...mean.subarray(0, 12)));
    expect(Math.abs(((228 + high) % 12) - 3)).toBeLessThan(2);
    const width = (i: number) => intervals[0]!.upper[i]! - intervals[0]!.lower[i]!;
    expect(width(24)).toBeGreaterThan(width(0));
  });

  it('is the same for the same seed', () => {
    const again = fitLstm(y.subarray(0, 228), { m: 12 });
    expect(again.forecast(12)).toEqual(model.forecast(12));
    expect(fitLstm(y, SMALL).forecast(3)).not.toEqual(
      fitLstm(y, { ...SMALL, seed: 2 }).forecast(3),
    );
  });

  it('does not look ahead: fitted values of a longer series begin with those of a shorter one', () => {
    const longer = model.applyTo(y).fitted;
    expect(longer.subarray(0, 228)).toEqual(model.fitted);
    expect(longer[228]).toBe(model.forecast(1).mean[0]);
  });

  it('follows new values as if it had been applied to all of them', () => {
    const follower = model.follow!();
    const before = model.forecast(1).mean[0]!;
    expect(follower.update(y[228]!)).toBeCloseTo(y[228]! - before, 9);
    follower.update(Number.NaN);
    for (let t = 230; t < 240; t++) follower.update(y[t]!);
    expect(follower.n).toBe(240);
    const filled = y.slice();
    filled[229] = model.applyTo(y.subarray(0, 229)).forecast(1).mean[0]!;
    const expected = model.applyTo(filled).forecast(14).mean;
    follower.forecast(14).mean.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 9);
    });
  });

  it('can be stored and put to use again', () => {
    const stored = structuredClone(model.weights!);
    expect(lstmOf(y.subarray(0, 228), stored).forecast(20, [0.9])).toEqual(
      model.forecast(20, [0.9]),
    );
    const broken = { ...stored, values: stored.values.subarray(1) };
    expect(() => lstmOf(y, broken)).toThrow('weights: must hold');
  });

  it('stops when it is told to, and at its bound of work, and says so', () => {
    const asked: number[] = [];
    const stopped = fitLstm(y, {
      ...SMALL,
      shouldStop: ({ epoch }) => asked.push(epoch) === 3,
    });
    expect(asked).toEqual([1, 2, 3]);
    expect(stopped.warnings[0]).toMatchObject({ code: 'not-converged', values: { iterations: 3 } });
    const bounded = fitLstm(y, { ...SMALL, maxWork: 1 });
    expect(bounded.parameters.epochs).toBe(0);
    // Untrained it is simple smoothing with a drift.
    const { alpha, centre } = bounded.parameters;
    const flat = fitLstm(seasonal(240), { m: 1, maxWork: 1 }).forecast(3).mean;
    expect(flat[2]! - flat[1]!).toBeCloseTo(flat[1]! - flat[0]!, 9);
    expect(Number.isFinite(alpha! + centre!)).toBe(true);
  });

  it('stacks two layers', () => {
    const two = fitLstm(y, { ...SMALL, layers: 2, maxEpochs: 5 });
    expect(two.name).toBe('LSTM(6, 6)');
    expect(two.forecast(5).mean.every(Number.isFinite)).toBe(true);
  });

  it.each<[string, Float64Array, string]>([
    ['one value', Float64Array.of(3), 'single-value'],
    ['a constant', new Float64Array(90).fill(7), 'constant'],
    ['a short series', seasonal(15), 'too-short-for-model'],
    ['a season longer than the series', seasonal(10), 'too-short-for-model'],
  ])('repeats the past for %s', (_, values, code) => {
    const simple = fitLstm(values, { ...SMALL, m: 12 });
    expect(simple.warnings.map((one) => one.code)).toContain(code);
    expect(simple.weights).toBeNull();
    expect(simple.forecast(4).mean.every(Number.isFinite)).toBe(true);
  });

  it('fills gaps, leaves their residuals out and bears large values', () => {
    const gaps = y.map((value, t) => (t % 17 === 3 || t < 4 ? Number.NaN : 1e100 * value));
    const fitted = fitLstm(gaps, SMALL);
    expect(fitted.residuals[20]).toBeNaN();
    expect(fitted.forecast(6, [0.95]).intervals[0]!.upper.every(Number.isFinite)).toBe(true);
    expect(() =>
      fitLstm(
        y.map((value) => 1e200 * value),
        SMALL,
      ),
    ).toThrow('y: ');
    expect(() => fitLstm(new Float64Array(9).fill(Number.NaN), SMALL)).toThrow('y: ');
  });

  it.each<[Partial<LstmOptions>, string]>([
    [{ m: 0 }, 'm'],
    [{ hidden: 0 }, 'hidden'],
    [{ layers: 3 as 2 }, 'layers'],
    [{ holdBack: 1 }, 'holdBack'],
    [{ rate: -1 }, 'rate'],
    [{ maxWork: Number.NaN }, 'maxWork'],
    [{ maxEpochs: 1.5 }, 'maxEpochs'],
  ])('refuses %j', (options, argument) => {
    expect(() => fitLstm(y, { ...SMALL, ...options })).toThrow(`${argument}: `);
    expect(() => fitLstm(y, { ...SMALL, ...options })).toThrow(InvalidInput);
  });
});
