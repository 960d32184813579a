import { describe, expect, it } from 'vitest';
import { createRandom } from '../../math/random.ts';
import { packCurvatures, rowsOf } from './packed-curvature.ts';

const random = createRandom(17);

describe('curvature and number of rows in one number', () => {
  it('are taken apart again after adding and subtracting in any order', () => {
    for (const n of [1, 2, 1000, 65_536, 100_000]) {
      for (const draw of [
        random,
        () => 1,
        () => 0.25,
        () => random() ** 20,
        () => (1 - 2 ** -52) / 3,
      ]) {
        const curvatures = Float64Array.from({ length: n }, draw);
        const pairs = new Float64Array(2 * n);
        curvatures.forEach((value, i) => {
          pairs[2 * i + 1] = value;
        });
        const { unit } = packCurvatures(pairs, n);
        const half = n >> 1;
        let all = 0;
        let part = 0;
        for (let i = n - 1; i >= 0; i--) all += pairs[2 * i + 1]!;
        for (let i = 0; i < half; i++) part += pairs[2 * i + 1]!;
        const rest = all - part;
        expect([rowsOf(all, unit), rowsOf(part, unit), rowsOf(rest, unit)]).toEqual([
          n,
          half,
          n - half,
        ]);
        const exact = curvatures.subarray(half).reduce((sum, value) => sum + value, 0);
        const largest = curvatures.reduce((most, value) => Math.max(most, value), 0);
        const error = Math.abs(rest - rowsOf(rest, unit) * unit - exact);
        expect(error).toBeLessThanOrEqual(n * n * n * 2 ** -52 * largest);
      }
    }
  });

  it('are there where all curvature has vanished, and in no rows', () => {
    const pairs = new Float64Array(20);
    const { unit } = packCurvatures(pairs, 10);
    let sum = 0;
    for (let i = 0; i < 10; i++) sum += pairs[2 * i + 1]!;
    expect([rowsOf(sum, unit), sum % unit]).toEqual([10, 0]);
    expect(() => packCurvatures(new Float64Array(0), 0)).not.toThrow();
  });
});
