import { type FitProblem, problem } from './fit-problem.ts';
import { historyProblem } from './history-problem.ts';
import { type LogLikelihood, maximizeLikelihood } from './maximum-likelihood.ts';
import {
  type DistinctHistories,
  distinctHistories,
  type PurchaseSummary,
} from './purchase-summary.ts';
import { risingFactorials } from './rising-factorials.ts';

/** Gamma distribution of purchase rates: shape r, rate alpha in time units. */
export interface NbdParameters {
  readonly r: number;
  readonly alpha: number;
}

/** The model in which nobody leaves, fitted, and whether its parameters mean anything. Plain data. */
export interface NbdFit {
  readonly status: 'ok' | 'degenerate' | 'none';
  /** Null where there was nothing to estimate from. */
  readonly parameters: NbdParameters | null;
  readonly logLikelihood: number | null;
  readonly problems: readonly FitProblem[];
}

/**
 * The model in which nobody ever leaves: purchases of a customer are a Poisson process whose rate is drawn from a gamma
 * distribution. What the models with leaving are compared with, and what remains where leaving cannot be seen.
 *
 * @param summary frequency, recency and age of customers, as `purchaseSummary` gives them; the rates are per its time unit.
 * @returns `none` where there is nothing to estimate from, `degenerate` (`homogeneous-rates`) where all customers buy at one
 *   rate.
 *
 * Cost: a few dozen passes over the distinct histories.
 * Source: Ehrenberg (1959), Applied Statistics 8(1); the likelihood is that of the times, the limit a → 0 of BG/NBD.
 */
export function fitNbd(summary: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>): NbdFit {
  const data = distinctHistories(summary);
  const missing = historyProblem(data);
  if (missing !== null) {
    return { status: 'none', parameters: null, logLikelihood: null, problems: [missing] };
  }
  const fit = maximizeLikelihood(nbdLogLikelihood(data), [
    Float64Array.of(1, 1 / data.meanRate),
    Float64Array.of(0.2, 0.2 / data.meanRate),
  ]);
  const [r, alpha] = fit.parameters as unknown as [number, number];
  const isPoint = fit.atEdge.some((edge) => edge) || r > 1e4;
  return {
    status: isPoint ? 'degenerate' : 'ok',
    parameters: { r, alpha },
    logLikelihood: fit.logLikelihood,
    problems: isPoint ? [problem('homogeneous-rates', { rate: r / alpha })] : [],
  };
}

function nbdLogLikelihood({
  frequency,
  age,
  weight,
  largestFrequency,
}: DistinctHistories): LogLikelihood {
  const ofR = risingFactorials(largestFrequency);
  return (parameters, gradient) => {
    const [r, alpha] = parameters as unknown as [number, number];
    ofR.update(r);
    const logAlpha = Math.log(alpha);
    let [total, byR, byAlpha] = [0, 0, 0];
    for (let i = 0; i < frequency.length; i++) {
      const x = frequency[i]!;
      const w = weight[i]!;
      const logEnd = Math.log(alpha + age[i]!);
      total += w * (ofR.log[x]! + r * logAlpha - (r + x) * logEnd);
      byR += w * (ofR.slope[x]! + logAlpha - logEnd);
      byAlpha += w * (r / alpha - (r + x) / (alpha + age[i]!));
    }
    gradient[0] = byR;
    gradient[1] = byAlpha;
    return total;
  };
}

/**
 * Purchases expected in the next t time units: the customer's own rate and everybody's, weighted by what is known.
 *
 * @param t ≥ 0. @param frequency purchases after the first, ≥ 0. @param age time observed, ≥ 0; times in the unit of the fit.
 * @returns (r + frequency) / (alpha + age) · t, ≥ 0.
 *
 * Source: Ehrenberg (1959), as the mean of the gamma distribution given the history.
 */
export function nbdExpectedPurchases(
  { r, alpha }: NbdParameters,
  t: number,
  frequency: number,
  age: number,
): number {
  return ((r + frequency) / (alpha + age)) * t;
}
