import type { RegressionModel } from './regression.ts';

/** Prophet's: sigma is half-normal with deviation 0.5 beforehand. */
const SIGMA_PRECISION = 0.5 ** -2;
/**
 * With as many columns as values the posterior has no maximum: sigma runs to 0 while the curve copies the data. It is kept
 * above this share of the values' own deviation.
 */
const LEAST_SIGMA = 1e-3;

/** Least sigma of a fit to these values. */
export function leastSigma(y: Float64Array): number {
  const n = y.length;
  const mean = y.reduce((sum, value) => sum + value / n, 0);
  const squares = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return LEAST_SIGMA * (Math.sqrt(squares / n) || 1);
}

/** −log density of n residuals and of sigma: n·log σ + squares / 2σ² + σ² / 2·0.5². */
export function noiseLoss(sigma: number, squares: number, n: number): number {
  const variance = sigma * sigma;
  return n * Math.log(sigma) + squares / (2 * variance) + (SIGMA_PRECISION * variance) / 2;
}

/** Derivative of `noiseLoss` by log σ. */
export function noiseSlope(sigma: number, squares: number, n: number): number {
  const variance = sigma * sigma;
  return n - squares / variance + SIGMA_PRECISION * variance;
}

/** Where `noiseLoss` is least: a·σ⁴ + n·σ² = squares; not below `least`. */
export function bestSigma(squares: number, n: number, least: number): number {
  const a = SIGMA_PRECISION;
  return Math.max(least, Math.sqrt((2 * squares) / (n + Math.sqrt(n * n + 4 * a * squares))));
}

/** −log density of the coefficients beforehand. */
export function priorLoss({ ridge, lasso }: RegressionModel, theta: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < theta.length; i++) {
    sum += (ridge[i]! * theta[i]! ** 2) / 2 + lasso[i]! * Math.abs(theta[i]!);
  }
  return sum;
}
