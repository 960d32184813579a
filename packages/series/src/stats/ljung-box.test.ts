import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { autocorrelationAt } from '../reference/autocorrelation.ts';
import { ljungBoxTest } from './ljung-box.ts';

describe('ljungBoxTest', () => {
  it('adds up squared autocorrelations', () => {
    const y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
    const n = y.length;
    const { statistic, pValue } = ljungBoxTest(Float64Array.from(y), [2, 4]);
    let sum = 0;
    for (let lag = 1; lag <= 4; lag++) {
      sum += autocorrelationAt(y, lag) ** 2 / (n - lag);
      if (lag === 2) expect(statistic[0]).toBeCloseTo(n * (n + 2) * sum, 12);
    }
    expect(statistic[1]).toBeCloseTo(n * (n + 2) * sum, 12);
    expect(pValue[0]).toBeCloseTo(Math.exp(-statistic[0]! / 2), 12);
  });

  it('is not defined for constants and lags beyond the end', () => {
    expect([...ljungBoxTest(new Float64Array(9).fill(1e9), [1]).pValue]).toEqual([NaN]);
    expect([...ljungBoxTest(Float64Array.of(1, 2, 4), [2, 3]).statistic].map(Number.isNaN)).toEqual(
      [false, true],
    );
    expect([...ljungBoxTest(new Float64Array(0), [5]).statistic]).toEqual([NaN]);
  });

  it('refuses no lag and lag 0', () => {
    expect(() => ljungBoxTest(Float64Array.of(1, 2), [])).toThrow(InvalidInput);
    expect(() => ljungBoxTest(Float64Array.of(1, 2), [0])).toThrow(InvalidInput);
  });
});
