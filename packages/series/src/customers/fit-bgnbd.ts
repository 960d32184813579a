import type { BgNbdParameters } from './bgnbd.ts';
import { bgNbdLogLikelihood } from './bgnbd-likelihood.ts';
import { type FitProblem, LARGEST_LOG_ERROR, problem } from './fit-problem.ts';
import { historyProblem } from './history-problem.ts';
import { type LikelihoodFit, maximizeLikelihood } from './maximum-likelihood.ts';
import { fitNbd } from './nbd.ts';
import {
  type DistinctHistories,
  distinctHistories,
  type PurchaseSummary,
} from './purchase-summary.ts';

/** An estimated model of buying and leaving. Plain data. */
export interface PurchaseModelFit<Parameters> {
  /** `ok`; `degenerate`: there are estimates, but `problems` say why they mean nothing; `none`: nothing to estimate from. */
  readonly status: 'ok' | 'degenerate' | 'none';
  /** Null where status is `none`. Of a degenerate fit they are where the search ended: for diagnosis only. */
  readonly parameters: Parameters | null;
  /** In the units of the parameters; null where they cannot be had. */
  readonly standardErrors: Parameters | null;
  readonly logLikelihood: number | null;
  readonly problems: readonly FitProblem[];
  readonly customers: number;
  readonly repeaters: number;
}

/** Gain over the model without leaving that chance gives 5 % of the time: half the chi-square quantile of two parameters. */
const LEAST_GAIN = 3;

/**
 * BG/NBD: estimates of purchase rates and chances to leave from customers' histories by maximum likelihood.
 *
 * @param summary frequency, recency and age of n customers; times in any unit, which alpha is then in.
 * @returns see `PurchaseModelFit`; the fit is `degenerate` where the likelihood has no maximum inside or says little:
 *   without leaving it is as likely (`no-dropout`), a distribution has run to its ends or into a point (`polarised-dropout`,
 *   `homogeneous-…`), or a parameter stays unknown (`not-identified`).
 * @throws InvalidInput (`frequency`, `recency`, `age`)
 *
 * Cost: about 200 passes over the distinct histories; 2,357 customers of CDNOW take 30 ms.
 * Precision: on CDNOW r .2426, alpha 4.414, a .793, b 2.426, log-likelihood −9582.43, as published (test).
 * Source: Fader, Hardie & Lee (2005), Marketing Science 24(2). Departures: exact derivatives; the search starts at four points;
 *   customers with equal histories are counted once with a weight. Compare: lifetimes 0.11 `BetaGeoFitter`.
 */
export function fitBgNbd(
  summary: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>,
): PurchaseModelFit<BgNbdParameters> {
  const data = distinctHistories(summary);
  const { customers, repeaters } = data;
  const missing = historyProblem(data);
  if (missing !== null) {
    return {
      ...{ status: 'none', parameters: null, standardErrors: null, logLikelihood: null },
      ...{ problems: [missing], customers, repeaters },
    };
  }
  const fit = maximizeLikelihood(bgNbdLogLikelihood(data), starts(data));
  const parameters = named(fit.parameters);
  const problems = problemsOf(fit, parameters, fitNbd(summary).logLikelihood!);
  return {
    status: problems.length === 0 ? 'ok' : 'degenerate',
    parameters,
    standardErrors:
      fit.logErrors === null ? null : named(fit.logErrors.map((e, i) => e * fit.parameters[i]!)),
    logLikelihood: fit.logLikelihood,
    ...{ problems, customers, repeaters },
  };
}

/** Differing and similar buyers, few and many leaving: a likelihood of this kind can have more than one top. */
function starts({ meanRate }: DistinctHistories): Float64Array[] {
  return [
    Float64Array.of(0.5, 0.5 / meanRate, 1, 1),
    Float64Array.of(0.5, 0.5 / meanRate, 0.1, 1),
    Float64Array.of(2, 2 / meanRate, 0.5, 5),
    Float64Array.of(0.1, 0.1 / meanRate, 0.5, 2),
  ];
}

function named(values: Float64Array): BgNbdParameters {
  const [r, alpha, a, b] = values as unknown as [number, number, number, number];
  return { r, alpha, a, b };
}

function problemsOf(
  fit: LikelihoodFit,
  { r, alpha, a, b }: BgNbdParameters,
  withoutLeaving: number,
): FitProblem[] {
  const problems: FitProblem[] = [];
  const gain = fit.logLikelihood - withoutLeaving;
  const share = a / (a + b);
  if (!(gain >= LEAST_GAIN)) problems.push(problem('no-dropout', { gain, share }));
  else if (a + b < POLARISED) problems.push(problem('polarised-dropout', { share, sum: a + b }));
  else if (a + b > POINT) problems.push(problem('homogeneous-dropout', { share }));
  if (r > POINT) problems.push(problem('homogeneous-rates', { rate: r / alpha }));
  if (problems.length > 0) return problems;
  if (!fit.converged) return [problem('not-converged')];
  const unknown = fit.logErrors?.findIndex((error) => !(error <= LARGEST_LOG_ERROR)) ?? -2;
  if (unknown !== -1 || fit.atEdge.some((edge) => edge)) {
    const known = unknown >= 0 ? { parameter: unknown, error: fit.logErrors![unknown]! } : {};
    problems.push(problem('not-identified', known));
  }
  return problems;
}

/** A beta distribution with a + b below this has 98 % of its mass within 1 % of 0 and 1. */
const POLARISED = 0.01;
/** Shapes above this have a coefficient of variation below 1 %: a point, for all that data can tell. */
const POINT = 1e4;
