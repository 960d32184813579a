/** Formulas of the models of buying as they are printed, with the hypergeometric functions that the library avoids. */
import type { BgNbdParameters } from '../customers/bgnbd.ts';
import type { ParetoNbdParameters } from '../customers/pareto-nbd.ts';
import { logGamma } from '../math/gamma.ts';

/** ₂F₁(a, b; c; z) by its series, |z| < 1. */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < 1e6 && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
    term *= (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    sum += term;
  }
  return sum;
}

/** Fader, Hardie & Lee (2005), equation 10. */
export function bgNbdExpectedAsPrinted(
  { r, alpha, a, b }: BgNbdParameters,
  t: number,
  x: number,
  tx: number,
  age: number,
): number {
  const left = ((alpha + age) / (alpha + age + t)) ** (r + x);
  const f = hypergeometric(r + x, b + x, a + b + x - 1, t / (alpha + age + t));
  const above = ((a + b + x - 1) / (a - 1)) * (1 - left * f);
  const gone = x === 0 ? 0 : (a / (b + x - 1)) * ((alpha + age) / (alpha + tx)) ** (r + x);
  return above / (1 + gone);
}

/** Fader & Hardie (2005), "A note on deriving the Pareto/NBD model", equation 18. */
export function paretoNbdLogLikelihoodAsPrinted(
  { r, alpha, s, beta }: ParetoNbdParameters,
  x: number,
  tx: number,
  age: number,
): number {
  const more = Math.max(alpha, beta);
  const second = alpha >= beta ? s + 1 : r + x;
  const size = Math.abs(alpha - beta);
  const part = (t: number): number =>
    hypergeometric(r + s + x, second, r + s + x + 1, size / (more + t)) / (more + t) ** (r + s + x);
  const a0 = part(tx) - part(age);
  const alive = (alpha + age) ** -(r + x) * (beta + age) ** -s;
  return (
    logGamma(r + x) -
    logGamma(r) +
    r * Math.log(alpha) +
    s * Math.log(beta) +
    Math.log(alive + (s / (r + s + x)) * a0)
  );
}
