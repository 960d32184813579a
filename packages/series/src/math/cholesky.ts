/**
 * Lower factor L of a symmetric positive definite matrix, A = L·Lᵀ, written over its lower triangle.
 *
 * @param a n·n values by rows; only the lower triangle is read, the upper one is left as it is.
 * @returns false when a pivot is not positive and finite: `a` then holds nothing of use.
 *
 * Cost: n³/3 operations, unblocked: for matrices up to a few hundred. Source: Golub & Van Loan, Matrix Computations, 4.2.
 */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = a[row + j]!;
      for (let k = 0; k < j; k++) sum -= a[row + k]! * a[other + k]!;
      if (j < i) {
        a[row + j] = sum / a[other + j]!;
      } else {
        if (!(sum > 0) || sum === Number.POSITIVE_INFINITY) return false;
        a[row + j] = Math.sqrt(sum);
      }
    }
  }
  return true;
}

/**
 * Inverse of a small symmetric positive definite matrix, written over it, both triangles.
 *
 * @param a n·n values by rows; only the lower triangle is read.
 * @returns false when the matrix is not positive definite: `a` then holds nothing of use.
 *
 * Cost: n³ operations. Large ones: `invertPositive` of symmetric-inverse.ts.
 */
export function invertByCholesky(a: Float64Array, n: number): boolean {
  if (!choleskyInPlace(a, n)) return false;
  // L⁻¹ over L, column by column from the left.
  for (let j = 0; j < n; j++) {
    a[j * n + j] = 1 / a[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= a[i * n + k]! * a[k * n + j]!;
      a[i * n + j] = sum / a[i * n + i]!;
    }
  }
  // A⁻¹ = L⁻ᵀ·L⁻¹; row i of the product needs rows from i on only, so it may overwrite from the top.
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += a[k * n + i]! * a[k * n + j]!;
      a[i * n + j] = sum;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!;
  return true;
}
