import { invertByCholesky } from '../math/cholesky.ts';
import { type Differentiable, quasiNewton } from '../math/quasi-newton.ts';

/** Log-likelihood at positive parameters; writes its derivatives by the parameters themselves. */
export type LogLikelihood = (parameters: Float64Array, gradient: Float64Array) => number;

export interface LikelihoodFit {
  readonly parameters: Float64Array;
  readonly logLikelihood: number;
  readonly converged: boolean;
  /** Standard errors of the logarithms of the parameters; null where the curvature is not that of a maximum. */
  readonly logErrors: Float64Array | null;
  /** Parameters that the search left more than a million times from where it began: they have no maximum inside. */
  readonly atEdge: readonly boolean[];
}

/** How far from its starting value a parameter may go: a factor of e^13.8, a million. */
const REACH = Math.log(1e6);
/**
 * Gain that counts as none, as a share of the log-likelihood: some hundred times its rounding. Estimates are then within a
 * thousandth of their standard errors.
 */
const GAIN = 1e-12;
/** Step in the logarithm for second derivatives from first ones: errors of the gradient and of the step are alike there. */
const STEP = 1e-4;

/**
 * Maximum of a likelihood over positive parameters. The search is in their logarithms, which keeps them positive and makes it
 * independent of the units; it begins at each of `starts`, and the best end counts.
 *
 * @param middle from which parameters may go a million times up and down, default the first start.
 *
 * Standard errors come from the inverse of the observed information, whose second derivatives are central differences of the
 * gradient.
 */
export function maximizeLikelihood(
  logLikelihood: LogLikelihood,
  starts: readonly Float64Array[],
  middle: Float64Array = starts[0]!,
): LikelihoodFit {
  const d = middle.length;
  const center = middle.map(Math.log);
  const parameters = new Float64Array(d);
  const negative: Differentiable = (logs, gradient) => {
    for (let i = 0; i < d; i++) {
      if (!(Math.abs(logs[i]! - center[i]!) <= REACH)) return Number.POSITIVE_INFINITY;
      parameters[i] = Math.exp(logs[i]!);
    }
    const value = -logLikelihood(parameters, gradient);
    if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY;
    for (let i = 0; i < d; i++) gradient[i]! *= -parameters[i]!;
    return value;
  };
  const size = Math.abs(negative(center, new Float64Array(d)));
  const tolerance = GAIN * (Number.isFinite(size) ? size : 1);
  const ends = starts.map((start) =>
    quasiNewton(negative, start.map(Math.log), { maxIterations: 300, tolerance }),
  );
  const best = ends.reduce((a, b) => (b.value < a.value ? b : a));
  return {
    parameters: best.x.map(Math.exp),
    logLikelihood: -best.value,
    converged: best.converged && Number.isFinite(best.value),
    logErrors: standardErrors(negative, best.x),
    atEdge: Array.from(best.x, (log, i) => Math.abs(log - center[i]!) > 0.95 * REACH),
  };
}

function standardErrors(negative: Differentiable, x: Float64Array): Float64Array | null {
  const d = x.length;
  const information = new Float64Array(d * d);
  const above = new Float64Array(d);
  const below = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    const moved = Float64Array.from(x);
    moved[i] = x[i]! + STEP;
    if (!Number.isFinite(negative(moved, above))) return null;
    moved[i] = x[i]! - STEP;
    if (!Number.isFinite(negative(moved, below))) return null;
    for (let j = 0; j < d; j++) information[i * d + j] = (above[j]! - below[j]!) / (2 * STEP);
  }
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      information[i * d + j] = (information[i * d + j]! + information[j * d + i]!) / 2;
    }
  }
  if (!invertByCholesky(information, d)) return null;
  return Float64Array.from({ length: d }, (_, i) => Math.sqrt(information[i * d + i]!));
}
