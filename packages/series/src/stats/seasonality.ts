import { requireWhole } from '../invalid-input.ts';
import { autocorrelation } from './autocorrelation.ts';

/** The answer of a seasonality test. */
export interface SeasonalityTest {
  readonly seasonal: boolean;
  /** |r_m| divided by its 90 % limit; above 1 means seasonal. 0 when the series is too short to tell. */
  readonly strength: number;
}

// One-sided 5 % point of the normal distribution, rounded as in the M4 benchmark.
const CRITICAL = 1.645;
const CLEARLY_STRONGER = 1.1;

/**
 * Whether a series repeats every m samples: its autocorrelation at lag m is outside the 90 % limits that the shorter lags
 * allow.
 *
 * @param y n values, none missing. Shorter than 3m, or m = 1: not seasonal.
 * @param m season length, whole number ≥ 1.
 * @throws InvalidInput (`m`).
 *
 * Source: the test of the M4 competition's benchmarks (Makridakis et al. 2020), Bartlett's formula for the limits.
 */
export function seasonalityTest(y: Float64Array, m: number): SeasonalityTest {
  requireWhole('m', m, 1);
  const n = y.length;
  if (m === 1 || n < 3 * m) return { seasonal: false, strength: 0 };
  const r = autocorrelation(y, m);
  let sum = 0;
  for (let lag = 0; lag < m - 1; lag++) sum += r[lag]! ** 2;
  const limit = (CRITICAL / Math.sqrt(n)) * Math.sqrt(1 + 2 * sum);
  const strength = Math.abs(r[m - 1]!) / limit;
  return { seasonal: strength > 1, strength };
}

/** How often a series is sampled. */
export type Frequency = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/**
 * Season lengths, in samples, that are usual for a sampling frequency, the commonest first: a day and a week of hours, a week of
 * days, a year of weeks, months or quarters. Of years none.
 */
export const SEASON_CANDIDATES: Readonly<Record<Frequency, readonly number[]>> = {
  hour: [24, 168],
  day: [7],
  week: [52],
  month: [12],
  quarter: [4],
  year: [],
};

/**
 * The season length of a series among the usual ones of its sampling frequency.
 *
 * The trend is taken out first by differencing, since a trend alone makes every lag look correlated. Of the candidates whose
 * autocorrelation is significant and positive the strongest wins; a later one has to be clearly stronger than an earlier one,
 * because a multiple of a season repeats just as well.
 *
 * @param y          n values, none missing.
 * @param candidates season lengths ≥ 2 to choose from, for instance `SEASON_CANDIDATES.day`.
 * @returns a candidate, or 1 when none repeats (or the series is shorter than three of them).
 */
export function detectSeason(y: Float64Array, candidates: readonly number[]): number {
  const differences = new Float64Array(Math.max(0, y.length - 1));
  for (let t = 0; t < differences.length; t++) differences[t] = y[t + 1]! - y[t]!;
  let best = 1;
  let bestCorrelation = 0;
  for (const m of candidates) {
    if (!seasonalityTest(differences, m).seasonal) continue;
    // The divisor n shrinks long lags; without it, a long season could never win.
    const shrinkage = 1 - m / differences.length;
    const correlation = autocorrelation(differences, m)[m - 1]! / shrinkage;
    if (correlation > CLEARLY_STRONGER * bestCorrelation) {
      best = m;
      bestCorrelation = correlation;
    }
  }
  return best;
}
