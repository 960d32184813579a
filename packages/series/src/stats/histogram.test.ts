import { describe, expect, it } from 'vitest';
import { equalSteps, equalWidthCounts } from './histogram.ts';

describe('equalWidthCounts', () => {
  it('gives each bin its lower edge and the last one both', () => {
    const y = Float64Array.of(0, 1, 2, 3, 4, 0.5, 3.5);
    expect([...equalWidthCounts(y, 4)]).toEqual([2, 1, 1, 3]);
  });

  it('puts values that lie on an edge of binary fractions where the edge is', () => {
    const edges = equalSteps(0.1, 0.9, 7);
    expect([...equalWidthCounts(edges, 7)]).toEqual([1, 1, 1, 1, 1, 1, 2]);
  });

  it('puts equal values into the middle', () => {
    expect([...equalWidthCounts(new Float64Array(5).fill(0.1), 3)]).toEqual([0, 5, 0]);
  });

  it('counts nothing in nothing or in an infinite range, and all in a tiny one', () => {
    expect([...equalWidthCounts(new Float64Array(0), 2)]).toEqual([0, 0]);
    expect([...equalWidthCounts(Float64Array.of(-1.7e308, 1.7e308), 2)]).toEqual([0, 0]);
    const tiny = Float64Array.of(0, Number.MIN_VALUE, 8 * Number.MIN_VALUE);
    expect(equalWidthCounts(tiny, 2).reduce((sum, count) => sum + count, 0)).toBe(3);
  });
});
