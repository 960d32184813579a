import { fillMissing } from '../transform/fill-missing.ts';
import { reseasonalise, seasonallyAdjust } from '../transform/seasonal-adjustment.ts';

/**
 * The M4 competition's yardstick: the naive forecast of the seasonally adjusted series, with the season put back.
 *
 * @param y n ≥ 1 values, oldest first; one that is not finite counts as missing.
 * @param m season length ≥ 1; taken out only when the seasonality test finds it.
 * @param h steps ahead ≥ 1.
 * @returns h values; `NaN` when every value is missing.
 */
export function naive2Forecast(y: Float64Array, m: number, h: number): Float64Array {
  const { values } = fillMissing(y, m);
  const adjustment = seasonallyAdjust(values, m);
  const n = values.length;
  const result = new Float64Array(h).fill(n === 0 ? Number.NaN : adjustment.adjusted[n - 1]!);
  reseasonalise(result, adjustment, n);
  return result;
}
