import { requireWhole } from '../invalid-input.ts';

/**
 * Sample autocorrelations r₁ … r_maxLag (divisor n at every lag).
 *
 * @param y      n values, oldest first, without missing values.
 * @param maxLag whole number ≥ 1.
 * @returns `maxLag` values in [−1, 1]; element k is lag k + 1. 0 at lags ≥ n, and everywhere for a constant series.
 * @throws InvalidInput (`maxLag`).
 *
 * Cost: O(n · maxLag). Compare: R `acf(y)` (same divisor).
 */
export function autocorrelation(y: Float64Array, maxLag: number): Float64Array {
  requireWhole('maxLag', maxLag, 1);
  const n = y.length;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += y[t]! / n;
  const centred = new Float64Array(n);
  let scale = 0;
  for (let t = 0; t < n; t++) {
    centred[t] = y[t]! - mean;
    scale = Math.max(scale, Math.abs(centred[t]!));
  }
  const r = new Float64Array(maxLag);
  if (scale <= 1e-14 * Math.abs(mean)) return r;
  let variance = 0;
  for (let t = 0; t < n; t++) variance += (centred[t]! / scale) ** 2;
  for (let lag = 1; lag <= Math.min(maxLag, n - 1); lag++) {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (centred[t]! / scale) * (centred[t - lag]! / scale);
    r[lag - 1] = sum / variance;
  }
  return r;
}
