/**
 * Digamma ψ(x), the derivative of ln Γ(x), for x > 0.
 *
 * Precision: absolute error below 1e-13 for x ≥ 0.01 (test). Source: Abramowitz & Stegun (1964), 6.3.5 (recurrence up to 10)
 * and 6.3.18 (asymptotic series).
 */
export function digamma(x: number): number {
  let sum = 0;
  let z = x;
  while (z < 10) {
    sum -= 1 / z;
    z++;
  }
  const f = 1 / (z * z);
  const series =
    f *
    (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f * (1 / 132 - (f * 691) / 32760)))));
  return sum + Math.log(z) - 0.5 / z - series;
}
