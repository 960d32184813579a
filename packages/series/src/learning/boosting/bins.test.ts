import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { binnedCategories, binsOf, findBins } from './bins.ts';

const random = createRandom(23);
const n = 3000;

describe('the bins of quantities', () => {
  const shapes: Readonly<Record<string, () => number>> = {
    even: random,
    skewed: () => random() ** 30,
    wide: () => (random() - 0.5) * 10 ** (600 * random() - 300),
    few: () => Math.floor(5 * random()) / 3,
    huge: () => (random() < 0.5 ? -1 : 1) * 1e308 * (0.5 + random() / 2),
    tiny: () => 5e-324 * Math.floor(1000 * random()),
    constant: () => 7,
    lost: () => (random() < 0.5 ? Number.NaN : random()),
  };
  for (const [shape, draw] of Object.entries(shapes)) {
    it(`hold what is up to their bounds: ${shape}`, () => {
      const values = Float64Array.from({ length: n }, draw);
      const bins = findBins(values, 'number', 255);
      expect(bins.count).toBeLessThanOrEqual(255);
      const found = binsOf(bins, values);
      values.forEach((value, i) => {
        const place = bins.bounds.findIndex((bound) => value <= bound);
        const expected = Number.isNaN(value) ? bins.count : place < 0 ? bins.count - 1 : place;
        if (found[i] !== expected) expect([value, found[i]]).toEqual([value, expected]);
      });
    });
  }

  it('are one for each of few values, and else of nearly equal numbers of rows', () => {
    const few = Float64Array.from({ length: n }, (_, i) => i % 5);
    expect([...findBins(few, 'number', 255).bounds]).toEqual([0.5, 1.5, 2.5, 3.5]);
    const many = Float64Array.from({ length: n }, random);
    const rows = new Array<number>(20).fill(0);
    for (const bin of binsOf(findBins(many, 'number', 20), many)) rows[bin]!++;
    for (const count of rows) expect(Math.abs(count - 150)).toBeLessThanOrEqual(1);
  });
});

describe('the bins of categories', () => {
  it('are those of the most frequent codes; others are missing', () => {
    const codes = Float64Array.of(9, 9, 9, 4, 4, 70_000, 70_000, 1, -1, 2.5, Number.NaN);
    const bins = findBins(codes, 'category', 3);
    expect([...bins.codes]).toEqual([4, 9, 70_000]);
    expect([...binsOf(bins, codes)]).toEqual([1, 1, 1, 0, 0, 2, 2, 3, 3, 3, 3]);
    const [read] = binnedCategories([bins.codes], [codes]);
    expect([...read!.subarray(0, 8)]).toEqual([1, 1, 1, 0, 0, 2, 2, Number.NaN]);
  });
});
