import { requirePositive } from '../invalid-input.ts';
import { leavingIntegral } from './pareto-nbd-likelihood.ts';

/** Purchase rates are gamma (r, alpha), rates of leaving are gamma (s, beta); alpha and beta in time units. */
export interface ParetoNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/**
 * Probability that a customer has not left: a statement about one-time buyers too.
 *
 * @param x purchases after the first, @param tx time of the last of them, @param age time observed, all counted from the first.
 * Source: Schmittlein, Morrison & Colombo (1987), Management Science 33(1), equations 11–13; by quadrature instead of two
 *   hypergeometric functions, see `leavingIntegral`.
 */
export function paretoNbdAlive(
  parameters: ParetoNbdParameters,
  x: number,
  tx: number,
  age: number,
): number {
  return 1 / (1 + Math.exp(leavingIntegral(parameters, x, tx, age)));
}

/**
 * Purchases expected in the next t time units of a customer with a known history.
 *
 * @param t ≥ 0, in time units of the fit.
 * @param x purchases after the first. @param tx time of the last of them. @param age time observed, both from the first
 *   purchase.
 * @returns ≥ 0, finite.
 * @throws InvalidInput (`t`).
 *
 * Source: Schmittlein, Morrison & Colombo (1987), Management Science 33(1), equation 22; its singularity at s = 1 is divided
 *   out.
 */
export function paretoNbdExpectedPurchases(
  parameters: ParetoNbdParameters,
  t: number,
  x: number,
  tx: number,
  age: number,
): number {
  requirePositive('t', t, true);
  if (t === 0) return 0;
  const { r, alpha, s, beta } = parameters;
  const logLeft = Math.log((beta + age) / (beta + age + t));
  const share = s === 1 ? -logLeft : -Math.expm1((s - 1) * logLeft) / (s - 1);
  const rise = (((r + x) * (beta + age)) / (alpha + age)) * share;
  return rise * paretoNbdAlive(parameters, x, tx, age);
}
