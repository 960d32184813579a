/** Products of the columns of a regression: the lower triangle of JᵀJ, and Jᵀr. */

/** A column of n values, all zero before index `from`. */
export interface Column {
  readonly values: Float64Array;
  readonly from: number;
}

/** @param out p × p; its lower triangle is overwritten. Cost: n·p²/2 products, less what begins late. */
export function gramOf(columns: readonly Column[], out: Float64Array): void {
  const p = columns.length;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) out[i * p + j] = dot(columns[i]!, columns[j]!);
  }
}

/** Product of two columns. Four sums side by side, since one alone waits for each addition. */
export function dot(a: Column, b: Column): number {
  const x = a.values;
  const y = b.values;
  const n = x.length;
  let i = Math.max(a.from, b.from);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (; i + 3 < n; i += 4) {
    s0 += x[i]! * y[i]!;
    s1 += x[i + 1]! * y[i + 1]!;
    s2 += x[i + 2]! * y[i + 2]!;
    s3 += x[i + 3]! * y[i + 3]!;
  }
  for (; i < n; i++) s0 += x[i]! * y[i]!;
  return s0 + s1 + (s2 + s3);
}

/** H·x for a symmetric matrix whose lower triangle is given. */
export function symmetricProduct(h: Float64Array, x: Float64Array): Float64Array {
  const p = x.length;
  const out = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    const xi = x[i]!;
    const row = i * p;
    let sum = h[row + i]! * xi;
    for (let j = 0; j < i; j++) {
      const value = h[row + j]!;
      sum += value * x[j]!;
      out[j]! += value * xi;
    }
    out[i]! += sum;
  }
  return out;
}
