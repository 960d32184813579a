import { describe, expect, it } from 'vitest';
import { compileKernels, kernelsText } from '../../scripts/compile-kernels.mjs';
import { createRandom } from '../math/random.ts';
import { fluctuations } from './fluctuation.ts';
import { bestFluctuations, bestWalkDiagonals } from './kernels.ts';
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

  it('are left for the plain form where a module is refused', () => {
    expect(kernelModule('AAAA')).toBeUndefined();
  });
});
