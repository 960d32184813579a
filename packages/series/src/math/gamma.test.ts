import { describe, expect, it } from 'vitest';
import { chiSquareSurvival, logGamma, lowerGammaShare, upperGammaShare } from './gamma.ts';
import { normalCdf } from './normal.ts';

const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);

describe('gamma', () => {
  it('has the logarithms of factorials and of √π', () => {
    let factorial = 0;
    for (let n = 1; n < 150; n++) {
      factorial += Math.log(n);
      expect(Math.abs(logGamma(n + 1) - factorial)).toBeLessThanOrEqual(2e-14 * (1 + factorial));
    }
    expect(relative(logGamma(0.5), Math.log(Math.PI) / 2)).toBeLessThan(1e-14);
    expect(relative(logGamma(0.1), 2.252712651734206)).toBeLessThan(1e-14);
  });

  // Closed forms: 2 degrees of freedom give exp(−x / 2), 4 give (1 + x / 2) exp(−x / 2).
  it('equals the closed forms of chi-square with 2 and 4 degrees of freedom', () => {
    for (const x of [1e-6, 0.1, 1, 3, 10, 100, 700, 1300]) {
      expect(relative(chiSquareSurvival(x, 2), Math.exp(-x / 2))).toBeLessThan(1e-12);
      expect(relative(chiSquareSurvival(x, 4), (1 + x / 2) * Math.exp(-x / 2))).toBeLessThan(1e-12);
    }
  });

  it('splits the whole into a lower and an upper share', () => {
    for (const a of [0.5, 1, 2.5, 5, 40, 300]) {
      for (const x of [0, 0.01, 0.7, 2, 5, 39, 41, 300, 900]) {
        expect(lowerGammaShare(a, x) + upperGammaShare(a, x)).toBeCloseTo(1, 13);
      }
    }
    expect(upperGammaShare(2, Number.POSITIVE_INFINITY)).toBe(0);
    expect(lowerGammaShare(2, Number.POSITIVE_INFINITY)).toBe(1);
    expect(upperGammaShare(2, Number.NaN)).toBeNaN();
  });

  // Digits from scipy 1.17.1, scipy.stats.norm.cdf.
  it.each([
    [-37, 5.7255712225239266e-300],
    [-10, 7.61985302416047e-24],
    [-1.96, 0.024997895148220435],
    [-0.5, 0.3085375387259869],
    [0, 0.5],
    [1.2, 0.8849303297782918],
    [5, 0.9999997133484281],
    [40, 1],
  ])('gives the normal probability below %f', (z, expected) => {
    expect(relative(normalCdf(z), expected)).toBeLessThan(1e-12);
  });

  it('passes missing values and infinities on', () => {
    expect(normalCdf(Number.NaN)).toBeNaN();
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  });
});
