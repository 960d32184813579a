import { requireWhole } from '../invalid-input.ts';
import { minimumNormSolution } from '../math/orthogonal.ts';

/**
 * How partial autocorrelations are estimated:
 * - `adjusted`: Yule and Walker's equations on autocovariances with divisor n − lag,
 * - `biased`: the same with divisor n, which keeps every value in [−1, 1],
 * - `regression`: the last coefficient of a regression on a constant and the lags, on all rows that have them.
 */
export type PartialMethod = 'adjusted' | 'biased' | 'regression';

/**
 * Partial autocorrelations at lags 0 … maxLag.
 *
 * @param y      n values, oldest first, all finite.
 * @param maxLag whole number ≥ 0.
 * @returns maxLag + 1 values, the first 1. `NaN` where not defined: for a constant series with Yule and Walker's methods and
 *          behind a lag that leaves nothing over, at lags ≥ n. Dependent regressors give the shortest coefficient vector.
 * @throws InvalidInput (`maxLag`).
 *
 * Cost: O(n · maxLag + maxLag²), with `regression` O(n · maxLag + maxLag⁴).
 * Sources: Durbin (1960) and Levinson (1947) for the recursion; Box, Jenkins, Reinsel & Ljung (2015), page 66.
 * Compare: statsmodels 0.13.5 `pacf`: `ywadjusted`, `ywm` and `ldb` (both `biased`), `ols` (efficient).
 */
export function partialAutocorrelation(
  y: Float64Array,
  maxLag: number,
  method: PartialMethod,
): Float64Array {
  requireWhole('maxLag', maxLag, 0);
  const n = y.length;
  const known = Math.min(maxLag, n - 1);
  const result = new Float64Array(maxLag + 1).fill(Number.NaN);
  result[0] = 1;
  if (known < 1) return result;
  if (method === 'regression') result.set(byRegression(y, known), 1);
  else if (!isConstant(y)) result.set(levinson(autocovariances(y, known, method)), 1);
  return result;
}

export function isConstant(y: Float64Array): boolean {
  for (let t = 1; t < y.length; t++) if (y[t] !== y[0]) return false;
  return true;
}

/** Lags 0 … maxLag, in units of the largest deviation squared, so that nothing overflows. */
function autocovariances(
  y: Float64Array,
  maxLag: number,
  method: 'adjusted' | 'biased',
): Float64Array {
  const x = centredAndScaled(y);
  const n = x.length;
  const result = new Float64Array(maxLag + 1);
  for (let lag = 0; lag <= maxLag; lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += x[t]! * x[t - lag]!;
    result[lag] = sum / (method === 'adjusted' ? n - lag : n);
  }
  return result;
}

function centredAndScaled(y: Float64Array): Float64Array {
  let mean = 0;
  for (let t = 0; t < y.length; t++) mean += y[t]! / y.length;
  let scale = 0;
  for (let t = 0; t < y.length; t++) scale = Math.max(scale, Math.abs(y[t]! - mean));
  return y.map((value) => (scale === 0 ? 0 : (value - mean) / scale));
}

/**
 * Reflection coefficients of the Yule–Walker equations of orders 1, 2, …: the last coefficient of each order.
 * @param r autocovariances from lag 0 on.
 */
export function levinson(r: Float64Array): Float64Array {
  const order = r.length - 1;
  const result = new Float64Array(order);
  const phi = new Float64Array(order);
  const previous = new Float64Array(order);
  let left = r[0]!;
  for (let k = 0; k < order; k++) {
    let sum = r[k + 1]!;
    for (let j = 0; j < k; j++) sum -= phi[j]! * r[k - j]!;
    const reflection = sum / left;
    previous.set(phi);
    for (let j = 0; j < k; j++) phi[j]! -= reflection * previous[k - 1 - j]!;
    phi[k] = reflection;
    result[k] = Number.isFinite(reflection) ? reflection : Number.NaN;
    left *= 1 - reflection * reflection;
  }
  return result;
}

/** Below this share of a regressor not explained by the others, the normal equations lose too many digits. */
const SAFE_SHARE = 1e-7;

/**
 * One regression for each order on the rows that have all its lags. The sums of products of the longest order are made
 * once; each shorter order adds one row to them.
 */
function byRegression(y: Float64Array, maxLag: number): Float64Array {
  const x = centredAndScaled(y);
  const n = x.length;
  const size = maxLag + 1;
  const sums = new Float64Array(size);
  const gram = new Float64Array(size * size);
  const addRow = (t: number) => {
    for (let i = 0; i <= maxLag && i <= t; i++) {
      sums[i]! += x[t - i]!;
      for (let j = i; j <= maxLag && j <= t; j++) gram[i * size + j]! += x[t - i]! * x[t - j]!;
    }
  };
  for (let i = 0; i <= maxLag; i++) {
    for (let t = maxLag; t < n; t++) {
      sums[i]! += x[t - i]!;
      gram[i]! += x[t]! * x[t - i]!;
    }
  }
  for (let i = 1; i <= maxLag; i++) {
    for (let j = i; j <= maxLag; j++) {
      const entering = x[maxLag - i]! * x[maxLag - j]!;
      const leaving = x[n - i]! * x[n - j]!;
      gram[i * size + j] = gram[(i - 1) * size + j - 1]! + entering - leaving;
    }
  }
  const result = new Float64Array(maxLag);
  for (let k = maxLag; k >= 1; k--) {
    const last = lastCoefficient(gram, sums, size, k, n - k);
    result[k - 1] = Number.isNaN(last) ? lastOfShortest(y, k) : last;
    if (k > 1) addRow(k - 1);
  }
  return result;
}

/** Of the regression of lag 0 on a constant and lags 1 … k over `rows` rows; NaN where it is ill-conditioned. */
function lastCoefficient(
  gram: Float64Array,
  sums: Float64Array,
  size: number,
  k: number,
  rows: number,
): number {
  if (rows <= k) return Number.NaN;
  const factor = new Float64Array((k + 1) * (k + 1));
  const centredProduct = (i: number, j: number) => {
    const product = i <= j ? gram[i * size + j]! : gram[j * size + i]!;
    return product - (sums[i]! * sums[j]!) / rows;
  };
  // Lags 1 … k are rows 0 … k − 1 of the factor, lag 0 the last.
  const lagOf = (row: number) => (row === k ? 0 : row + 1);
  for (let i = 0; i <= k; i++) {
    for (let j = 0; j <= Math.min(i, k - 1); j++) {
      let sum = centredProduct(lagOf(i), lagOf(j));
      for (let l = 0; l < j; l++) sum -= factor[i * (k + 1) + l]! * factor[j * (k + 1) + l]!;
      if (i !== j) factor[i * (k + 1) + j] = sum / factor[j * (k + 1) + j]!;
      else if (sum > SAFE_SHARE * gram[lagOf(i) * (size + 1)]!)
        factor[i * (k + 1) + i] = Math.sqrt(sum);
      else return Number.NaN;
    }
  }
  return factor[k * (k + 1) + k - 1]! / factor[(k - 1) * (k + 1) + k - 1]!;
}

function lastOfShortest(y: Float64Array, k: number): number {
  const rows = y.length - k;
  const columns = [new Float64Array(rows).fill(1)];
  for (let lag = 1; lag <= k; lag++) columns.push(y.slice(k - lag, k - lag + rows));
  return minimumNormSolution(columns, y.slice(k))[k]!;
}
