/** From this prime on, NumPy transforms by a convolution, and the sum is never exact. */
const LEAST_CONVOLVED_PRIME = 191;

/**
 * Σ values as a mixed-radix transform adds them up for frequency 0. Values less their mean add up to 0 but for rounding,
 * and whether anything is left depends on the order of the additions; this is the order of NumPy 1.24's `rfft`.
 *
 * @returns not 0 (but otherwise unspecified) for a length with a prime factor of 191 or more, unless all values are 0.
 *
 * Cost: O(n). Source: Swarztrauber (1982), Vectorizing the FFTs, for the decomposition; NumPy's documentation says that
 *   it follows FFTPACK.
 */
export function transformedSum(values: Float64Array): number {
  const factors = factorise(values.length);
  if (factors.some((factor) => factor >= LEAST_CONVOLVED_PRIME)) {
    return values.some((value) => value !== 0) ? Number.MIN_VALUE : 0;
  }
  let sums = values;
  for (const radix of factors.reverse()) {
    const parts = sums.length / radix;
    const next = new Float64Array(parts);
    for (let k = 0; k < parts; k++) next[k] = butterflySum(sums, k, parts, radix);
    sums = next;
  }
  return sums[0] ?? 0;
}

/** Fours, then a two put first, then odd primes, ascending. */
function factorise(n: number): number[] {
  const factors: number[] = [];
  let rest = Math.max(1, n);
  for (; rest % 4 === 0; rest /= 4) factors.push(4);
  if (rest % 2 === 0) {
    rest /= 2;
    factors.push(factors[0] ?? 2);
    factors[0] = 2;
  }
  for (let p = 3; p * p <= rest; p += 2) {
    for (; rest % p === 0; rest /= p) factors.push(p);
  }
  if (rest > 1) factors.push(rest);
  return factors;
}

function butterflySum(v: Float64Array, k: number, stride: number, radix: number): number {
  const at = (j: number) => v[k + j * stride]!;
  if (radix === 2) return at(0) + at(1);
  if (radix === 4) return at(0) + at(2) + (at(3) + at(1));
  let sum = at(0);
  for (let j = 1; 2 * j < radix; j++) sum += at(j) + at(radix - j);
  return sum;
}
