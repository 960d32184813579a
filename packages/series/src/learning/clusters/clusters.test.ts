import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { doubles, learningPeers } from '../../testing/learning-peers.ts';
import { agglomerate, cutTree, type Linkage } from './agglomerate.ts';
import { chooseClusters } from './choose-clusters.ts';
import { kMeans } from './k-means.ts';
import { meanSilhouette, silhouettes } from './silhouette.ts';

const peers = learningPeers.clusters;
const columns = peers.columns.map(doubles);
const random = createRandom(12);
const noise = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const methods = ['k-means', 'single', 'complete', 'average', 'ward'] as const;

/** Whether two labellings part the rows alike. */
function samePartition(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const pairs = new Set(Array.from(a, (label, i) => `${label} ${b[i]}`));
  return pairs.size === new Set(Array.from(a)).size && pairs.size === new Set(Array.from(b)).size;
}

describe('k-means', () => {
  it('finds groups as tight as those of scikit-learn 1.2.1', () => {
    for (const [k, { inertia, labels }] of Object.entries(peers.kMeans)) {
      const found = kMeans(columns, Number(k));
      expect(found.inertia).toBeLessThan(inertia * (1 + 1e-9));
      if (k === '4') expect(samePartition(found.labels, labels)).toBe(true);
    }
  });

  it('gives means, sizes from the largest, and the same groups for the same seed', () => {
    const { labels, centres, sizes } = kMeans(columns, 3, { seed: 5 });
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(60);
    expect([...sizes].toSorted((a, b) => b - a)).toEqual([...sizes]);
    centres.forEach((centre, c) => {
      const own = columns[1]!.filter((_, i) => labels[i] === c);
      expect(own.length).toBe(sizes[c]);
      expect(centre[1]).toBeCloseTo(own.reduce((sum, value) => sum + value, 0) / own.length, 10);
    });
    expect(kMeans(columns, 3, { seed: 5 })).toEqual(kMeans(columns, 3, { seed: 5 }));
  });

  it('moves with the rows: shifted and scaled ones have the same groups', () => {
    const moved = columns.map((values) => values.map((value) => 1e200 * value + 3e200));
    const found = kMeans(moved, 4);
    expect(samePartition(found.labels, kMeans(columns, 4).labels)).toBe(true);
    expect(found.centres.flatMap((centre) => [...centre]).every(Number.isFinite)).toBe(true);
  });

  it('has no more groups than different rows', () => {
    const found = kMeans([Float64Array.of(1, 1, 2, 2, 2)], 4);
    expect([...found.labels]).toEqual([1, 1, 0, 0, 0]);
    expect(found.inertia).toBe(0);
    expect(found.warnings.map(({ code, values }) => [code, values.distinct])).toEqual([
      ['few-distinct-rows', 2],
    ]);
  });

  it('leaves rows with a missing value out, and finds nothing in no rows', () => {
    const found = kMeans([Float64Array.of(1, Number.NaN, 9, Number.POSITIVE_INFINITY)], 2);
    expect([...found.labels].map((label) => label < 0)).toEqual([false, true, false, true]);
    expect(kMeans([new Float64Array(0)], 3)).toMatchObject({ centres: [], sizes: [], inertia: 0 });
    expect(() => kMeans([], 2)).toThrow('columns');
    expect(() => kMeans([Float64Array.of(1)], 0)).toThrow('k: must be a whole number');
  });
});

describe('agglomerative clustering', () => {
  it('has the heights and groups of SciPy 1.10.1 for every linkage', () => {
    for (const [linkage, { heights, cut }] of Object.entries(peers.linkage)) {
      const tree = agglomerate(columns, linkage as Linkage);
      tree.heights.forEach((height, i) => {
        expect(height).toBeCloseTo(heights[i]!, 10);
      });
      for (const [k, labels] of Object.entries(cut)) {
        expect(samePartition(cutTree(tree, Number(k)), labels)).toBe(true);
      }
    }
  });

  it('takes equal rows, one row, no rows and more groups than rows', () => {
    for (const linkage of ['single', 'complete', 'average', 'ward'] as const) {
      const equal = agglomerate([new Float64Array(5).fill(3)], linkage);
      expect([...equal.heights]).toEqual([0, 0, 0, 0]);
      expect(new Set(cutTree(equal, 5)).size).toBe(5);
      expect(new Set(cutTree(equal, 9)).size).toBe(5);
      expect(new Set(cutTree(equal, 1)).size).toBe(1);
      expect([...cutTree(agglomerate([Float64Array.of(7)], linkage), 2)]).toEqual([0]);
      expect(cutTree(agglomerate([new Float64Array(0)], linkage), 2).length).toBe(0);
      const huge = agglomerate([Float64Array.of(-1e300, 1e300, Number.NaN)], linkage);
      expect([...cutTree(huge, 2)].at(-1)).toBe(-1);
      expect(huge.heights.every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses more rows than their distances fit, and an unknown linkage', () => {
    expect(() => agglomerate([new Float64Array(6_001)])).toThrow('use kMeans');
    expect(() => agglomerate([Float64Array.of(1)], 'median' as Linkage)).toThrow('linkage');
    expect(() => cutTree(agglomerate([Float64Array.of(1)]), 0)).toThrow('k');
  });
});

describe('silhouettes', () => {
  it('equal those of scikit-learn 1.2.1', () => {
    for (const [k, values] of Object.entries(peers.silhouette)) {
      const labels = Int32Array.from(peers.kMeans[k]!.labels);
      silhouettes(columns, labels).forEach((value, i) => {
        expect(value).toBeCloseTo(values[i]!, 11);
      });
    }
  });

  it('are not defined for one group, and 0 for equal rows', () => {
    const one = silhouettes(columns, new Int32Array(60));
    expect(one.every(Number.isNaN)).toBe(true);
    expect(meanSilhouette(one)).toBeNull();
    expect([...silhouettes([new Float64Array(4)], Int32Array.of(0, 0, 1, 1))]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(() => silhouettes(columns, new Int32Array(2))).toThrow('labels');
  });
});

describe('the number of groups', () => {
  it('is found by every method', () => {
    for (const method of methods) {
      const { k, counts } = chooseClusters(columns, { method, maxK: 7, references: 10 });
      expect(`${method} ${k}`).toBe(`${method} 4`);
      expect(counts.length).toBe(7);
    }
  });

  it('is 1 where there are none, and says so', () => {
    const even = [0, 1].map(() => Float64Array.from({ length: 200 }, random));
    const { k, warnings } = chooseClusters(even, { maxK: 5 });
    expect([k, ...warnings.map(({ code }) => code)]).toEqual([1, 'no-clusters']);
  });

  it('may be that of the different rows', () => {
    const { k, counts } = chooseClusters([Float64Array.of(0, 0, 5, 5, 0, 5, 0, 5)]);
    expect(k).toBe(2);
    expect(counts.every(({ gap, gapError }) => Number.isFinite(gap + gapError))).toBe(true);
  });

  it('is measured on a sample of many rows', () => {
    const many = [0, 1].map(() =>
      Float64Array.from({ length: 3000 }, (_, i) => 10 * (i % 2) + noise()),
    );
    const { k, warnings } = chooseClusters(many, { maxK: 4, references: 5 });
    expect([k, ...warnings.map(({ code }) => code)]).toEqual([2, 'sampled']);
  });

  it('is 1 for equal rows, one row and none', () => {
    for (const values of [new Float64Array(9).fill(4), Float64Array.of(4), new Float64Array(0)]) {
      for (const method of methods) expect(chooseClusters([values], { method }).k).toBe(1);
    }
    expect(() => chooseClusters([Float64Array.of(1)], { maxK: 0 })).toThrow('maxK');
  });
});
