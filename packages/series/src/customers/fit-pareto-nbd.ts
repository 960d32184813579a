import type { PurchaseModelFit } from './fit-bgnbd.ts';
import { type FitProblem, LARGEST_LOG_ERROR, problem } from './fit-problem.ts';
import { historyProblem } from './history-problem.ts';
import { type LikelihoodFit, maximizeLikelihood } from './maximum-likelihood.ts';
import { fitNbd } from './nbd.ts';
import type { ParetoNbdParameters } from './pareto-nbd.ts';
import { paretoNbdLogLikelihood } from './pareto-nbd-likelihood.ts';
import {
  type DistinctHistories,
  distinctHistories,
  type PurchaseSummary,
  roundedHistories,
} from './purchase-summary.ts';

/**
 * Pareto/NBD: estimates of purchase rates and rates of leaving from customers' histories by maximum likelihood. Unlike BG/NBD a
 * customer can leave at any time, so its P(alive) says something about one-time buyers too.
 *
 * @param summary frequency, recency and age of n customers; times in any unit, which alpha and beta are then in.
 * @returns see `PurchaseModelFit`; degenerate for the same reasons as BG/NBD.
 * @throws InvalidInput (`frequency`, `recency`, `age`)
 *
 * Cost: about 60 passes over the distinct histories with up to 34 nodes each; CDNOW takes 0.1 s.
 * Precision: on CDNOW r .5533, alpha 10.578, s .6062, beta 11.668, log-likelihood −9594.97, as published (test).
 * Source: Schmittlein, Morrison & Colombo (1987), Management Science 33(1). Compare: lifetimes 0.11 `ParetoNBDFitter`.
 */
export function fitParetoNbd(
  summary: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>,
): PurchaseModelFit<ParetoNbdParameters> {
  const data = distinctHistories(summary);
  const { customers, repeaters, meanAge } = data;
  const missing = historyProblem(data);
  if (missing !== null) {
    return {
      ...{ status: 'none', parameters: null, standardErrors: null, logLikelihood: null },
      ...{ problems: [missing], customers, repeaters },
    };
  }
  const fit = data.frequency.length > MANY ? fitMany(summary, data) : fitFew(data, starts(data));
  const parameters = named(fit.parameters);
  const problems = problemsOf(fit, parameters, fitNbd(summary).logLikelihood!, meanAge);
  return {
    status: problems.length === 0 ? 'ok' : 'degenerate',
    parameters,
    standardErrors:
      fit.logErrors === null ? null : named(fit.logErrors.map((e, i) => e * fit.parameters[i]!)),
    logLikelihood: fit.logLikelihood,
    ...{ problems, customers, repeaters },
  };
}

/** Distinct histories from which on a search with rounded times comes first. */
const MANY = 5000;
/** Of the longest age: half a percent, less than what times say about a customer. */
const STEPS = 100;

/** The long way of the search with rounded times, the last steps with the true ones. */
function fitMany(
  summary: Pick<PurchaseSummary, 'frequency' | 'recency' | 'age'>,
  data: DistinctHistories,
): LikelihoodFit {
  const begin = starts(data);
  const { parameters } = fitFew(roundedHistories(summary, STEPS), begin);
  return maximizeLikelihood(paretoNbdLogLikelihood(data), [parameters], begin[0]);
}

function fitFew(data: DistinctHistories, [first, second]: Starts): LikelihoodFit {
  const likelihood = paretoNbdLogLikelihood(data);
  const once = maximizeLikelihood(likelihood, [first]);
  // A maximum inside is the one: further starts ended in it wherever they were tried.
  const { converged, logErrors, atEdge } = once;
  const isInside = converged && logErrors !== null && !atEdge.some((edge) => edge);
  return isInside ? once : maximizeLikelihood(likelihood, [first, second]);
}

type Starts = readonly [Float64Array, Float64Array];

function starts({ meanRate, meanAge }: DistinctHistories): Starts {
  return [
    Float64Array.of(0.5, 0.5 / meanRate, 0.5, meanAge / 2),
    Float64Array.of(1, 1 / meanRate, 1, 4 * meanAge),
  ];
}

function named(values: Float64Array): ParetoNbdParameters {
  const [r, alpha, s, beta] = values as unknown as [number, number, number, number];
  return { r, alpha, s, beta };
}

/** See fit-bgnbd.ts. */
const LEAST_GAIN = 3;
const POINT = 1e4;
/** Of leaving within the mean age of those who leave at all: what is nearer to 0 or 1 than this is "at once or never". */
const POLARISED = 0.01;

function problemsOf(
  fit: LikelihoodFit,
  { r, alpha, s, beta }: ParetoNbdParameters,
  withoutLeaving: number,
  meanAge: number,
): FitProblem[] {
  const gain = fit.logLikelihood - withoutLeaving;
  const share = 1 - (beta / (beta + meanAge)) ** s;
  const problems: FitProblem[] = [];
  if (!(gain >= LEAST_GAIN)) problems.push(problem('no-dropout', { gain, share }));
  else if (s < POLARISED) problems.push(problem('polarised-dropout', { share, sum: s }));
  else if (s > POINT) problems.push(problem('homogeneous-dropout', { rate: s / beta }));
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
