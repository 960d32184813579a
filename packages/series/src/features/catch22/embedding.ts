import { firstZero } from './autocorrelation.ts';
import { binCounts } from './distribution.ts';
import type { ZScores } from './z-scores.ts';

/**
 * Mean absolute difference between a histogram (shares, Scott's bins) of the distances between successive points
 * (z[t], z[t + τ]) and the exponential density with the same mean at the centres of the bins. τ is the first zero of the
 * autocorrelation, at most n / 10. 0 where the distances are all but equal.
 */
export function distancesAgainstExponential({ z, n, autocovariance }: ZScores): number {
  const zero = firstZero(autocovariance, n);
  const lag = zero > n / 10 ? Math.floor(n / 10) : zero;
  const distances = new Float64Array(Math.max(0, n - lag - 1));
  let sum = 0;
  for (let t = 0; t < distances.length; t++) {
    const across = z[t + 1]! - z[t]!;
    const up = z[t + lag + 1]! - z[t + lag]!;
    const distance = Math.sqrt(across * across + up * up);
    distances[t] = distance;
    sum += distance;
  }
  const mean = sum / distances.length;
  let squares = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < distances.length; t++) {
    const distance = distances[t]!;
    squares += (distance - mean) * (distance - mean);
    if (distance < low) low = distance;
    if (distance > high) high = distance;
  }
  const sd = Math.sqrt(squares / (distances.length - 1));
  if (!(sd >= 0.001)) return Number.isNaN(sd) ? sd : 0;
  const bins = Math.ceil((high - low) / ((3.5 * sd) / Math.cbrt(distances.length)));
  const width = (high - low) / bins;
  const counts = binCounts(distances, low, width, bins);
  let difference = 0;
  for (let i = 0; i < bins; i++) {
    const centre = low + (i + 0.5) * width;
    difference += Math.abs(counts[i]! / distances.length - Math.exp(-centre / mean) / mean);
  }
  return difference / bins;
}
