import { describe, expect, it } from 'vitest';
import { PastErrors } from './past-errors.ts';

describe('past errors', () => {
  it('give the quantile of a single step', () => {
    const { quantile } = PastErrors.of([Float64Array.of(4, 1, 3, 2)]).near(0);
    expect([0.01, 0.25, 0.26, 0.5, 0.75, 0.99].map(quantile)).toEqual([1, 1, 2, 2, 3, 4]);
  });

  it('put 95 of 100 within the 95 % quantile', () => {
    const { quantile } = PastErrors.of([Float64Array.from({ length: 100 }, (_, i) => i + 1)]).near(
      0,
    );
    expect(quantile(0.95)).toBe(95);
  });

  it('judge a step together with those near it', () => {
    // Near step 2: 2 and 3. Near step 3: 2 to 5, of which there are 2 to 4.
    const errors = PastErrors.of(
      [[9, 9, 9, 9], [1, 2, 3], [4, 5], [6]].map((s) => Float64Array.from(s)),
    );
    const second = errors.near(1);
    expect(second.perStep).toBe(2.5);
    expect(second.meanSquare).toBeCloseTo((1 + 4 + 9 + 16 + 25) / 5, 12);
    expect(second.quantile(0.99)).toBe(5);
    expect(errors.near(0).quantile(0.99)).toBe(9);
  });

  it('share the last complete window among all later steps', () => {
    const errors = PastErrors.of(
      Array.from({ length: 40 }, (_, i) => new Float64Array(Math.max(0, 10 - i)).fill(1)),
    );
    expect(errors.near(39).perStep).toBe(errors.near(5).perStep);
    expect(errors.near(39).perStep).toBeGreaterThan(1);
  });

  it('leave out what is not finite and keep every step in order while growing', () => {
    const errors = new PastErrors([3]);
    for (const size of [2, Number.NaN, 0.5, Number.POSITIVE_INFINITY, 1]) errors.add(0, size);
    expect(errors.byStep()).toEqual([Float64Array.of(0.5, 1, 2)]);
    expect(errors.near(0).perStep).toBe(3);
  });

  it('know nothing at first', () => {
    const { perStep, meanSquare, quantile } = new PastErrors([0, 0]).near(1);
    expect([perStep, meanSquare, quantile(0.9)]).toEqual([0, 0, 0]);
  });

  it('find the same whatever the order of growth', () => {
    const sizes = Array.from({ length: 30 }, (_, i) => (i * 7919) % 31);
    const grown = new PastErrors([30, 29]);
    for (const size of sizes) grown.add(0, size);
    const { quantile, meanSquare } = grown.near(0);
    const all = PastErrors.of([Float64Array.from(sizes).sort(), new Float64Array(0)]).near(0);
    expect(quantile(0.7)).toBe(all.quantile(0.7));
    expect(meanSquare).toBeCloseTo(all.meanSquare, 12);
  });
});
