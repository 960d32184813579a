/**
 * Solution x of A·x = b by elimination with partial pivoting; for small dense systems.
 *
 * @param rows  k rows of k values; not modified.
 * @param right k values; not modified.
 * @returns k values; null when a pivot is exactly 0 or not finite.
 *
 * Cost: O(k³). Source: Golub & Van Loan, Matrix Computations, 3.4.
 */
export function solveByElimination(
  rows: readonly Float64Array[],
  right: Float64Array,
): Float64Array | null {
  const a = rows.map((row) => row.slice());
  const x = right.slice();
  const k = x.length;
  for (let i = 0; i < k; i++) {
    let pivot = i;
    for (let r = i + 1; r < k; r++) {
      if (Math.abs(a[r]![i]!) > Math.abs(a[pivot]![i]!)) pivot = r;
    }
    [a[i], a[pivot]] = [a[pivot]!, a[i]!];
    [x[i], x[pivot]] = [x[pivot]!, x[i]!];
    const row = a[i]!;
    if (row[i] === 0 || !Number.isFinite(row[i])) return null;
    for (let r = i + 1; r < k; r++) {
      const below = a[r]!;
      const factor = below[i]! / row[i]!;
      for (let c = i + 1; c < k; c++) below[c]! -= factor * row[c]!;
      x[r]! -= factor * x[i]!;
    }
  }
  for (let i = k - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let c = i + 1; c < k; c++) sum -= a[i]![c]! * x[c]!;
    x[i] = sum / a[i]![i]!;
  }
  return x;
}
