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
 *   singularity at a = 1 can be divided out. Where its terms would cancel (r or a large) the printed form is summed.
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

/**
 * Purchases after the first expected in the first t time units of a customer's life.
 *
 * @param t ≥ 0, in time units of the fit.
 * @returns ≥ 0, finite.
 * @throws InvalidInput (`t`).
 *
 * Source: Fader, Hardie & Lee (2005), equation 9; computed as `bgNbdExpectedPurchases` with x = 0 at age 0.
 */
export function bgNbdPurchasesOfNew(parameters: BgNbdParameters, t: number): number {
  return expectedRise(parameters, t, 0, 0);
}

/** Purchases expected in t time units of a customer who has not left after x purchases in `age`. */
function expectedRise(parameters: BgNbdParameters, t: number, x: number, age: number): number {
  requirePositive('t', t, true);
  if (t === 0) return 0;
  const { r, alpha, a, b } = parameters;
  const z = t / (alpha + age + t);
  const logLeft = Math.log((alpha + age) / (alpha + age + t));
  const transformed = a <= MOST_A && a + b - 1 - r >= LEAST_FIRST;
  return Math.max(
    0,
    transformed
      ? transformedRise(parameters, x, z, logLeft)
      : printedRise(parameters, x, z, logLeft),
  );
}

/** Beyond these the transformed series has terms that cancel each other, or too large ones: the printed one has not. */
const MOST_A = 20;
const LEAST_FIRST = -5;
const MAX_TERMS = 100_000;
const SMALLEST = 1e-16;

/** c·[(1 − (1 − z)^(a−1)) / (a − 1) − (1 − z)^(a−1)·(₂F₁ − 1) / (a − 1)] with the division by a − 1 done beforehand. */
function transformedRise(
  { r, a, b }: BgNbdParameters,
  x: number,
  z: number,
  logLeft: number,
): number {
  const power = a - 1;
  const first = a + b - 1 - r;
  const c = a + b + x - 1;
  const share = power === 0 ? -logLeft : -Math.expm1(power * logLeft) / power;
  let term = first * z;
  let sum = term;
  for (let k = 1; k < MAX_TERMS; k++) {
    term *= (((first + k) * (a + k - 1)) / ((c + k) * (k + 1))) * z;
    sum += term;
    if (Math.abs(term) <= SMALLEST * Math.abs(sum)) break;
  }
  return c * share - Math.exp(power * logLeft) * sum;
}

/** The formula as it is printed; its terms are all positive. The sum is kept within range, its scale beside it. */
function printedRise({ r, a, b }: BgNbdParameters, x: number, z: number, logLeft: number): number {
  // At a = 1 the limit is meant: this near to it the result differs by less than it is precise.
  const power = Math.abs(a - 1) < 1e-6 ? 1e-6 : a - 1;
  const c = a + b + x - 1;
  let logScale = (r + x) * logLeft;
  let term = 1;
  let sum = 1;
  for (let k = 0; k < MAX_TERMS; k++) {
    const ratio = (((r + x + k) * (b + x + k)) / ((c + k) * (k + 1))) * z;
    term *= ratio;
    sum += term;
    if (ratio < 1 && term <= SMALLEST * sum) break;
    if (sum > 1e200) {
      term *= 1e-200;
      sum *= 1e-200;
      logScale += 200 * Math.LN10;
    }
  }
  return (c / power) * (1 - Math.exp(logScale) * sum);
}
