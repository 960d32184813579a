import { describe, expect, it } from 'vitest';
import { choleskyInPlace, invertByCholesky } from './cholesky.ts';
import { createRandom } from './random.ts';
import { invertPositive } from './symmetric-inverse.ts';

/** B·Bᵀ + n·I of random B. */
function positive(n: number): Float64Array {
  const random = createRandom(n);
  const b = Float64Array.from({ length: n * n }, () => random() - 0.5);
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) a[i * n + j]! += b[i * n + k]! * b[j * n + k]!;
      if (i === j) a[i * n + j]! += n / 100;
    }
  }
  return a;
}

function worstOfProduct(a: Float64Array, inverse: Float64Array, n: number): number {
  let worst = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? -1 : 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k]! * inverse[k * n + j]!;
      worst = Math.max(worst, Math.abs(sum));
    }
  }
  return worst;
}

describe('the inverse of a positive definite matrix', () => {
  it.each([0, 1, 2, 5, 63, 64, 65, 130, 201])('of %i rows gives the identity', (n) => {
    for (const invert of [invertPositive, invertByCholesky]) {
      const inverse = positive(n);
      expect(invert(inverse, n)).toBe(true);
      expect(worstOfProduct(positive(n), inverse, n)).toBeLessThan(1e-11);
    }
  });

  it('reads the lower triangle only', () => {
    const n = 70;
    const a = positive(n);
    const spoilt = a.slice();
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) spoilt[i * n + j] = Number.NaN;
    invertPositive(a, n);
    invertPositive(spoilt, n);
    expect(spoilt).toEqual(a);
  });

  it('is refused where the matrix is singular, indefinite or missing', () => {
    for (const matrix of [
      [1, 1, 1, 1],
      [1, 2, 2, 1],
      [Number.NaN, 0, 0, 1],
      [Infinity, 0, 0, 1],
    ]) {
      expect(invertPositive(Float64Array.from(matrix), 2)).toBe(false);
      expect(choleskyInPlace(Float64Array.from(matrix), 2)).toBe(false);
    }
  });
});
