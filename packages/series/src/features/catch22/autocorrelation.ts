import { type Autocovariance, createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import type { ZScores } from './z-scores.ts';

/** The first lag at which the autocorrelation falls below 1/e, between two lags on the straight line joining them. */
export function firstCrossing({ autocovariance, n }: ZScores): number {
  const level = autocovariance.at(0) / Math.E;
  for (let lag = 0; lag < n - 1; lag++) {
    const below = autocovariance.at(lag + 1);
    if (!(below < level)) continue;
    const above = autocovariance.at(lag);
    return lag + (level - above) / (below - above);
  }
  return n;
}

/** The first lag whose autocorrelation is below that of both its neighbours; n where there is none. */
export function firstMinimum({ autocovariance, n }: ZScores): number {
  for (let lag = 1; lag < n - 1; lag++) {
    const value = autocovariance.at(lag);
    if (value < autocovariance.at(lag - 1) && value < autocovariance.at(lag + 1)) return lag;
  }
  return n;
}

/** The first lag at which it is not above 0; n where there is none. */
export function firstZero(autocovariance: Autocovariance, n: number): number {
  let lag = 0;
  while (lag < n && autocovariance.at(lag) > 0) lag++;
  return lag;
}

/** How the first zero of the autocorrelation moves when values are replaced by their changes: new lag over old lag. */
export function whitening({ z, n, autocovariance }: ZScores): number {
  const changes = new Float64Array(n - 1);
  const mean = (z[n - 1]! - z[0]!) / (n - 1);
  for (let t = 0; t < n - 1; t++) changes[t] = z[t + 1]! - z[t]! - mean;
  return firstZero(createAutocovariance(changes), n - 1) / firstZero(autocovariance, n);
}

/**
 * The first lag 1 … 40 (and ≤ n / 2) at which the information that a value carries about the one `lag` later is at a local
 * minimum, −½ log(1 − r²) as for Gaussian values, r Pearson's correlation over the n − lag pairs. The smaller of 40 and
 * n / 2 where there is none. The result counts lags from 0: minimum at lag 1 + i gives i.
 */
export function firstMinimumOfInformation({ z, n, autocovariance }: ZScores): number {
  const most = Math.min(40, Math.ceil(n / 2));
  // Sums of the pairs' two sides; each lag takes one value off both.
  let [left, right] = [0, 0];
  for (let t = 0; t < n; t++) left += z[t]!;
  right = left;
  let leftSquares = autocovariance.at(0);
  let rightSquares = leftSquares;
  let previous = Number.NaN;
  let falling = false;
  for (let lag = 1; lag <= most; lag++) {
    const [gone, first] = [z[n - lag]!, z[lag - 1]!];
    left -= gone;
    right -= first;
    leftSquares -= gone * gone;
    rightSquares -= first * first;
    const pairs = n - lag;
    const shared = autocovariance.at(lag) - (left * right) / pairs;
    const spread = (leftSquares - (left * left) / pairs) * (rightSquares - (right * right) / pairs);
    // A series that repeats exactly has r = ±1, which rounding may carry past it.
    const information = -0.5 * Math.log(Math.max(0, 1 - (shared * shared) / spread));
    if (falling && information > previous) return lag - 2;
    falling = information < previous;
    previous = information;
  }
  return most;
}
