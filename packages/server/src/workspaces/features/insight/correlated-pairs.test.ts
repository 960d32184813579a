import { describe, expect, it } from 'vitest';
import { comparableRows, correlatedPairs } from './correlated-pairs.ts';

/** Values that look random, the same in every run. */
function noise(length: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32 - 0.5;
  });
}

/** By the definition, over the rows where both have a value. */
function pearson(a: Float64Array, b: Float64Array): number {
  const both = [...a.keys()].filter((t) => Number.isFinite(a[t]) && Number.isFinite(b[t]));
  const mean = (x: Float64Array) => both.reduce((sum, t) => sum + x[t]!, 0) / both.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const sum = (f: (t: number) => number) => both.reduce((total, t) => total + f(t), 0);
  const covariance = sum((t) => (a[t]! - meanA) * (b[t]! - meanB));
  return (
    covariance / Math.sqrt(sum((t) => (a[t]! - meanA) ** 2) * sum((t) => (b[t]! - meanB) ** 2))
  );
}

describe('correlatedPairs', () => {
  const a = noise(200, 1);
  const opposite = a.map((value) => 7 - 3 * value);
  const other = noise(200, 2);
  const close = a.map((value, t) => value + 0.1 * other[t]!);

  it('finds columns that say the same, whatever sign and scale, the closest first', () => {
    const { pairs, found } = correlatedPairs([a, opposite, other, close], 0.9, 10);
    expect(found).toBe(3);
    expect(pairs[0]).toMatchObject({ a: 0, b: 1 });
    expect(pairs[0]?.correlation).toBeCloseTo(-1, 12);
    expect(pairs.map((pair) => [pair.a, pair.b])).toContainEqual([0, 3]);
  });

  it('agrees with the definition, also where values are missing and the level is far from 0', () => {
    const gaps = close.map((value, t) => (t % 7 === 0 ? Number.NaN : 1e6 + value));
    const { pairs } = correlatedPairs([a, gaps], 0.5, 1);
    expect(pairs[0]?.correlation).toBeCloseTo(pearson(a, gaps), 8);
  });

  it('counts all but lists the first ones', () => {
    const { pairs, found } = correlatedPairs([a, a, a, a], 0.99, 2);
    expect([pairs.length, found]).toEqual([2, 6]);
  });

  it('says nothing of columns with too few common rows, or constant in them', () => {
    const few = a.map((value, t) => (t < 5 ? value : Number.NaN));
    const flat = a.map((_, t) => (t < 100 ? 4 : Number.NaN));
    expect(correlatedPairs([a, few], 0.5, 9).found).toBe(0);
    expect(correlatedPairs([a, flat], 0.5, 9).found).toBe(0);
  });

  it('survives extreme sizes', () => {
    const large = a.map((value) => value * 1e300);
    const small = a.map((value) => value * 1e-300);
    expect(correlatedPairs([large, small], 0.99, 9).pairs[0]?.correlation).toBeCloseTo(1, 10);
  });
});

describe('comparableRows', () => {
  it('takes fewer rows for more columns, but never none', () => {
    expect(comparableRows(10, 800)).toBe(800);
    expect(comparableRows(2000, 10_000)).toBeLessThan(comparableRows(500, 10_000));
    expect(comparableRows(20_000, 10_000)).toBe(100);
  });
});
