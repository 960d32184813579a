import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { findShocks, replaceOutliers } from './replace-outliers.ts';

/** Uniform numbers in [0, 1), the same for the same seed. */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Sales with a week, a slight trend and noise that is nearly normal. */
function sales(n: number, seed = 1): Float64Array {
  const next = uniform(seed);
  const noise = () => next() + next() + next() + next() - 2;
  const week = [1, 1.1, 1.2, 1.1, 1.3, 1.6, 0.7];
  return Float64Array.from({ length: n }, (_, t) => (100 + t / 10) * week[t % 7]! + 8 * noise());
}

const replacedAfter = (change: (y: Float64Array) => void, n = 150) => {
  const y = sales(n);
  change(y);
  return replaceOutliers(y, 7).replaced;
};

describe('outliers', () => {
  it('are not seen in noise, trend and season', () => {
    for (let seed = 1; seed <= 50; seed++) {
      expect(replaceOutliers(sales(200, seed), 7).replaced).toEqual([]);
      expect(findShocks(sales(200, seed), 7)).toEqual([]);
    }
  });

  it('are found wherever they are, also two in a row', () => {
    expect(replacedAfter((y) => y.set([400], 60))).toEqual([60]);
    expect(replacedAfter((y) => y.set([0], 60))).toEqual([60]);
    expect(replacedAfter((y) => y.set([400, 380], 60))).toEqual([60, 61]);
    expect(replacedAfter((y) => y.set([400], 0))).toEqual([0]);
    expect(replacedAfter((y) => y.set([400], 149))).toEqual([149]);
    expect(replacedAfter((y) => y.set([390, 400], 148))).toEqual([148, 149]);
  });

  it('give way to what was to be expected on that day', () => {
    const y = sales(150);
    for (const t of [60, 149]) {
      const struck = y.with(t, 450);
      const { values } = replaceOutliers(struck, 7);
      expect(Math.abs(values[t]! - y[t]!)).toBeLessThan(20);
      values.forEach((value, i) => {
        if (i !== t) expect(value).toBe(y[i]);
      });
      expect(struck[t]).toBe(450);
    }
  });

  it('are left alone before a given place', () => {
    const y = sales(150).with(40, 450).with(120, 450);
    expect(replaceOutliers(y, 7).replaced).toEqual([40, 120]);
    expect(replaceOutliers(y, 7, 100).replaced).toEqual([120]);
  });

  it('are not the beginning of a new level, once it has lasted three values', () => {
    expect(
      replacedAfter((y) =>
        y.set(
          y.subarray(147).map((v) => v + 300),
          147,
        ),
      ),
    ).toEqual([]);
    expect(
      replacedAfter((y) =>
        y.set(
          y.subarray(75).map((v) => v + 300),
          75,
        ),
      ),
    ).toEqual([]);
    expect(replacedAfter((y) => y.set(new Float64Array(9), 60))).toEqual([]);
  });

  it('are not the seasons of a growing series, whether they grow with it or not', () => {
    const next = uniform(5);
    for (const grows of [true, false]) {
      const y = Float64Array.from({ length: 96 }, (_, t) => {
        const level = 100 * 1.02 ** t;
        const december = t % 12 === 11 ? (grows ? 2 * level : 300) : 0;
        return (level + december) * (1 + (next() - 0.5) / 20);
      });
      expect(replaceOutliers(y, 12).replaced).toEqual([]);
    }
  });

  it('are not the bends of a smooth series', () => {
    const smooth = Float64Array.from(
      { length: 120 },
      (_, t) => Math.sin(t / 9) + (t > 60 ? t - 60 : 0),
    );
    expect(replaceOutliers(smooth, 1).replaced).toEqual([]);
  });

  it('belong to the series when they are many', () => {
    const some = (every: number) => sales(300).map((v, t) => (t % every === 5 ? 3 * v + 300 : v));
    expect(replaceOutliers(some(60), 7).replaced).toHaveLength(5);
    expect(replaceOutliers(some(20), 7).replaced).toEqual([]);
  });

  it('are looked for among gaps, which stay gaps', () => {
    const y = sales(150).map((v, t) => (t % 11 === 4 ? Number.NaN : v));
    y[60] = 450;
    const { values, replaced } = replaceOutliers(y, 7);
    expect(replaced).toEqual([60]);
    expect(values[4]).toBeNaN();
    y[100] = Number.POSITIVE_INFINITY;
    expect(replaceOutliers(y, 7).replaced).toEqual([60]);
  });

  it('cannot be told in a short series, a constant one, or one with exact repetition', () => {
    expect(replaceOutliers(sales(19).with(10, 1e6), 1).replaced).toEqual([]);
    expect(replaceOutliers(sales(40).with(10, 1e6), 14).replaced).toEqual([]);
    expect(replaceOutliers(new Float64Array(60).fill(5).with(30, 9), 7).replaced).toEqual([]);
    expect(replaceOutliers(new Float64Array(0), 7)).toEqual({
      values: new Float64Array(0),
      replaced: [],
    });
    expect(findShocks(new Float64Array(60).fill(Number.NaN), 7)).toEqual([]);
  });

  it('are the same in another unit, upside down, and with a constant added when none is a ratio', () => {
    const y = sales(150).with(60, 450).with(100, 5);
    const expected = replaceOutliers(y, 7).replaced;
    expect(expected).toEqual([60, 100]);
    expect(
      replaceOutliers(
        y.map((v) => v * 1e6),
        7,
      ).replaced,
    ).toEqual(expected);
    expect(
      replaceOutliers(
        y.map((v) => -v),
        7,
      ).replaced,
    ).toEqual(expected);
    expect(
      replaceOutliers(
        y.map((v) => -v - 1e6),
        7,
      ).replaced,
    ).toEqual(expected);
  });

  it('need a season of at least one', () => {
    expect(() => replaceOutliers(sales(30), 0)).toThrow(InvalidInput);
    expect(() => findShocks(sales(30), 0.5)).toThrow('m: must be a whole number >= 1, got 0.5');
  });
});

describe('shocks', () => {
  it('are outliers and the first values of a new level alike', () => {
    const y = sales(150).with(60, 450);
    y.set(
      y.subarray(100).map((v) => v + 300),
      100,
    );
    expect(findShocks(y, 7)).toEqual([60, 100]);
  });
});
