/**
 * Coefficients of an ordinary least-squares regression, by the normal equations with a Cholesky factor.
 *
 * @param columns k columns of n values each, n ≥ k; meant for a handful of well-scaled columns.
 * @returns k coefficients; a column that depends on those before it gets 0.
 *
 * Cost: O(n·k²).
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const k = columns.length;
  const n = y.length;
  const gram = new Float64Array(k * k);
  const right = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    const a = columns[i]!;
    for (let t = 0; t < n; t++) right[i]! += a[t]! * y[t]!;
    for (let j = 0; j <= i; j++) {
      const b = columns[j]!;
      let sum = 0;
      for (let t = 0; t < n; t++) sum += a[t]! * b[t]!;
      gram[i * k + j] = sum;
    }
  }
  return solveGram(gram, right, k);
}

/** Solves L·Lᵀ·x = right for the lower triangle of a Gram matrix; both arrays are overwritten. */
function solveGram(gram: Float64Array, right: Float64Array, k: number): Float64Array {
  for (let i = 0; i < k; i++) {
    const diagonal = gram[i * k + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = gram[i * k + j]!;
      for (let l = 0; l < j; l++) sum -= gram[i * k + l]! * gram[j * k + l]!;
      if (i !== j) gram[i * k + j] = gram[j * k + j]! === 0 ? 0 : sum / gram[j * k + j]!;
      else gram[i * k + i] = sum > 1e-12 * diagonal ? Math.sqrt(sum) : 0;
    }
    let sum = right[i]!;
    for (let l = 0; l < i; l++) sum -= gram[i * k + l]! * right[l]!;
    right[i] = gram[i * k + i]! === 0 ? 0 : sum / gram[i * k + i]!;
  }
  for (let i = k - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let l = i + 1; l < k; l++) sum -= gram[l * k + i]! * right[l]!;
    right[i] = gram[i * k + i]! === 0 ? 0 : sum / gram[i * k + i]!;
  }
  return right;
}
