import { InvalidInput } from '../invalid-input.ts';
import { digamma } from '../math/digamma.ts';
import { logGamma } from '../math/gamma.ts';
import { type FitProblem, LARGEST_LOG_ERROR, LEAST_REPEAT_BUYERS, problem } from './fit-problem.ts';
import { type LogLikelihood, maximizeLikelihood } from './maximum-likelihood.ts';

/** Amounts of a customer are gamma (shape p, rate ν), and ν is gamma (shape q, rate v) among customers; v in money. */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

export interface GammaGammaFit {
  /** As of `PurchaseModelFit`. */
  readonly status: 'ok' | 'degenerate' | 'none';
  readonly parameters: GammaGammaParameters | null;
  readonly standardErrors: GammaGammaParameters | null;
  readonly logLikelihood: number | null;
  readonly problems: readonly FitProblem[];
  /** Customers with a repeat purchase of an amount above 0, who count. */
  readonly customers: number;
  /** Pearson correlation of frequency and mean value among them; the model assumes 0. Null where it has none. */
  readonly correlation: number | null;
}

/**
 * Gamma-Gamma model of the money spent per purchase, by maximum likelihood.
 *
 * @param frequency n whole numbers ≥ 0: purchases that `value` is the mean of.
 * @param value     n mean amounts; customers with x = 0 or a value ≤ 0 do not count.
 * @throws InvalidInput (`value`) where lengths differ.
 *
 * Precision: on CDNOW p 6.249, q 3.745, v 15.448, as published (test). Amounts are scaled by their mean within.
 * Source: Fader & Hardie (2013), "The Gamma-Gamma model of monetary value", brucehardie.com/notes/025, equation 1a.
 *   Compare: lifetimes 0.11 `GammaGammaFitter`.
 */
export function fitGammaGamma(frequency: Float64Array, value: Float64Array): GammaGammaFit {
  if (value.length !== frequency.length) {
    throw new InvalidInput('value', `must have ${frequency.length} values, got ${value.length}`);
  }
  const kept: number[] = [];
  for (let i = 0; i < frequency.length; i++) {
    if (frequency[i]! > 0 && value[i]! > 0 && Number.isFinite(value[i]!)) kept.push(i);
  }
  const customers = kept.length;
  const x = Float64Array.from(kept, (i) => frequency[i]!);
  const mean = kept.reduce((sum, i) => sum + value[i]! / customers, 0);
  const m = Float64Array.from(kept, (i) => value[i]! / mean);
  const correlation = correlationOf(x, m);
  const missing = valueProblem(m, mean);
  if (missing !== null) {
    return {
      ...{ status: 'none', parameters: null, standardErrors: null, logLikelihood: null },
      ...{ problems: [missing], customers, correlation },
    };
  }
  const fit = maximizeLikelihood(gammaGammaLogLikelihood(x, m), [
    Float64Array.of(2, 3, 1),
    Float64Array.of(10, 4, 0.3),
  ]);
  const [p, q, v] = fit.parameters as unknown as [number, number, number];
  const problems: FitProblem[] = [];
  if (p > POINT || q > POINT) problems.push(problem('homogeneous-values', { p, q, mean }));
  else if (!fit.converged) problems.push(problem('not-converged'));
  else if (q <= 1) problems.push(problem('infinite-mean', { q }));
  else if (!(fit.logErrors?.every((error) => error <= LARGEST_LOG_ERROR) ?? false)) {
    problems.push(problem('not-identified'));
  }
  return {
    status: problems.length === 0 ? 'ok' : 'degenerate',
    parameters: { p, q, v: v * mean },
    standardErrors:
      fit.logErrors === null
        ? null
        : {
            p: fit.logErrors[0]! * p,
            q: fit.logErrors[1]! * q,
            v: fit.logErrors[2]! * v * mean,
          },
    // The density of an amount in its own unit: one factor 1/mean a customer.
    logLikelihood: fit.logLikelihood - customers * Math.log(mean),
    ...{ problems, customers, correlation },
  };
}

/** Shapes above this have a coefficient of variation below 1 %. */
const POINT = 1e4;

function valueProblem(m: Float64Array, mean: number): FitProblem | null {
  const customers = m.length;
  if (customers === 0) return problem('no-repeat-purchases', { customers });
  if (customers < LEAST_REPEAT_BUYERS) {
    return problem('too-few-repeat-buyers', { repeaters: customers, needed: LEAST_REPEAT_BUYERS });
  }
  if (m.every((value) => Math.abs(value - 1) < 1e-9)) {
    return problem('homogeneous-values', { mean });
  }
  return null;
}

function gammaGammaLogLikelihood(x: Float64Array, m: Float64Array): LogLikelihood {
  return (parameters, gradient) => {
    const [p, q, v] = parameters as unknown as [number, number, number];
    const ofQ = logGamma(q);
    const slopeQ = digamma(q);
    const logV = Math.log(v);
    let [total, byP, byQ, byV] = [0, 0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const count = x[i]!;
      const shape = p * count;
      const spent = m[i]! * count;
      const logSum = Math.log(v + spent);
      const logSpent = Math.log(spent);
      const slopeSum = digamma(shape + q);
      total += logGamma(shape + q) - logGamma(shape) - ofQ + q * logV - (shape + q) * logSum;
      total += shape * logSpent - Math.log(m[i]!);
      byP += count * (slopeSum - digamma(shape) - logSum + logSpent);
      byQ += slopeSum - slopeQ + logV - logSum;
      byV += q / v - (shape + q) / (v + spent);
    }
    gradient[0] = byP;
    gradient[1] = byQ;
    gradient[2] = byV;
    return total;
  };
}

/**
 * Mean amount expected of a customer's future purchases: between the customer's own mean and everybody's, nearer to the own one
 * the more purchases are known.
 *
 * @param x purchases known, ≥ 0. @param mean their mean amount, money; of no use where x = 0 or where it is not above 0.
 * @returns money, unit of `mean`; Infinity for x = 0 where q ≤ 1, where everybody's mean does not exist.
 *
 * Source: Fader & Hardie (2013), "The Gamma-Gamma model of monetary value", equation 5.
 */
export function gammaGammaExpectedValue(
  { p, q, v }: GammaGammaParameters,
  x: number,
  mean: number,
): number {
  const known = x > 0 && mean > 0 ? x : 0;
  const divisor = p * known + q - 1;
  return divisor > 0
    ? (p * (v + known * (known > 0 ? mean : 0))) / divisor
    : Number.POSITIVE_INFINITY;
}

function correlationOf(a: Float64Array, b: Float64Array): number | null {
  const n = a.length;
  if (n < 3) return null;
  const meanA = a.reduce((sum, value) => sum + value / n, 0);
  const meanB = b.reduce((sum, value) => sum + value / n, 0);
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const da = a[i]! - meanA;
    const db = b[i]! - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  // What is left of equal values by rounding is no spread.
  const varies = (squares: number, mean: number) => squares > n * (1e-13 * mean) ** 2;
  return varies(aa, meanA) && varies(bb, meanB) ? ab / Math.sqrt(aa * bb) : null;
}
