import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { createRandom } from '../math/random.ts';
import { regressionByElimination } from '../reference/regression.ts';
import { partialAutocorrelation } from './partial-autocorrelation.ts';

const random = createRandom(4);
const samples = Array.from({ length: 30 }, (_, i) =>
  Array.from({ length: 12 + i }, () => 20 * random() + (i % 3) * 100),
);

describe('partialAutocorrelation', () => {
  it('by regression equals one regression for each lag', () => {
    for (const y of samples) {
      const partial = partialAutocorrelation(Float64Array.from(y), 4, 'regression');
      for (let k = 1; k <= 4; k++) {
        const lags = Array.from({ length: k }, (_, i) => y.slice(k - i - 1, y.length - i - 1));
        const { coefficients } = regressionByElimination(lags, y.slice(k));
        expect(partial[k]).toBeCloseTo(coefficients[k - 1]!, 7);
      }
    }
  });

  it('by biased autocovariances stays within −1 and 1', () => {
    for (const y of samples) {
      const partial = partialAutocorrelation(Float64Array.from(y), 8, 'biased');
      for (const value of partial) expect(Math.abs(value)).toBeLessThanOrEqual(1);
    }
  });

  it('at lag 1 is the autocorrelation at lag 1', () => {
    const y = Float64Array.of(1, 4, 2, 8, 5, 7);
    // Deviations −3.5, −0.5, −2.5, 3.5, 0.5, 2.5: products of neighbours add up to −2.75, squares to 37.5.
    expect(partialAutocorrelation(y, 1, 'biased')[1]).toBeCloseTo(-2.75 / 37.5, 14);
    expect(partialAutocorrelation(y, 1, 'adjusted')[1]).toBeCloseTo((-2.75 / 37.5) * (6 / 5), 14);
  });

  it('takes the shortest coefficients where lags depend on each other', () => {
    const constant = new Float64Array(30).fill(7);
    const partial = partialAutocorrelation(constant, 3, 'regression');
    for (let k = 1; k <= 3; k++) expect(partial[k]).toBeCloseTo(49 / (1 + 49 * k), 12);
    const trend = Float64Array.from({ length: 30 }, (_, t) => t);
    expect(partialAutocorrelation(trend, 1, 'regression')[1]).toBeCloseTo(1, 10);
  });

  it('is not defined for constants and beyond the end', () => {
    const constant = new Float64Array(9).fill(0.1);
    expect([...partialAutocorrelation(constant, 2, 'adjusted')]).toEqual([1, NaN, NaN]);
    expect([...partialAutocorrelation(Float64Array.of(1, 2), 3, 'biased').subarray(2)]).toEqual([
      NaN,
      NaN,
    ]);
    expect([...partialAutocorrelation(new Float64Array(0), 1, 'regression')]).toEqual([1, NaN]);
  });

  it('refuses a negative lag', () => {
    expect(() => partialAutocorrelation(Float64Array.of(1, 2), -1, 'biased')).toThrow(InvalidInput);
  });
});
