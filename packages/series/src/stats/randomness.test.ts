import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { oddSeries } from '../testing/odd-series.ts';
import { runsTest } from './runs-test.ts';
import { serialTest } from './serial-test.ts';
import { uniformityTest } from './uniformity.ts';

/** The share of p-values below 5 % and the mean, over many random series. */
function underChance(rounds: number, pValue: () => number): [number, number] {
  const values = Array.from({ length: rounds }, pValue);
  const low = values.filter((p) => p < 0.05).length / rounds;
  return [low, values.reduce((sum, p) => sum + p, 0) / rounds];
}

function expectFair([low, mean]: [number, number]): void {
  expect(low).toBeGreaterThan(0.02);
  expect(low).toBeLessThan(0.09);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
}

describe('uniformityTest', () => {
  it('is the chi-square of counts', () => {
    // scipy 1.17.1: scipy.stats.chisquare([16, 18, 16, 14, 12, 12])
    const { statistic, freedom, pValue } = uniformityTest([16, 18, 16, 14, 12, 12]);
    expect(statistic).toBeCloseTo(2, 12);
    expect(freedom).toBe(5);
    expect(pValue).toBeCloseTo(0.84914503608460956, 12);
  });

  it('is fair to numbers drawn together', () => {
    const random = createRandom(1);
    const draw = () => {
      const counts = new Float64Array(43);
      for (let t = 0; t < 300; t++) {
        const numbers = new Set<number>();
        while (numbers.size < 6) numbers.add(Math.floor(43 * random()));
        for (const number of numbers) counts[number]!++;
      }
      return counts;
    };
    expectFair(underChance(400, () => uniformityTest(draw(), 6).pValue));
  });

  it('finds a number that comes too often', () => {
    expect(uniformityTest([130, 100, 100, 100, 90, 95]).pValue).toBeGreaterThan(0.05);
    expect(uniformityTest([180, 100, 100, 100, 90, 95]).pValue).toBeLessThan(1e-6);
  });

  it('is not defined without draws, and refuses what makes no sense', () => {
    expect(uniformityTest([0, 0]).pValue).toBeNaN();
    expect(() => uniformityTest([5])).toThrow(InvalidInput);
    expect(() => uniformityTest([5, 5], 2)).toThrow('together: must be a whole number from 1 to 1');
  });
});

describe('runsTest', () => {
  it('counts stretches about the median', () => {
    // Two sides of 6: expected 7 runs, variance 2·36·(72 − 12) / (144 · 11).
    const y = Float64Array.of(1, 2, 9, 8, 1, 9, 2, 8, 1, 2, 9, 8);
    const { runs, expected, statistic } = runsTest(y);
    expect(runs).toBe(8);
    expect(expected).toBe(7);
    expect(statistic).toBeCloseTo(1 / Math.sqrt((72 * 60) / (144 * 11)), 12);
  });

  it('is fair to random numbers and finds slow and regular ones', () => {
    const random = createRandom(2);
    expectFair(underChance(400, () => runsTest(Float64Array.from({ length: 101 }, random)).pValue));
    expect(runsTest(Float64Array.from({ length: 60 }, (_, t) => t)).statistic).toBeLessThan(-5);
    expect(runsTest(Float64Array.from({ length: 60 }, (_, t) => t % 2)).statistic).toBeGreaterThan(
      5,
    );
  });

  it('is not defined for constants and a handful of values', () => {
    expect(runsTest(new Float64Array(9)).pValue).toBeNaN();
    expect(runsTest(Float64Array.of(1, 2)).pValue).toBeNaN();
    expect(runsTest(new Float64Array(0)).runs).toBe(0);
  });
});

describe('serialTest', () => {
  it('is Pearson’s chi-square of the table of neighbours', () => {
    const y = Float64Array.of(0, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1);
    // Pairs: 00 five, 01 six, 10 five, 11 four; expected from sums 11, 9 and 10, 10.
    const { statistic, freedom } = serialTest(y);
    const expected = [5.5, 5.5, 4.5, 4.5];
    const want = [5, 6, 5, 4].reduce(
      (sum, o, i) => sum + (o - expected[i]!) ** 2 / expected[i]!,
      0,
    );
    expect(statistic).toBeCloseTo(want, 12);
    expect(freedom).toBe(1);
  });

  it('is fair to digits and to uneven values, and finds dependence', () => {
    const random = createRandom(3);
    const digits = () => Float64Array.from({ length: 1000 }, () => Math.floor(10 * random()));
    expectFair(underChance(300, () => serialTest(digits()).pValue));
    const uneven = () => Float64Array.from({ length: 600 }, () => random() ** 3);
    expectFair(underChance(300, () => serialTest(uneven(), 6).pValue));
    const walk = digits().map((value, t) => (t % 10 < 7 ? Math.floor(t / 10) % 10 : value));
    expect(serialTest(walk).pValue).toBeLessThan(1e-10);
  });

  it('gives a p-value in [0, 1] or nothing for any input, as the runs test does', () => {
    for (const y of oddSeries(27, 1)) {
      for (const { pValue } of [serialTest(y), runsTest(y)]) {
        if (!Number.isNaN(pValue)) expect(pValue >= 0 && pValue <= 1).toBe(true);
      }
    }
    expect(() => serialTest(new Float64Array(3), 1)).toThrow(InvalidInput);
  });
});
