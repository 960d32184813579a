import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../invalid-input.ts';
import { createRandom } from '../../math/random.ts';
import { fitArima } from './fit-arima.ts';

const path = new URL('../../../fixtures/airpassengers.json', import.meta.url);
const passengers = Float64Array.from(JSON.parse(readFileSync(path, 'utf8')).values as number[]);
const airline = { m: 12, order: { d: 1, q: 1 }, seasonal: { D: 1, Q: 1 } };
const logs = passengers.map(Math.log);

const codes = (model: { warnings: readonly { code: string }[] }) =>
  model.warnings.map(({ code }) => code);

/** y = level + effect · x + AR(1) noise */
function simulated(n: number, seed = 11) {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const x = Float64Array.from({ length: n }, () => normal());
  let error = 0;
  const y = x.map((value) => {
    error = 0.6 * error + normal();
    return 50 + 3 * value + error;
  });
  return { x, y };
}

describe('the airline model of the logarithms of the airline passengers', () => {
  const model = fitArima(logs, airline);

  it('has the coefficients and the likelihood of R', () => {
    // R 4.2.2: arima(log(AirPassengers), c(0,1,1), c(0,1,1)); Box & Jenkins give .396 and .614 by another method.
    expect(model.parameters.ma1).toBeCloseTo(-0.4018, 3);
    expect(model.parameters.sma1).toBeCloseTo(-0.5569, 3);
    expect(model.logLikelihood).toBeCloseTo(244.7, 1);
    expect(model.aicc).toBeCloseTo(-483.2, 1);
    expect(model.name).toBe('ARIMA(0,1,1)(0,1,1)[12]');
  });

  it('has no fitted values where there is no past, and small residuals after', () => {
    expect(model.fitted.subarray(0, 13).every(Number.isNaN)).toBe(true);
    expect(model.residuals.subarray(13).every((value) => Math.abs(value) < 0.2)).toBe(true);
  });

  it('forecasts a season that grows, with intervals that widen', () => {
    const { mean, intervals } = model.forecast(24, [0.8]);
    expect(mean[0]).toBeCloseTo(6.1102, 3);
    expect(mean[23]).toBeCloseTo(6.2643, 3);
    const { lower, upper } = intervals[0]!;
    expect(upper[23]! - lower[23]!).toBeGreaterThan(1.5 * (upper[0]! - lower[0]!));
  });

  it('does not care about unit and level', () => {
    const other = fitArima(
      logs.map((value) => 1e6 * value - 1e8),
      airline,
    );
    expect(other.parameters.ma1).toBeCloseTo(model.parameters.ma1!, 4);
    expect(other.forecast(12).mean[11]).toBeCloseTo(1e6 * model.forecast(12).mean[11]! - 1e8, -1);
    expect(other.logLikelihood! + 131 * Math.log(1e6)).toBeCloseTo(model.logLikelihood!, 3);
  });

  it('is the same by a Box–Cox power of 0, with means a little above medians', () => {
    const median = fitArima(passengers, { ...airline, boxCox: 0, biasAdjust: false });
    const mean = fitArima(passengers, { ...airline, boxCox: 0 });
    const plain = model.forecast(12, [0.9]);
    const back = median.forecast(12, [0.9]);
    plain.mean.forEach((value, i) => {
      expect(back.mean[i]! / Math.exp(value)).toBeCloseTo(1, 8);
      expect(mean.forecast(12).mean[i]! / back.mean[i]!).toBeGreaterThan(1);
    });
    expect(back.intervals[0]!.lower[5]! / Math.exp(plain.intervals[0]!.lower[5]!)).toBeCloseTo(
      1,
      8,
    );
    expect(median.fitted[50]! / Math.exp(model.fitted[50]!)).toBeCloseTo(1, 8);
  });
});

describe('a likelihood with summits on both sides of where the coefficients cancel', () => {
  // Simulated; log-likelihoods of R forecast 8.20 Arima(y, c(1, 1, 1)).
  it.each([
    {
      summit: 'a negative autoregression',
      y: [
        98, 105.2, 105.1, 107.4, 109.2, 114.4, 111.6, 108, 107.4, 98.2, 94.8, 98.9, 98.3, 87.9,
        81.4, 80.6, 83.4, 82, 83.2, 88, 90.7, 94.9, 101.3, 101.6, 96.9, 93.8, 94.2, 96, 91.9, 92.1,
        91.8, 97, 97.4, 101.1, 111.4, 106.5, 102.5, 101.1, 100, 101.8, 104.9, 102, 110, 111, 116.4,
        122.5, 119.7, 122.8, 120.6, 123.5, 123.5, 123.5, 121.5, 122.6, 122.5, 121.5, 122.7, 128.5,
        142.8, 144.5,
      ],
      logLikelihood: -167.459,
    },
    {
      summit: 'a positive autoregression',
      y: [
        109.4, 117.5, 121.1, 121.5, 128.6, 141.2, 145.4, 150, 155.4, 169, 172, 170.4, 158.8, 160.5,
        166.6, 166.6, 161.1, 157.6, 160.5, 157.4, 153.3, 149.8, 147.7, 139.9, 137.3, 125.4, 128.7,
        131.1, 137.1, 143.5, 146.3, 159.9, 160.3, 151.6, 155.5, 160.7, 162.2, 164.2, 172.6, 180.7,
        181.6, 189.7, 197.9, 199.4, 202.1, 203.4, 203.6, 205.9, 204.9, 202, 205.8, 205.7, 205.9,
        204.3, 200.6, 199.1, 201.8, 205.3, 206, 208.1,
      ],
      logLikelihood: -179.021,
    },
  ])('is climbed to the higher one: $summit', ({ y, logLikelihood }) => {
    const model = fitArima(Float64Array.from(y), { m: 1, order: { p: 1, d: 1, q: 1 } });
    expect(model.logLikelihood).toBeGreaterThan(logLikelihood - 0.05);
  });
});

describe('ARIMA with missing values', () => {
  it('leaves a gap out instead of filling it', () => {
    const gappy = logs.slice();
    for (const t of [3, 40, 41, 90, 143]) gappy[t] = Number.NaN;
    const model = fitArima(gappy, airline);
    expect(Math.abs(model.parameters.ma1! + 0.4)).toBeLessThan(0.06);
    expect(model.residuals[40]).toBeNaN();
    // What was missing is expected near what it was.
    expect(Math.abs(model.fitted[41]! - logs[41]!)).toBeLessThan(0.1);
    expect(model.warnings).toEqual([]);
    const { mean } = model.forecast(12);
    fitArima(logs, airline)
      .forecast(12)
      .mean.forEach((value, i) => {
        expect(Math.abs(mean[i]! - value)).toBeLessThan(0.05);
      });
  });

  it('has the likelihood of the present values: every second one of an AR(1) is an AR(1)', () => {
    const { y } = simulated(200);
    const every = Float64Array.from(y, (value, t) => (t % 2 === 0 ? value : Number.NaN));
    const thinned = fitArima(
      y.filter((_, t) => t % 2 === 0),
      { m: 1, order: { p: 1 } },
    );
    const gappy = fitArima(every, { m: 1, order: { p: 1 } });
    expect(gappy.logLikelihood).toBeCloseTo(thinned.logLikelihood!, 4);
    expect(gappy.parameters.ar1! ** 2).toBeCloseTo(thinned.parameters.ar1!, 3);
    expect(gappy.parameters.mean).toBeCloseTo(thinned.parameters.mean!, 4);
  });

  it('fills gaps in where the exact way would take minutes, and says so', () => {
    const y = Float64Array.from(
      { length: 1200 },
      (_, t) => Math.sin((2 * Math.PI * t) / 168) + (t % 7),
    );
    y[5] = Number.NaN;
    const model = fitArima(y, { m: 168, seasonal: { D: 1, P: 1 } });
    expect(codes(model)).toContain('missing-filled');
    expect(model.residuals[5]).toBeNaN();
  });
});

describe('regression with ARIMA errors', () => {
  it('finds the effect, and forecasts from future values', () => {
    const { x, y } = simulated(300);
    const model = fitArima(y, { m: 1, order: { p: 1 }, regressors: { x } });
    expect(model.name).toBe('Regression with ARIMA(1,0,0) errors');
    expect(Math.abs(model.parameters.x! - 3)).toBeLessThan(0.15);
    expect(Math.abs(model.parameters.ar1! - 0.6)).toBeLessThan(0.12);
    const far = model.forecast(60, [0.8], { x: new Float64Array(60).fill(2) });
    expect(far.mean[59]).toBeCloseTo(model.parameters.mean! + 2 * model.parameters.x!, 3);
  });

  it('asks for the regressors it was fitted with', () => {
    const { x, y } = simulated(60);
    const model = fitArima(y, { m: 1, order: { p: 1 }, regressors: { x } });
    expect(() => model.forecast(3)).toThrow('future: must be named x, got (none)');
    expect(() => model.forecast(3, [], { x: Float64Array.of(1) })).toThrow('must hold 3 values');
    expect(() => fitArima(y, { m: 1, regressors: { x: x.subarray(1) } })).toThrow(InvalidInput);
    const broken = x.slice();
    broken[7] = Number.NaN;
    expect(() => fitArima(y, { m: 1, regressors: { x: broken } })).toThrow('x must be finite');
    expect(model.applyTo(y, { x }).fitted).toEqual(model.fitted);
    expect(model.follow).toBeUndefined();
  });

  it('gives a regressor that says nothing new no coefficient', () => {
    const { x, y } = simulated(80);
    const twin = x.map((value) => 5 * value);
    const still = new Float64Array(80).fill(4);
    const model = fitArima(y, { m: 1, regressors: { x, twin, still } });
    expect(Math.abs(model.parameters.x! - 3)).toBeLessThan(0.5);
    expect(model.parameters.twin).toBeCloseTo(0, 6);
    expect(model.parameters.still).toBeCloseTo(0, 6);
  });
});

describe('a fitted ARIMA model', () => {
  const model = fitArima(logs.subarray(0, 120), airline);

  it('keeps its parameters when applied to newer values', () => {
    const later = model.applyTo(logs);
    expect(later.parameters).toEqual(model.parameters);
    expect(later.fitted.subarray(0, 120)).toEqual(model.fitted);
    expect(later.logLikelihood).toBeNull();
  });

  it('follows new values as if applied to the longer series', () => {
    for (const [fitted, y] of [
      [model, logs],
      [
        fitArima(passengers.subarray(0, 120), {
          m: 12,
          order: { p: 2, d: 1, q: 1 },
          constant: true,
        }),
        passengers,
      ],
      [fitArima(passengers.subarray(0, 120), { ...airline, boxCox: 0.2 }), passengers],
    ] as const) {
      const follower = fitted.follow!();
      for (let t = 120; t < 144; t++) follower.update(y[t]!);
      const expected = fitted.applyTo(y).forecast(14, [0.9]);
      const actual = follower.forecast(14, [0.9]);
      expect(follower.n).toBe(144);
      expected.mean.forEach((value, i) => {
        expect(actual.mean[i]! / value).toBeCloseTo(1, 6);
        expect(actual.intervals[0]!.upper[i]! / expected.intervals[0]!.upper[i]!).toBeCloseTo(1, 6);
      });
    }
  });

  it('returns the error of its forecast, and passes over a missing value', () => {
    const follower = model.follow!();
    const expected = follower.expected;
    expect(expected).toBeCloseTo(model.forecast(1).mean[0]!, 12);
    expect(follower.update(expected + 0.25)).toBeCloseTo(0.25, 12);
    const next = follower.forecast(2).mean[1]!;
    expect(follower.update(Number.NaN)).toBeNaN();
    expect(follower.expected).toBeCloseTo(next, 10);
    expect(() => follower.update(1e151)).toThrow(InvalidInput);
  });
});

describe('ARIMA of input that leaves little to estimate', () => {
  const full = { m: 12, order: { p: 2, d: 1, q: 2 }, seasonal: { P: 1, D: 1, Q: 1 } };

  it.each([
    ['one value', Float64Array.of(7), 'single-value'],
    ['two values', Float64Array.of(7, 9), 'too-short-for-model'],
    [
      'twenty values',
      Float64Array.from({ length: 20 }, (_, t) => (t * 7) % 5),
      'too-short-for-model',
    ],
    ['a constant', new Float64Array(60).fill(3), 'constant'],
  ])('continues %s with finite values and says why', (_, y, code) => {
    const model = fitArima(y, full);
    const { mean, intervals } = model.forecast(30, [0.95]);
    expect(codes(model)).toContain(code);
    for (const values of [mean, intervals[0]!.lower, intervals[0]!.upper]) {
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  it('continues a line exactly', () => {
    const y = Float64Array.from({ length: 20 }, (_, t) => 5 + 3 * t);
    const model = fitArima(y, { m: 1, order: { d: 1 }, constant: true });
    const { mean, intervals } = model.forecast(3, [0.9]);
    expect(mean[2]).toBeCloseTo(71, 9);
    expect(intervals[0]!.upper[2]! - intervals[0]!.lower[2]!).toBeCloseTo(0, 9);
  });

  it('bears huge and tiny values, a far level, and a wide horizon', () => {
    const { y } = simulated(50);
    for (const scale of [1e-140, 1, 1e140]) {
      const model = fitArima(
        y.map((value) => value * scale),
        { m: 4, order: { p: 1, d: 1, q: 1 } },
      );
      expect(model.forecast(4).mean.every((value) => Number.isFinite(value / scale))).toBe(true);
    }
    const far = fitArima(
      y.map((value) => value + 1e9),
      { m: 1, order: { p: 1 } },
    );
    expect(far.parameters.ar1).toBeCloseTo(
      fitArima(y, { m: 1, order: { p: 1 } }).parameters.ar1!,
      3,
    );
    const long = fitArima(y, { m: 1, order: { p: 1 } }).forecast(100_000, [0.9]);
    expect(long.mean[99_999]).toBeCloseTo(long.mean[99_998]!, 9);
  });

  it('throws for broken promises', () => {
    const y = Float64Array.of(1, 2, 3, 5, 4, 6);
    const wrong: [object, string][] = [
      [{ m: 0 }, 'm: must be a whole number >= 1'],
      [{ m: 1, order: { p: -1 } }, 'p: '],
      [{ m: 1, order: { d: 4 } }, 'd: '],
      [{ m: 1, seasonal: { P: 1 } }, 'seasonal: needs a season length'],
      [{ m: 1, order: { d: 2 }, constant: true }, 'constant: needs d + D <= 1'],
      [{ m: 1, boxCox: Number.NaN }, 'boxCox: '],
    ];
    for (const [options, text] of wrong) {
      expect(() => fitArima(y, options as { m: number })).toThrow(text);
    }
    expect(() =>
      fitArima(
        y.map((value) => -value),
        { m: 1, boxCox: 0 },
      ),
    ).toThrow('boxCox: ');
    expect(() => fitArima(Float64Array.of(1, 1e100, 3), { m: 1, boxCox: 2 })).toThrow('boxCox: ');
    expect(() => fitArima(new Float64Array(5).fill(Number.NaN), { m: 1 })).toThrow('y: ');
    expect(() => fitArima(Float64Array.of(1, 1e300), { m: 1 })).toThrow('y: must lie within');
  });
});
