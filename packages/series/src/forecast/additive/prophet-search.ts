import { limitedMemoryBfgs } from '../../math/limited-memory-bfgs.ts';
import type { Maximum } from './exact-search.ts';
import { dot, gramOf, symmetricProduct } from './gram.ts';
import { noiseLoss, noiseSlope, priorLoss } from './posterior.ts';
import type { RegressionModel } from './regression.ts';

/**
 * The point where Prophet's optimiser stops: L-BFGS over the coefficients and log σ, from the same start, with the same stopping
 * rules. The Laplace prior has kinks at zero, where L-BFGS stalls, so this lies a little below the maximum: by 0.4 to 2.5 of
 * log-posterior on Prophet's example data. Its forecasts are the ones people know.
 *
 * @param top the maximum where the model is linear: sums of squares are then taken as differences from there, without
 *   touching the rows.
 *
 * Cost: some 500 to 3,000 evaluations, of p² products where `top` is given, else of 2·n·q.
 */
export function prophetSearch(
  model: RegressionModel,
  start: Float64Array,
  top: Float64Array | null,
): Maximum {
  const { n, p, ridge, lasso } = model;
  const fit = top === null ? byRows(model) : byDifferences(model, top);
  const minimum = limitedMemoryBfgs(
    (x, gradient) => {
      const theta = x.subarray(0, p);
      const sigma = Math.exp(x[p]!);
      const { squares, slope } = fit(theta);
      for (let i = 0; i < p; i++) {
        gradient[i] =
          ridge[i]! * theta[i]! + lasso[i]! * Math.sign(theta[i]!) - slope[i]! / (sigma * sigma);
      }
      gradient[p] = noiseSlope(sigma, squares, n);
      return noiseLoss(sigma, squares, n) + priorLoss(model, theta);
    },
    Float64Array.of(...start, 0),
  );
  return {
    theta: minimum.x.slice(0, p),
    sigma: Math.exp(minimum.x[p]!),
    logPosterior: -minimum.value,
    iterations: minimum.iterations,
    converged: minimum.converged,
  };
}

/** Sum of squared residuals, and Jᵀr. */
type FitAt = (theta: Float64Array) => { readonly squares: number; readonly slope: Float64Array };

function byRows(model: RegressionModel): FitAt {
  return (theta) => {
    const place = model.at(theta);
    return { squares: place.squares, slope: model.slope(theta, place) };
  };
}

function byDifferences(model: RegressionModel, top: Float64Array): FitAt {
  const { p } = model;
  const place = model.at(top);
  const h = new Float64Array(p * p);
  const columns = model.tangent(top, place);
  gramOf(columns, h);
  const residuals = { values: place.residuals, from: 0 };
  const slopeAtTop = Float64Array.from(columns, (column) => dot(column, residuals));
  return (theta) => {
    const step = theta.map((value, i) => value - top[i]!);
    const slope = symmetricProduct(h, step);
    let squares = place.squares;
    for (let i = 0; i < p; i++) {
      squares += step[i]! * (slope[i]! - 2 * slopeAtTop[i]!);
      slope[i] = slopeAtTop[i]! - slope[i]!;
    }
    return { squares, slope };
  };
}
