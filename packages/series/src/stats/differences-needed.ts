import { requireWhole } from '../invalid-input.ts';
import { fillMissing } from '../transform/fill-missing.ts';
import { stl } from '../transform/stl.ts';
import { decompositionStrength } from './decomposition-strength.ts';
import { kpssTest } from './kpss.ts';

/** KPSS statistic above which a stationary level is rejected at 5 %; table 1 of the paper of 1992. */
const NOT_STATIONARY = 0.463;
/** Seasonal strength from which differencing forecast better than not on the M3 series (Hyndman & Athanasopoulos 2021, 9.1). */
const STRONG_SEASON = 0.64;
/** Seasonal window of the decomposition: that of R's `mstl` for its first season. */
const SEASON_WINDOW = 11;

/**
 * How often a series must be differenced until the KPSS test no longer rejects a stationary level at 5 %.
 *
 * @param y    n values at equal spacing, oldest first; one that is not finite is left out, as in R.
 * @param most whole number ≥ 0, never more than this.
 * @throws InvalidInput (`most`).
 *
 * Cost: O(n^1.5) for each difference.
 * Source: Hyndman & Khandakar (2008), Journal of Statistical Software 27(3), 3.1; lags of the long-run variance 3√n / 13.
 * Compare: R forecast 8.20 `ndiffs(test = "kpss")`: equal on 56 series of six frequencies.
 */
export function differencesNeeded(y: Float64Array, most = 2): number {
  requireWhole('most', most, 0);
  let x = y.filter((value) => Number.isFinite(value));
  for (let d = 0; d < most; d++) {
    if (x.length < 2 || isConstant(x)) return d;
    const { statistic } = kpssTest(x, Math.trunc((3 * Math.sqrt(x.length)) / 13));
    if (!(statistic > NOT_STATIONARY)) return d;
    x = lagged(x, 1);
  }
  return most;
}

/**
 * How often a series must be differenced over its season: until the seasonal part of its STL decomposition is weak, with a
 * strength of at most 0.64.
 *
 * @param y    n values at equal spacing; gaps are filled by season. Up to two seasons: 0.
 * @param m    season length in samples, whole number ≥ 1. 1 gives 0.
 * @param most whole number ≥ 0.
 * @throws InvalidInput (`m`, `most`).
 *
 * Cost: one STL decomposition of O(n · m) for each difference.
 * Source: Wang, Smith & Hyndman (2006) for the strength. Compare: R forecast 8.20 `nsdiffs(test = "seas")`: equal on 56 series.
 */
export function seasonalDifferencesNeeded(y: Float64Array, m: number, most = 1): number {
  requireWhole('m', m, 1);
  requireWhole('most', most, 0);
  if (m === 1 || !y.some(Number.isFinite)) return 0;
  let x = fillMissing(y, m).values;
  for (let D = 0; D < most; D++) {
    if (x.length <= 2 * m || isConstant(x)) return D;
    const strength = decompositionStrength(stl(unitSized(x), { m, seasonWindow: SEASON_WINDOW }));
    if (!(strength.season > STRONG_SEASON)) return D;
    x = lagged(x, m);
  }
  return most;
}

function lagged(x: Float64Array, lag: number): Float64Array<ArrayBuffer> {
  const differences = new Float64Array(x.length - lag);
  for (let t = 0; t < differences.length; t++) differences[t] = x[t + lag]! - x[t]!;
  return differences;
}

function isConstant(x: Float64Array): boolean {
  return x.every((value) => value === x[0]);
}

/** Squares of values of any size must neither overflow nor count as rounding. */
function unitSized(x: Float64Array): Float64Array {
  let largest = 0;
  for (let t = 0; t < x.length; t++) largest = Math.max(largest, Math.abs(x[t]! - x[0]!));
  return largest > 0 ? x.map((value) => (value - x[0]!) / largest) : x;
}
