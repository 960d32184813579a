import { describe, expect, it } from 'vitest';
import { compileKernels, kernelsText } from '../../scripts/compile-kernels.mjs';
import { createRandom } from '../math/random.ts';
import { fluctuations } from './fluctuation.ts';
import { binAt, plainHistograms } from './gradient-histogram.ts';
import { bestFluctuations, bestHistograms, bestWalkDiagonals } from './kernels.ts';
import { type DiagonalWork, LANES, walkDiagonals } from './matrix-profile.ts';
import { kernelModule } from './web-assembly.ts';

/** Numbers as the walk meets them, with windows that are not compared. */
function someWork(count: number, from: number, to: number, seed: number): DiagonalWork {
  const random = createRandom(seed);
  const column = (value: () => number, behind: number) =>
    Float64Array.from({ length: count + LANES }, (_, i) => (i < count ? value() : behind));
  const edgeIn = column(() => (random() - 0.5) / 5, 0);
  const edgeOut = column(() => (random() - 0.5) / 5, 0);
  edgeIn[0] = 0;
  edgeOut[0] = 0;
  const inverse = column(() => (random() < 0.05 ? Number.NaN : 0.5 + random()), Number.NaN);
  const padded = LANES * Math.ceil(Math.max(0, to - from) / LANES);
  const starts = Float64Array.from({ length: padded }, (_, k) =>
    from + k < to ? random() - 0.5 : Number.NaN,
  );
  return { count, from, to, edgeIn, edgeOut, inverse, starts };
}

describe('kernels in WebAssembly', () => {
  it('are compiled from the sources as they are', async () => {
    expect(kernelsText()).toBe(await compileKernels());
  });

  it('run here', () => {
    expect(bestWalkDiagonals()).not.toBe(walkDiagonals);
  });

  it('walk diagonals to the same bits as plain TypeScript', () => {
    for (const [count, from, to] of [
      [300, 4, 300],
      [300, 4, 12],
      [211, 11, 140],
      [64, 5, 64],
      [20, 19, 20],
      [9, 3, 9],
      // In a memory of its own, between others in the common one.
      [5000, 4960, 5000],
      [20, 6, 20],
    ] as const) {
      const work = someWork(count, from, to, count + from);
      expect(bestWalkDiagonals()(work)).toEqual(walkDiagonals(work));
    }
  });

  it('fit windows to the same bits as plain TypeScript', () => {
    const random = createRandom(12);
    for (const n of [5, 16, 101, 700]) {
      const walk = Float64Array.from({ length: n }, () => 100 * random());
      const scales = Int32Array.from({ length: 12 }, (_, i) => Math.min(n, 2 + i * i));
      for (const spread of ['range', 'residual'] as const) {
        expect(bestFluctuations(walk, scales, spread)).toEqual(fluctuations(walk, scales, spread));
      }
    }
  });

  it('add up gradients by bin and part rows to the same bits as plain TypeScript', () => {
    for (const [rows, used] of [
      [1, 1],
      [50, 4],
      [333, 6],
    ] as const) {
      const columns = 4 * Math.ceil(used / 4);
      const offsets = Int32Array.from({ length: columns }, (_, k) => 7 * Math.min(k, used));
      const size = { rows, columns, width: 7 * used + 1, slots: 3, offsets };
      const both = [bestHistograms(size), plainHistograms(size)];
      const parted = both.map((memory) => {
        const random = createRandom(rows);
        for (let i = 0; i < rows; i++) memory.rows[i] = (i * 5) % rows;
        for (let i = 0; i < 2 * rows; i++) memory.pairs[i] = random() - 0.5;
        for (let k = 0; k < used; k++) {
          for (let i = 0; i < rows; i++) memory.bins[binAt(k, i, rows)] = Math.floor(7 * random());
        }
        memory.addRows(0, rows, 1);
        memory.addRows(rows >> 1, rows, 2);
        memory.sides.set([1, 0, 0, 1, 1, 0, 1]);
        return [memory.partRows(rows >> 2, rows, used - 1), memory.partRows(0, rows, 0)];
      });
      expect(parted[0]).toEqual(parted[1]);
      expect(both[0]!.rows).toEqual(both[1]!.rows);
      expect(both[0]!.sums).toEqual(both[1]!.sums);
      const [first] = both;
      const front = [...first!.rows].map((row) => first!.sides[first!.bins[binAt(0, row, rows)]!]!);
      expect(front).toEqual(front.toSorted((a, b) => b - a));
      expect(first!.sums.some((sum) => sum !== 0)).toBe(true);
    }
  });

  it('are left for the plain form where a module is refused', () => {
    expect(kernelModule('AAAA')).toBeUndefined();
  });
});
