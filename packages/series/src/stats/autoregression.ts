import { requireWhole } from '../invalid-input.ts';
import { minimumNormSolution } from '../math/orthogonal.ts';

/** Where less than this share of a lag is left over by those before it, sums of products lose too many digits. */
const SAFE_SHARE = 1e-7;
/** Deviations below this share of the level are rounding errors of a constant series. */
const CONSTANT_SHARE = 1e-12;
/** Singular values below this share of the largest count as 0. */
const SINGULAR_SHARE = 1e-15;

/**
 * Autoregression with a constant by least squares on the n − order values that have all their lags:
 * y[t] = c + φ₁ y[t − 1] + … + φ_order y[t − order].
 *
 * @param y     n values, oldest first, all finite.
 * @param order whole number ≥ 0.
 * @returns c, φ₁, …, φ_order; `undefined` when there are fewer values than coefficients. Where lags depend on each other
 *          (constant series, exact recurrences) the shortest of all best coefficient vectors.
 * @throws InvalidInput (`order`).
 *
 * Cost: O(n·order + order³); O(n·order²) for nearly deterministic series.
 * Source: Box, Jenkins, Reinsel & Ljung (2015), Time Series Analysis, 7.2. Compare: statsmodels 0.13.5 `AutoReg(y, order)`.
 */
export function autoregression(y: Float64Array, order: number): Float64Array | undefined {
  requireWhole('order', order, 0);
  const rows = y.length - order;
  if (rows < order + 1) return undefined;
  return bySumsOfProducts(y, order, rows) ?? byOrthogonalColumns(y, order, rows);
}

function byOrthogonalColumns(y: Float64Array, order: number, rows: number): Float64Array {
  const columns = [new Float64Array(rows).fill(1)];
  for (let lag = 1; lag <= order; lag++) columns.push(y.slice(order - lag, order - lag + rows));
  return minimumNormSolution(columns, y.slice(order), SINGULAR_SHARE);
}

function bySumsOfProducts(y: Float64Array, order: number, rows: number): Float64Array | undefined {
  const n = y.length;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += y[t]! / n;
  const x = y.map((value) => value - mean);
  const size = order + 1;
  // Sums and products of lags 0 … order over the rows; each follows from the one a step before in both lags.
  const sums = new Float64Array(size);
  for (let t = order; t < n; t++) sums[0]! += x[t]!;
  for (let i = 1; i < size; i++) sums[i] = sums[i - 1]! + x[order - i]! - x[n - i]!;
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      let sum = 0;
      if (i === 0) {
        for (let t = order; t < n; t++) sum += x[t]! * x[t - j]!;
      } else {
        const entering = x[order - i]! * x[order - j]!;
        sum = gram[(i - 1) * size + j - 1]! + entering - x[n - i]! * x[n - j]!;
      }
      gram[i * size + j] = sum;
    }
  }
  const product = (i: number, j: number) => gram[Math.min(i, j) * size + Math.max(i, j)]!;
  const covariance = (i: number, j: number) => product(i, j) - (sums[i]! * sums[j]!) / rows;
  const level = Math.max(Math.abs(y[0]!), Math.abs(mean));
  if (order > 0 && !(covariance(1, 1) > rows * (CONSTANT_SHARE * level) ** 2)) return undefined;
  const phi = solve(order, covariance, product);
  if (phi === undefined) return undefined;
  const result = new Float64Array(size);
  let constant = mean + sums[0]! / rows;
  for (let lag = 1; lag <= order; lag++) {
    constant -= phi[lag - 1]! * (mean + sums[lag]! / rows);
    result[lag] = phi[lag - 1]!;
  }
  result[0] = constant;
  return result;
}

/** The regression of lag 0 on lags 1 … k by Cholesky's factor; undefined where that is not safe. */
function solve(
  k: number,
  covariance: (i: number, j: number) => number,
  product: (i: number, j: number) => number,
): Float64Array | undefined {
  const factor = Array.from({ length: k }, (_, i) => new Float64Array(i + 1));
  const right = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    const row = factor[i]!;
    for (let j = 0; j <= i; j++) {
      let sum = covariance(i + 1, j + 1);
      for (let l = 0; l < j; l++) sum -= row[l]! * factor[j]![l]!;
      if (i !== j) row[j] = sum / factor[j]![j]!;
      else if (sum > SAFE_SHARE * product(i + 1, i + 1) && Number.isFinite(sum))
        row[i] = Math.sqrt(sum);
      else return undefined;
    }
    let sum = covariance(0, i + 1);
    for (let l = 0; l < i; l++) sum -= row[l]! * right[l]!;
    right[i] = sum / row[i]!;
  }
  for (let i = k - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let l = i + 1; l < k; l++) sum -= factor[l]![i]! * right[l]!;
    right[i] = sum / factor[i]![i]!;
  }
  return right;
}
