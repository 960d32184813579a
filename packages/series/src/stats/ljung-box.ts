import { InvalidInput, requireWhole } from '../invalid-input.ts';
import { chiSquareSurvival } from '../math/gamma.ts';
import { isConstant } from './partial-autocorrelation.ts';

/** Ljung and Box's test at several lags; `NaN` where not defined. */
export interface LjungBoxTest {
  /** Q for each lag asked for. */
  readonly statistic: Float64Array;
  /** p-values of "no autocorrelation up to this lag". */
  readonly pValue: Float64Array;
}

/**
 * Ljung–Box test: whether the first autocorrelations of a series are larger together than chance explains.
 *
 * @param y    n values, oldest first, all finite.
 * @param lags whole numbers ≥ 1, each the number of autocorrelations that count and the degrees of freedom.
 * @returns one statistic and one p-value a lag; all `NaN` for a constant series and at lags ≥ n.
 * @throws InvalidInput (`lags`).
 *
 * Cost: O(n · largest lag). Source: Ljung & Box (1978), Biometrika 65. Compare: statsmodels 0.13.5 `acorr_ljungbox`.
 */
export function ljungBoxTest(y: Float64Array, lags: readonly number[]): LjungBoxTest {
  if (lags.length === 0) throw new InvalidInput('lags', 'must name at least one lag');
  lags.forEach((lag, i) => {
    requireWhole(`lags[${i}]`, lag, 1);
  });
  const n = y.length;
  const sums = cumulated(y, Math.min(Math.max(...lags), n - 1));
  const statistic = Float64Array.from(lags, (lag) => sums[lag - 1] ?? Number.NaN);
  const pValue = Float64Array.from(lags, (lag, i) => chiSquareSurvival(statistic[i]!, lag));
  return { statistic, pValue };
}

/** Q at lags 1, 2, … */
function cumulated(y: Float64Array, maxLag: number): Float64Array {
  const n = y.length;
  const result = new Float64Array(Math.max(0, maxLag)).fill(Number.NaN);
  if (isConstant(y)) return result;
  let mean = 0;
  let scale = 0;
  for (let t = 0; t < n; t++) mean += y[t]! / n;
  for (let t = 0; t < n; t++) scale = Math.max(scale, Math.abs(y[t]! - mean));
  const x = y.map((value) => (value - mean) / scale);
  let variance = 0;
  for (let t = 0; t < n; t++) variance += x[t]! * x[t]!;
  let sum = 0;
  for (let lag = 1; lag <= maxLag; lag++) {
    let product = 0;
    for (let t = lag; t < n; t++) product += x[t]! * x[t - lag]!;
    sum += (product / variance) ** 2 / (n - lag);
    result[lag - 1] = n * (n + 2) * sum;
  }
  return result;
}
