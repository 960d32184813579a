/** Up to this many values are added with eight running sums. */
const BLOCK = 128;

/**
 * Σ values[from … to), added pairwise: errors grow with log n instead of n.
 *
 * Cost: O(n). Source: Higham (1993), SIAM J. Sci. Comput. 14(4); blocks of 128 with eight running sums, as NumPy's `sum`
 *   takes them, so that a sum which cancels exactly there does so here.
 */
export function pairwiseSum(values: Float64Array, from = 0, to = values.length): number {
  const n = to - from;
  if (n < 8) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]!;
    return sum;
  }
  if (n <= BLOCK) return blockSum(values, from, n);
  let half = n >> 1;
  half -= half % 8;
  return pairwiseSum(values, from, from + half) + pairwiseSum(values, from + half, to);
}

function blockSum(values: Float64Array, from: number, n: number): number {
  let a = values[from]!;
  let b = values[from + 1]!;
  let c = values[from + 2]!;
  let d = values[from + 3]!;
  let e = values[from + 4]!;
  let f = values[from + 5]!;
  let g = values[from + 6]!;
  let h = values[from + 7]!;
  const whole = from + n - (n % 8);
  for (let i = from + 8; i < whole; i += 8) {
    a += values[i]!;
    b += values[i + 1]!;
    c += values[i + 2]!;
    d += values[i + 3]!;
    e += values[i + 4]!;
    f += values[i + 5]!;
    g += values[i + 6]!;
    h += values[i + 7]!;
  }
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (let i = whole; i < from + n; i++) sum += values[i]!;
  return sum;
}
