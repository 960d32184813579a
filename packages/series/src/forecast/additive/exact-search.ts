import { dot, gramOf, symmetricProduct } from './gram.ts';
import { bestSigma, noiseLoss, priorLoss } from './posterior.ts';
import type { RegressionModel } from './regression.ts';
import { minimiseSparseQuadratic } from './sparse-quadratic.ts';

/** Where a search ended. */
export interface Maximum {
  readonly theta: Float64Array;
  readonly sigma: number;
  /** Log of the posterior density, up to a constant that the options fix. */
  readonly logPosterior: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const MOST_STEPS = 100;
/** Steps end when the log-posterior gains less. */
const TOLERANCE = 1e-8;

/**
 * Maximum of the posterior.
 *
 * Trend and shares of it are multiplied, so the model is not linear: it is replaced by its tangent (Gauss–Newton), and the
 * regression that follows, with normal and Laplace priors, is solved exactly; steps that do not raise the posterior are
 * halved. Given everything else, sigma has a closed form. Without logistic growth or multiplicative effects the first step
 * is the maximum.
 *
 * Cost: n·p²/2 products a step for p coefficients; 1 step where the model is linear, else about 10.
 */
export function exactSearch(model: RegressionModel, start: Float64Array, least: number): Maximum {
  const { n, p, linear } = model;
  const theta = start.slice();
  const lossAt = (x: Float64Array, squares: number) =>
    priorLoss(model, x) + noiseLoss(bestSigma(squares, n, least), squares, n);
  const h = new Float64Array(p * p);
  let place = model.at(theta);
  let loss = lossAt(theta, place.squares);
  let iterations = 0;
  let converged = false;
  while (iterations < MOST_STEPS && !converged) {
    iterations++;
    const columns = model.tangent(theta, place);
    const residuals = { values: place.residuals, from: 0 };
    gramOf(columns, h);
    const slope = Float64Array.from(columns, (column) => dot(column, residuals));
    const next = solveTangent(model, { h, slope, theta, squares: place.squares, least });
    let moved = false;
    for (let size = 1; size > 1e-12 && !moved; size /= 2) {
      const trial = theta.map((old, i) => old + size * (next[i]! - old));
      const there = model.at(trial);
      const better = lossAt(trial, there.squares);
      if (!(better <= loss)) continue;
      converged = linear || loss - better < TOLERANCE;
      theta.set(trial);
      place = there;
      loss = better;
      moved = true;
    }
    // No step leads up any more: this is the top as far as rounding lets it be seen.
    converged ||= !moved;
  }
  const sigma = bestSigma(place.squares, n, least);
  return { theta, sigma, logPosterior: -loss, iterations, converged };
}

interface Tangent {
  readonly h: Float64Array;
  /** Jᵀr at theta. */
  readonly slope: Float64Array;
  readonly theta: Float64Array;
  /** Sum of squared residuals at theta. */
  readonly squares: number;
  readonly least: number;
}

/** Maximum of the posterior of the tangent model, over coefficients and sigma in turn; both only raise it. */
function solveTangent(model: RegressionModel, tangent: Tangent): Float64Array {
  const { n, p, ridge, lasso } = model;
  const { h, slope, theta, least } = tangent;
  const diagonal = Float64Array.from(theta, (_, i) => h[i * p + i]!);
  const target = symmetricProduct(h, theta);
  for (let i = 0; i < p; i++) target[i]! += slope[i]!;
  const x = theta.slice();
  const step = new Float64Array(p);
  let sigma = bestSigma(tangent.squares, n, least);
  for (let round = 0; round < 100; round++) {
    const variance = sigma * sigma;
    for (let i = 0; i < p; i++) h[i * p + i] = diagonal[i]! + variance * ridge[i]!;
    const lambda = lasso.map((weight) => weight * variance);
    minimiseSparseQuadratic({ h, b: target, lambda }, x);
    for (let i = 0; i < p; i++) {
      h[i * p + i] = diagonal[i]!;
      step[i] = x[i]! - theta[i]!;
    }
    const bent = symmetricProduct(h, step);
    let squares = tangent.squares;
    for (let i = 0; i < p; i++) squares += step[i]! * (bent[i]! - 2 * slope[i]!);
    const next = bestSigma(Math.max(0, squares), n, least);
    const change = Math.abs(next - sigma);
    sigma = next;
    if (change <= 1e-10 * sigma) break;
  }
  return x;
}
