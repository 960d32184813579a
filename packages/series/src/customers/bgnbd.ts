import { requirePositive } from '../invalid-input.ts';

/** Purchase rates are gamma (shape r, rate alpha in time units), chances to leave after a purchase are beta (a, b). */
export interface BgNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/**
 * Probability that a customer has not left.
 *
 * @param x purchases after the first, @param tx time of the last of them, @param age time observed, all counted from the first.
 * @returns a fraction. It is 1 for x = 0 whatever the age: in this model a customer can leave only at a repeat purchase. That
 *   is no finding about one-time buyers and must not be shown as one; the Pareto/NBD model has no such gap.
 *
 * Source: Fader, Hardie & Lee (2008), "Computing P(alive) using the BG/NBD model".
 */
export function bgNbdAlive(
  { r, alpha, a, b }: BgNbdParameters,
  x: number,
  tx: number,
  age: number,
): number {
  if (x === 0) return 1;
  const odds = Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + age) / (alpha + tx));
  return 1 / (1 + Math.exp(odds));
}

/**
 * Purchases expected in the next t time units of a customer with a known history.
 *
 * @param t ≥ 0, in time units.
 * @returns ≥ 0, finite for every a, a = 1 included.
 *
 * Precision: 1e-10 relative against the formula with the published hypergeometric function (test).
 * Source: Fader, Hardie & Lee (2005), equation 10, after Euler's transformation of its hypergeometric function: in
 *   (1 − z)^(a−1)·₂F₁(a+b−1−r, a−1; a+b+x−1; z) nothing overflows, the series is short where x is large, and the removable
 *   singularity at a = 1 can be divided out.
 */
export function bgNbdExpectedPurchases(
  parameters: BgNbdParameters,
  t: number,
  x: number,
  tx: number,
  age: number,
): number {
  const rise = expectedRise(parameters, t, x, age);
  return rise * bgNbdAlive(parameters, x, tx, age);
}

/** Purchases after the first expected in the first t time units of a customer's life. */
export function bgNbdPurchasesOfNew(parameters: BgNbdParameters, t: number): number {
  return expectedRise(parameters, t, 0, 0);
}

/** Purchases expected in t time units of a customer who has not left after x purchases in `age`. */
function expectedRise(
  { r, alpha, a, b }: BgNbdParameters,
  t: number,
  x: number,
  age: number,
): number {
  requirePositive('t', t, true);
  if (t === 0) return 0;
  const z = t / (alpha + age + t);
  const logLeft = Math.log((alpha + age) / (alpha + age + t));
  const power = a - 1;
  const c = a + b + x - 1;
  // (1 − (1 − z)^(a−1)) / (a − 1)
  const share = power === 0 ? -logLeft : -Math.expm1(power * logLeft) / power;
  // c times (₂F₁ − 1) / (a − 1), term by term.
  let term = (a + b - 1 - r) * z;
  let sum = term;
  for (let k = 1; k < MAX_TERMS; k++) {
    term *= (((a + b - 1 - r + k) * (a + k - 1)) / ((c + k) * (k + 1))) * z;
    sum += term;
    if (Math.abs(term) <= 1e-16 * Math.abs(sum) || term === 0) break;
  }
  return Math.max(0, c * share - Math.exp(power * logLeft) * sum);
}

const MAX_TERMS = 100_000;
