import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { centredMovingAverage, classicalDecomposition } from './classical-decomposition.ts';
import { adjustBy, reseasonalise, seasonallyAdjust } from './seasonal-adjustment.ts';

const season = [3, -1, -2, 0];

describe('the centred moving average', () => {
  it('weighs the two ends half for an even season', () => {
    const result = centredMovingAverage(Float64Array.of(1, 2, 3, 4, 5, 6), 4);
    expect([...result]).toEqual([Number.NaN, Number.NaN, 3, 4, Number.NaN, Number.NaN]);
  });

  it('is the series itself for a season of one', () => {
    expect([...centredMovingAverage(Float64Array.of(3, 1, 4), 1)]).toEqual([3, 1, 4]);
  });
});

describe('classical decomposition', () => {
  it('recovers an exact trend and additive season', () => {
    const y = Float64Array.from({ length: 20 }, (_, t) => 10 + 2 * t + season[t % 4]!);
    const { indices, trend, remainder } = classicalDecomposition(y, 4, 'additive');
    season.forEach((value, i) => {
      expect(indices[i]).toBeCloseTo(value, 10);
    });
    expect(trend[10]).toBeCloseTo(30, 10);
    expect(remainder[10]).toBeCloseTo(0, 10);
    expect(remainder[0]).toBeNaN();
  });

  it('has indices that sum to 0 or m, and parts that give the series back', () => {
    const values = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), {
      minLength: 14,
      maxLength: 30,
    });
    fc.assert(
      fc.property(values, (list) => {
        const y = Float64Array.from(list);
        const a = classicalDecomposition(y, 7, 'additive');
        const b = classicalDecomposition(y, 7, 'multiplicative');
        expect(a.indices.reduce((x, v) => x + v)).toBeCloseTo(0, 8);
        expect(b.indices.reduce((x, v) => x + v)).toBeCloseTo(7, 8);
        for (let t = 3; t < y.length - 3; t++) {
          expect(a.trend[t]! + a.seasonal[t]! + a.remainder[t]!).toBeCloseTo(y[t]!, 8);
          expect(b.trend[t]! * b.seasonal[t]! * b.remainder[t]!).toBeCloseTo(y[t]!, 8);
        }
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('refuses less than two seasons and signs that cannot be divided', () => {
    expect(() => classicalDecomposition(new Float64Array(7).fill(1), 4)).toThrow(
      'y: must hold at least 2 seasons (8), got 7',
    );
    const negative = Float64Array.of(1, 2, 3, -4, 5, 6, 7, 8);
    expect(() => classicalDecomposition(negative, 4, 'multiplicative')).toThrow(InvalidInput);
    expect(() => classicalDecomposition(negative, 1)).toThrow(InvalidInput);
  });
});

describe('seasonal adjustment', () => {
  it('divides where it can and subtracts where it must', () => {
    const y = Float64Array.from({ length: 24 }, (_, t) => 10 + season[t % 4]!);
    expect(seasonallyAdjust(y, 4).type).toBe('multiplicative');
    expect(
      seasonallyAdjust(
        y.map((value) => value - 10),
        4,
      ).type,
    ).toBe('additive');
    const closed = Float64Array.from({ length: 28 }, (_, t) => (t % 7 === 6 ? 0 : 5 + (t % 7)));
    expect(seasonallyAdjust(closed, 7).type).toBe('additive');
  });

  it('leaves a series without a season as it is', () => {
    const y = Float64Array.of(1, 5, 2, 4, 3);
    expect(seasonallyAdjust(y, 2)).toMatchObject({ type: 'none', adjusted: y });
  });

  it('can be undone at any later time', () => {
    const y = Float64Array.from({ length: 24 }, (_, t) => 10 + t + season[t % 4]!);
    const adjustment = seasonallyAdjust(y, 4);
    const tail = adjustment.adjusted.slice(9);
    reseasonalise(tail, adjustment, 9);
    tail.forEach((value, i) => {
      expect(value).toBeCloseTo(y[9 + i]!, 10);
    });
    expect(adjustBy(y, adjustment.indices, adjustment.type)).toEqual(adjustment);
  });
});
