import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { regressionByElimination } from '../reference/regression.ts';
import { adfTest } from './adf.ts';

/** The definition, one regression after the other. */
function adfByDefinition(y: readonly number[]) {
  const n = y.length;
  const most = Math.min(Math.floor(n / 2) - 2, Math.ceil(12 * (n / 100) ** 0.25));
  const d = y.slice(1).map((value, t) => value - y[t]!);
  const fit = (lags: number, first: number) => {
    const rows = d.slice(first);
    const at = (lag: number) => rows.map((_, i) => d[first + i - lag]!);
    const level = rows.map((_, i) => y[first + i]!);
    const lagged = Array.from({ length: lags }, (_, i) => at(i + 1));
    return { ...regressionByElimination([level, ...lagged], rows), rows: rows.length };
  };
  const aic = (lags: number) => {
    const { residualSquares, rows } = fit(lags, most);
    return rows * Math.log(residualSquares) + 2 * (lags + 2);
  };
  let usedLag = 0;
  for (let lags = 1; lags <= most; lags++) if (aic(lags) < aic(usedLag)) usedLag = lags;
  return { usedLag, statistic: fit(usedLag, usedLag).tValues[0]! };
}

/** Whole numbers with two lagged differences in their recurrence. */
const RECURRENCE = Float64Array.of(
  0,
  0,
  0,
  -5,
  -19,
  -36,
  -26,
  3,
  -4,
  2,
  10,
  24,
  11,
  13,
  2,
  -12,
  -20,
  -18,
  -32,
  -38,
  -43,
  -23,
  -15,
  -21,
  -35,
  -15,
  5,
  -2,
  6,
  -5,
  6,
  28,
  25,
  -5,
  0,
  7,
  5,
  7,
  -1,
  -8,
  2,
  7,
  7,
  6,
  19,
  36,
  35,
  30,
  14,
  12,
  34,
  21,
  -6,
  9,
  17,
  26,
  42,
  34,
  24,
  38,
  56,
  68,
  49,
  43,
  58,
  64,
  48,
  54,
  70,
  53,
  37,
  48,
  35,
  44,
  60,
  37,
  30,
  34,
  41,
  35,
);

describe('adfTest', () => {
  it('equals its definition on noise, walks and counts', () => {
    const random = createRandom(3);
    for (let n = 8; n < 60; n += 3) {
      const noise = Array.from({ length: n }, () => 10 * random() - 3);
      let level = 50;
      const walk = noise.map((value) => (level += value));
      const counts = noise.map(Math.round);
      for (const y of [noise, walk, counts]) {
        const expected = adfByDefinition(y);
        const { statistic, usedLag } = adfTest(Float64Array.from(y));
        expect(usedLag).toBe(expected.usedLag);
        expect(Math.abs(statistic / expected.statistic - 1)).toBeLessThan(1e-7);
      }
    }
  });

  // Results of statsmodels 0.13.5 for its autolag AIC, BIC, t-stat and None.
  it.each([
    ['AIC', -0.6669174542945697, 0.8551336066769153, 9],
    ['BIC', -1.3175117925255986, 0.6211230546272634, 2],
    ['t-stat', -0.6669174542945697, 0.8551336066769153, 9],
    ['most', -0.5651087651835041, 0.8786727389763762, 12],
  ] as const)('chooses lags by %s as statsmodels does', (choice, statistic, pValue, usedLag) => {
    const test = adfTest(RECURRENCE, undefined, choice);
    expect(test.usedLag).toBe(usedLag);
    expect(test.statistic).toBeCloseTo(statistic, 9);
    expect(test.pValue).toBeCloseTo(pValue, 9);
  });

  it('does not change with level and unit', () => {
    const y = Float64Array.from({ length: 60 }, createRandom(5));
    const a = adfTest(y);
    const b = adfTest(y.map((value) => 1e6 + 1000 * value));
    expect(b.usedLag).toBe(a.usedLag);
    expect(b.statistic).toBeCloseTo(a.statistic, 6);
    expect(adfTest(y.map((value) => 1e-300 * value)).statistic).toBeCloseTo(a.statistic, 6);
    expect(adfTest(y.map((value) => 1e300 * value)).statistic).toBeCloseTo(a.statistic, 6);
  });

  it('passes over lags that are zero in all rows', () => {
    // The only change before the last rows lies where no regression reaches.
    const y = Float64Array.from({ length: 50 }, (_, t) => (t < 3 ? 0 : t < 45 ? 5 : t % 3));
    expect(Number.isFinite(adfTest(y).statistic)).toBe(true);
  });

  it('is not defined for constants, exact recurrences and short series', () => {
    expect(adfTest(new Float64Array(100).fill(7))).toEqual({
      statistic: Number.NaN,
      pValue: Number.NaN,
      usedLag: 0,
    });
    expect(adfTest(Float64Array.from({ length: 50 }, (_, t) => (-1) ** t)).statistic).toBeNaN();
    for (let n = 0; n < 4; n++) {
      expect(adfTest(Float64Array.from({ length: n }, (_, t) => t * t)).usedLag).toBeNaN();
    }
    expect(adfTest(Float64Array.of(1, 4, 2, 8, 5, 7), 4).usedLag).toBeNaN();
  });

  it('refuses a negative number of lags', () => {
    expect(() => adfTest(Float64Array.of(1, 2, 3, 4), -1)).toThrow(InvalidInput);
  });
});
