import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/random.ts';
import {
  bgNbdExpectedAsPrinted,
  paretoNbdLogLikelihoodAsPrinted,
} from '../reference/purchase-models-by-definition.ts';
import { gammaDraw, simulatedBgNbd } from '../testing/simulated-customers.ts';
import { bgNbdAlive, bgNbdExpectedPurchases, bgNbdPurchasesOfNew } from './bgnbd.ts';
import { bgNbdLogLikelihood } from './bgnbd-likelihood.ts';
import { fitBgNbd } from './fit-bgnbd.ts';
import { fitParetoNbd } from './fit-pareto-nbd.ts';
import { fitGammaGamma, gammaGammaExpectedValue } from './gamma-gamma.ts';
import { lifetimeValue } from './lifetime-value.ts';
import type { LogLikelihood } from './maximum-likelihood.ts';
import { paretoNbdAlive, paretoNbdExpectedPurchases } from './pareto-nbd.ts';
import { paretoNbdLogLikelihood } from './pareto-nbd-likelihood.ts';
import { distinctHistories } from './purchase-summary.ts';

const BG = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const PARETO = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
/** x, t_x, T. */
const HISTORIES = [
  [0, 0, 38.86],
  [2, 30.43, 38.86],
  [1, 1.71, 38.86],
  [29, 37.1, 38],
  [400, 50, 51],
  [3, 20, 20],
] as const;

const summaryOf = (rows: readonly (readonly number[])[]) => ({
  frequency: Float64Array.from(rows, (row) => row[0]!),
  recency: Float64Array.from(rows, (row) => row[1]!),
  age: Float64Array.from(rows, (row) => row[2]!),
});

function expectExactGradient(likelihood: LogLikelihood, at: Float64Array): void {
  const gradient = new Float64Array(at.length);
  likelihood(at, gradient);
  for (let i = 0; i < at.length; i++) {
    const step = 1e-5 * at[i]!;
    const moved = Float64Array.from(at);
    const ignored = new Float64Array(at.length);
    moved[i] = at[i]! + step;
    const above = likelihood(moved, ignored);
    moved[i] = at[i]! - step;
    const below = likelihood(moved, ignored);
    const slope = (above - below) / (2 * step);
    expect(Math.abs(gradient[i]! - slope)).toBeLessThan(1e-5 * Math.max(1, Math.abs(slope)));
  }
}

describe('BG/NBD', () => {
  it('has the derivatives of its likelihood', () => {
    const data = distinctHistories(summaryOf(HISTORIES));
    expectExactGradient(bgNbdLogLikelihood(data), Float64Array.of(0.3, 5, 0.8, 2.4));
  });

  it('expects the purchases of the printed formula', () => {
    for (const [x, tx, age] of HISTORIES) {
      for (const t of [0.1, 4, 39, 200]) {
        // Of 400 purchases the printed formula overflows.
        if (x > 100) continue;
        const printed = bgNbdExpectedAsPrinted(BG, t, x, tx, age);
        expect(bgNbdExpectedPurchases(BG, t, x, tx, age) / printed).toBeCloseTo(1, 9);
      }
    }
    expect(bgNbdExpectedPurchases(BG, 52, 400, 50.9, 51)).toBeGreaterThan(100);
  });

  it.each([
    { r: 60, alpha: 400, a: 0.5, b: 2 },
    { r: 1, alpha: 9, a: 300, b: 700 },
    { r: 5, alpha: 4, a: 1, b: 0.5 },
    { r: 0.1, alpha: 3, a: 2, b: 4000 },
    { r: 0.05, alpha: 2, a: 0.01, b: 0.03 },
  ])('expects the purchases of the printed formula at %o, where terms may cancel', (parameters) => {
    for (const [x, tx, age] of HISTORIES) {
      if (x > 100) continue;
      for (const t of [0.5, 20]) {
        // The printed formula has no value at a = 1.
        const beside = { ...parameters, a: parameters.a === 1 ? 1 + 1e-7 : parameters.a };
        const printed = bgNbdExpectedAsPrinted(beside, t, x, tx, age);
        const ours = bgNbdExpectedPurchases(parameters, t, x, tx, age);
        expect(Math.abs(ours / printed - 1)).toBeLessThan(1e-5);
      }
    }
  });

  it('is finite where all buy and leave alike', () => {
    const point = { r: 1000, alpha: 5000, a: 200, b: 800 };
    // Rate 1/5, chance to leave 1/5: (1 − e^(−t/25)) / (1/5).
    expect(bgNbdExpectedPurchases(point, 25, 0, 0, 0)).toBeCloseTo(5 * (1 - Math.exp(-1)), 1);
  });

  it('has no gap at a = 1, where the printed formula divides by zero', () => {
    const at = (a: number) => bgNbdExpectedPurchases({ ...BG, a }, 39, 2, 30, 39);
    expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 9);
  });

  it('expects about as many purchases of new customers as simulated ones make', () => {
    const { frequency } = simulatedBgNbd(20_000, BG, 39, 0);
    const mean = frequency.reduce((sum, x) => sum + x / frequency.length, 0);
    expect(bgNbdPurchasesOfNew(BG, 39)).toBeGreaterThan(mean * 0.95);
    expect(bgNbdPurchasesOfNew(BG, 39)).toBeLessThan(mean * 1.05);
  });

  it('finds the parameters that customers were drawn with, within three standard errors', () => {
    const fit = fitBgNbd(simulatedBgNbd(4000, BG, 60, 20));
    expect(fit.status).toBe('ok');
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      const error = Math.abs(fit.parameters![name] - BG[name]);
      expect(error).toBeLessThan(3 * fit.standardErrors![name]);
    }
  });

  it('does not depend on the unit of time', () => {
    const weeks = simulatedBgNbd(1000, BG, 60, 20);
    const inDays = (values: Float64Array) => values.map((value) => 7 * value);
    const days = { ...weeks, recency: inDays(weeks.recency), age: inDays(weeks.age) };
    const [a, b] = [fitBgNbd(weeks).parameters!, fitBgNbd(days).parameters!];
    expect(b.alpha / a.alpha).toBeCloseTo(7, 3);
    expect(b.r).toBeCloseTo(a.r, 4);
  });

  it('says that nobody leaves where nobody does', () => {
    const fit = fitBgNbd(simulatedBgNbd(2000, { r: 1, alpha: 5, a: 1e-9, b: 1 }, 60, 20));
    expect(fit.status).toBe('degenerate');
    expect(fit.problems[0]!.code).toBe('no-dropout');
  });

  it('says that all buy at one rate where all do', () => {
    const fit = fitBgNbd(simulatedBgNbd(2000, { r: 1e7, alpha: 1e8, a: 1, b: 4 }, 60, 20));
    expect(fit.status).toBe('degenerate');
    expect(fit.problems.map(({ code }) => code)).toContain('homogeneous-rates');
  });

  it('says that customers leave at once or never where they do', () => {
    const fit = fitBgNbd(simulatedBgNbd(2000, { r: 1, alpha: 5, a: 1e-5, b: 2e-5 }, 60, 20));
    expect(fit.status).toBe('degenerate');
    expect(fit.problems.map(({ code }) => code)).toContain('polarised-dropout');
  });

  it.each([
    ['no customers', [], 'no-customers'],
    ['one customer', [[3, 10, 20]], 'identical-customers'],
    ['identical customers', Array.from({ length: 500 }, () => [3, 10, 20]), 'identical-customers'],
    ['one purchase each', Array.from({ length: 500 }, (_, i) => [0, 0, i]), 'no-repeat-purchases'],
    ['all new today', Array.from({ length: 9 }, () => [0, 0, 0]), 'no-time-observed'],
    [
      'few repeat buyers',
      Array.from({ length: 500 }, (_, i) => [i < 9 ? 1 : 0, i < 9 ? i : 0, 20 + i]),
      'too-few-repeat-buyers',
    ],
  ])('estimates nothing from %s', (_, rows, code) => {
    for (const fit of [fitBgNbd(summaryOf(rows)), fitParetoNbd(summaryOf(rows))]) {
      expect(fit).toMatchObject({ status: 'none', parameters: null, logLikelihood: null });
      expect(fit.problems.map((one) => one.code)).toEqual([code]);
    }
  });

  it('refuses histories that cannot be', () => {
    expect(() => fitBgNbd(summaryOf([[1.5, 1, 2]]))).toThrow('frequency: must be whole numbers');
    expect(() => fitBgNbd(summaryOf([[1, 3, 2]]))).toThrow('recency: must be from 0 to the age');
    expect(() => fitBgNbd(summaryOf([[1, 3, Infinity]]))).toThrow('age: must be finite');
    expect(() => bgNbdExpectedPurchases(BG, -1, 0, 0, 1)).toThrow(
      't: must be a finite number >= 0',
    );
  });

  it('calls every one-time buyer alive, which is why that must not be shown', () => {
    expect(bgNbdAlive(BG, 0, 0, 1000)).toBe(1);
    expect(paretoNbdAlive(PARETO, 0, 0, 1000)).toBeLessThan(0.2);
  });
});

describe('Pareto/NBD', () => {
  const likelihoodOf = (row: readonly number[]) =>
    paretoNbdLogLikelihood(distinctHistories(summaryOf([row])));

  it.each([
    PARETO,
    { r: 2, alpha: 30, s: 3, beta: 4 },
    { r: 0.7, alpha: 1.2, s: 1, beta: 80 },
    { r: 5, alpha: 20, s: 0.05, beta: 0.4 },
  ])('has the likelihood of the printed formula at %o', (parameters) => {
    const at = Float64Array.from(Object.values(parameters));
    for (const row of HISTORIES) {
      const [x, tx, age] = row;
      if (x > 100) continue;
      const printed = paretoNbdLogLikelihoodAsPrinted(parameters, x, tx, age);
      const ours = likelihoodOf(row)(at, new Float64Array(4));
      expect(Math.abs(ours - printed)).toBeLessThan(1e-8 * Math.max(1, Math.abs(printed)));
    }
  });

  it('has the derivatives of its likelihood', () => {
    const data = distinctHistories(summaryOf(HISTORIES));
    expectExactGradient(paretoNbdLogLikelihood(data), Float64Array.of(0.6, 9, 0.7, 13));
    expectExactGradient(paretoNbdLogLikelihood(data), Float64Array.of(2, 40, 1, 3));
  });

  it('expects no more purchases than time allows, and has no gap at s = 1', () => {
    const at = (s: number) => paretoNbdExpectedPurchases({ ...PARETO, s }, 39, 2, 30, 39);
    expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 8);
    expect(paretoNbdExpectedPurchases(PARETO, 0, 2, 30, 39)).toBe(0);
  });

  it('finds the same from very many histories, of which it first looks at rounded ones', () => {
    const many = simulatedBgNbd(12_000, BG, 60, 20);
    const part = (values: Float64Array) => values.subarray(0, 4000);
    const few = fitParetoNbd({
      ...{ frequency: part(many.frequency), recency: part(many.recency), age: part(many.age) },
    });
    const all = fitParetoNbd(many);
    expect([few.status, all.status]).toEqual(['ok', 'ok']);
    for (const name of ['r', 'alpha', 's', 'beta'] as const) {
      const apart = Math.abs(all.parameters![name] - few.parameters![name]);
      expect(apart).toBeLessThan(3 * few.standardErrors![name]);
      expect(all.standardErrors![name]).toBeLessThan(few.standardErrors![name]);
    }
  });

  it('says that nobody leaves where nobody does', () => {
    const fit = fitParetoNbd(simulatedBgNbd(600, { r: 1, alpha: 5, a: 1e-9, b: 1 }, 60, 20));
    expect(fit.status).toBe('degenerate');
    expect(fit.problems[0]!.code).toBe('no-dropout');
  });
});

describe('Gamma-Gamma', () => {
  const WANTED = { p: 6.25, q: 3.74, v: 15.4 };

  function drawn(n: number, { p, q, v }: typeof WANTED) {
    const random = createRandom(5);
    const frequency = Float64Array.from({ length: n }, () => 1 + Math.floor(6 * random() ** 2));
    const value = frequency.map((x) => {
      const rate = gammaDraw(q, random) / v;
      return gammaDraw(p * x, random) / rate / x;
    });
    return { frequency, value };
  }

  it('finds the parameters that values were drawn with, within three standard errors', () => {
    const { frequency, value } = drawn(4000, WANTED);
    const fit = fitGammaGamma(frequency, value);
    expect(fit.status).toBe('ok');
    for (const name of ['p', 'q', 'v'] as const) {
      const error = Math.abs(fit.parameters![name] - WANTED[name]);
      expect(error).toBeLessThan(3 * fit.standardErrors![name]);
    }
    expect(Math.abs(fit.correlation!)).toBeLessThan(0.1);
  });

  it('does not depend on the currency', () => {
    const { frequency, value } = drawn(500, WANTED);
    const yen = fitGammaGamma(
      frequency,
      value.map((one) => one * 150),
    );
    const pounds = fitGammaGamma(frequency, value);
    expect(yen.parameters!.v / pounds.parameters!.v).toBeCloseTo(150, 3);
    expect(yen.parameters!.p).toBeCloseTo(pounds.parameters!.p, 5);
  });

  it('expects between the customer’s mean and everybody’s', () => {
    const everybody = (WANTED.p * WANTED.v) / (WANTED.q - 1);
    expect(gammaGammaExpectedValue(WANTED, 0, 0)).toBeCloseTo(everybody, 10);
    const one = gammaGammaExpectedValue(WANTED, 1, 100);
    const nine = gammaGammaExpectedValue(WANTED, 9, 100);
    expect(one).toBeGreaterThan(everybody);
    expect(nine).toBeGreaterThan(one);
    expect(nine).toBeLessThan(100);
  });

  it('says that all spend the same, or that nobody bought twice', () => {
    const codes = (frequency: number[], value: number[]) =>
      fitGammaGamma(Float64Array.from(frequency), Float64Array.from(value)).problems[0]!.code;
    expect(codes(Array(50).fill(2), Array(50).fill(9.99))).toBe('homogeneous-values');
    const alike = fitGammaGamma(
      Float64Array.from(Array(50).fill(5)),
      new Float64Array(50).fill(9.99),
    );
    expect(alike.correlation).toBe(null);
    expect(codes([0, 0, 0], [0, 0, 0])).toBe('no-repeat-purchases');
    expect(codes([1, 2, 3], [4, 5, 6])).toBe('too-few-repeat-buyers');
  });
});

describe('the value of a customer', () => {
  it('discounts each month’s purchases', () => {
    const value = lifetimeValue((t) => t, 10, {
      months: 2,
      monthlyDiscount: 0.1,
      unitsPerMonth: 1,
    });
    expect(value).toBeCloseTo(10 / 1.1 + 10 / 1.21, 12);
    expect(() => lifetimeValue((t) => t, 10, { months: 0 })).toThrow(
      'months: must be a whole number',
    );
  });
});
