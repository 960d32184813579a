import { describe, expect, it } from 'vitest';
import { compileKernels, kernelsText } from '../../scripts/compile-kernels.mjs';
import { createRandom } from '../math/random.ts';
import { fluctuations } from './fluctuation.ts';
import { plainHistograms } from './gradient-histogram.ts';
import {
  bestFluctuations,
  bestHistograms,
  bestPanelProducts,
  bestWalkDiagonals,
} from './kernels.ts';
import { type DiagonalWork, LANES, walkDiagonals } from './matrix-profile.ts';
import { plainPanelProducts, ROWS } from './panel-products.ts';
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
    ] as const) {
      const work = someWork(count, from, to, count + from);
      expect(bestWalkDiagonals()(work)).toEqual(walkDiagonals(work));
    }
  });

  it('multiply rows with a panel to the same bits as plain TypeScript', () => {
    const random = createRandom(8);
    for (const [n, depth] of [
      [1, 1],
      [4, 3],
      [13, 64],
      [130, 64],
    ] as const) {
      const panel = Float64Array.from({ length: n * depth }, () => random() - 0.5);
      const rows = Float64Array.from({ length: ROWS * depth }, () => random() - 0.5);
      const [best, plain] = [bestPanelProducts(n, depth), plainPanelProducts(n, depth)];
      best.setPanel(panel);
      plain.setPanel(panel);
      for (const columns of [4, ROWS * Math.ceil(n / ROWS)]) {
        const size = ROWS * columns;
        const found = best.multiply(rows, columns).slice(0, size);
        expect(found).toEqual(plain.multiply(rows, columns).slice(0, size));
        let sum = 0;
        for (let k = 0; k < depth; k++) sum += rows[depth + k]! * panel[k]!;
        expect(found[columns]).toBeCloseTo(sum, 12);
      }
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

  it('add up gradients by bin to the same bits as plain TypeScript', () => {
    for (const [rows, columns] of [
      [1, 1],
      [50, 4],
      [333, 6],
    ] as const) {
      const stride = 4 * Math.ceil(columns / 4);
      const offsets = Int32Array.from({ length: stride }, (_, k) => 7 * Math.min(k, columns));
      const size = { rows, stride, width: 7 * columns + 1, slots: 3, offsets };
      const both = [bestHistograms(size), plainHistograms(size)];
      for (const memory of both) {
        const again = createRandom(rows);
        for (let i = 0; i < rows; i++) memory.rows[i] = (i * 5) % rows;
        for (let i = 0; i < 2 * rows; i++) memory.pairs[i] = again() - 0.5;
        for (let i = 0; i < rows * stride; i++) {
          memory.bins[i] = i % stride < columns ? Math.floor(7 * again()) : 0;
        }
        memory.addRows(0, rows, 1);
        memory.addRows(rows >> 1, rows, 2);
      }
      expect(both[0]!.sums).toEqual(both[1]!.sums);
      const total = both[0]!.sums.reduce((sum, value) => sum + Math.abs(value), 0);
      expect(total).toBeGreaterThan(0);
    }
  });

  it('are left for the plain form where a module is refused', () => {
    expect(kernelModule('AAAA')).toBeUndefined();
  });
});
