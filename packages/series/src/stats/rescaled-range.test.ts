import { describe, expect, it } from 'vitest';
import { slopeAndLevel } from '../math/line.ts';
import { createRandom } from '../math/random.ts';
import { logRescaledRanges } from '../reference/rescaled-range-by-definition.ts';
import { hurstOfRanges } from './rescaled-range.ts';

function slowly(y: Float64Array): number {
  const points = logRescaledRanges([...y]);
  return slopeAndLevel(
    points.map(([time]) => time),
    points.map(([, range]) => range),
  ).slope;
}

describe('hurstOfRanges', () => {
  it('gives what summing every stretch anew gives', () => {
    const random = createRandom(9);
    const kinds: readonly ((t: number, before: number) => number)[] = [
      () => random() - 0.5,
      (_, before) => before + random() - 0.5,
      (t) => t + (t % 2),
      (t) => Math.sin(t / 5),
      (t) => (t === 40 ? 100 : random()),
      (t) => (t < 3 ? t : 7),
    ];
    for (const kind of kinds) {
      for (const n of [3, 4, 10, 50, 300]) {
        const y = new Float64Array(n);
        for (let t = 0; t < n; t++) y[t] = kind(t, y[t - 1] ?? 0);
        expect(hurstOfRanges(y)).toBeCloseTo(slowly(y), 9);
      }
    }
  });

  it('is undefined where the first two values are equal, and for fewer than two', () => {
    expect(hurstOfRanges(Float64Array.of(1, 1, 2, 5))).toBeNaN();
    expect(hurstOfRanges(Float64Array.of(1))).toBeNaN();
    expect(hurstOfRanges(new Float64Array(0))).toBeNaN();
    expect(hurstOfRanges(Float64Array.of(-1, 1))).toBe(0);
  });
});
