import { requireWhole } from '../invalid-input.ts';
import { normalCdf } from '../math/normal.ts';
import { type NestedFit, nestedFit } from './nested-fit.ts';
import { isConstant } from './partial-autocorrelation.ts';

/** Augmented Dickey–Fuller test; each number is `NaN` where the test is not defined. */
export interface AdfTest {
  /** t value of the level: far below zero speaks against a unit root. */
  readonly statistic: number;
  /** MacKinnon's approximate p-value of "there is a unit root". */
  readonly pValue: number;
  /** Lagged differences in the regression. */
  readonly usedLag: number;
}

/**
 * How many lagged differences are taken: those with the least information criterion (all judged on the same rows), the most
 * whose last one is significant at 5 % on one side, or all.
 */
export type LagChoice = 'AIC' | 'BIC' | 't-stat' | 'most';

const UNDEFINED: AdfTest = { statistic: Number.NaN, pValue: Number.NaN, usedLag: Number.NaN };

/**
 * Augmented Dickey–Fuller test for a unit root, with a constant; the regression with the chosen number of lagged
 * differences is fitted again on all rows it can use.
 *
 * @param y      n values, oldest first, all finite.
 * @param maxLag most lagged differences; default ceil(12 (n / 100)^(1/4)), at most floor(n / 2) − 2.
 * @param choice how many of them are used.
 * @returns `NaN` everywhere when n < 4 or `maxLag` exceeds that limit. Where the regression leaves nothing over but
 *          rounding (constant series, exact recurrences) statistic and p-value are `NaN`.
 * @throws InvalidInput (`maxLag`).
 *
 * Cost: O(n · maxLag + maxLag³); O(n · maxLag²) for nearly deterministic series.
 * Sources: Dickey & Fuller (1979), JASA 74; lags: Schwert (1989); p-values: MacKinnon (1994), Journal of Business &
 *   Economic Statistics 12, tables 3 and 4, one variable with constant.
 * Compare: statsmodels 0.13.5 `adfuller(y)` (regression `c`; `most` is autolag `None`), within relative 1e-9 on the reference series.
 */
export function adfTest(y: Float64Array, maxLag?: number, choice: LagChoice = 'AIC'): AdfTest {
  if (maxLag !== undefined) requireWhole('maxLag', maxLag, 0);
  const n = y.length;
  const limit = Math.floor(n / 2) - 2;
  const most = maxLag ?? Math.min(limit, Math.ceil(12 * (n / 100) ** 0.25));
  if (limit < 0 || most > limit) return UNDEFINED;
  if (isConstant(y)) return { ...UNDEFINED, usedLag: 0 };
  const x = centredAndScaled(y);
  const usedLag =
    choice === 'most' ? most : chosenLag(dickeyFuller(x, most, 'level first'), choice);
  const fit = dickeyFuller(x, usedLag, 'level last');
  const statistic = fit.lastT;
  return { statistic, pValue: mackinnon(statistic), usedLag };
}

/** Neither changes the test; both keep sums of products precise. */
function centredAndScaled(y: Float64Array): Float64Array {
  let mean = 0;
  let scale = 0;
  for (let t = 0; t < y.length; t++) mean += y[t]! / y.length;
  for (let t = 0; t < y.length; t++) scale = Math.max(scale, Math.abs(y[t]! - mean));
  return y.map((value) => (value - mean) / scale);
}

/** Regression of the difference at t on a constant, the level at t − 1 and `lags` lagged differences. */
function dickeyFuller(
  x: Float64Array,
  lags: number,
  order: 'level first' | 'level last',
): NestedFit {
  const differences = new Float64Array(x.length - 1);
  for (let t = 0; t < differences.length; t++) differences[t] = x[t + 1]! - x[t]!;
  const rows = differences.length - lags;
  const level = x.subarray(lags, lags + rows);
  const lagged = Array.from(
    { length: lags },
    (_, i): Float64Array => differences.subarray(lags - i - 1, lags - i - 1 + rows),
  );
  const target = differences.subarray(lags);
  const levelAt = order === 'level first' ? 0 : lags;
  const columns = lagged.toSpliced(levelAt, 0, level);
  return nestedFit(columns, target, sumsOfProducts([target, ...lagged], level, levelAt));
}

/**
 * For `nestedFit`. Lagged columns are one series seen through a moving window, so that each sum of products follows from
 * the one a step before in both columns.
 *
 * @param lagged the target and the lagged differences, in order. @param at place of the level among the columns
 */
function sumsOfProducts(
  lagged: readonly Float64Array[],
  level: Float64Array,
  at: number,
): Float64Array {
  const lags = lagged.length - 1;
  const size = lags + 2;
  const rows = level.length;
  const products = new Float64Array(size * size);
  const placeOf = (lag: number) => (lag === 0 ? size - 1 : lag - 1 < at ? lag - 1 : lag);
  const put = (i: number, j: number, value: number) => {
    products[Math.max(i, j) * size + Math.min(i, j)] = value;
  };
  let above = new Float64Array(lags + 1);
  for (let i = 0; i <= lags; i++) {
    const row = new Float64Array(lags + 1);
    for (let j = i; j <= lags; j++) {
      if (i === 0) row[j] = dot(lagged[0]!, lagged[j]!);
      else {
        const entering = lagged[i]![0]! * lagged[j]![0]!;
        row[j] = above[j - 1]! + entering - lagged[i - 1]![rows - 1]! * lagged[j - 1]![rows - 1]!;
      }
      put(placeOf(i), placeOf(j), row[j]!);
    }
    put(at, placeOf(i), dot(level, lagged[i]!));
    above = row;
  }
  put(at, at, dot(level, level));
  return products;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}

function chosenLag(fit: NestedFit, choice: 'AIC' | 'BIC' | 't-stat'): number {
  if (choice === 't-stat') return lastSignificant(fit);
  return leastCriterion(fit, choice === 'AIC' ? 2 : Math.log(fit.rows));
}

/** 95 % of a normal distribution are below. */
const SIGNIFICANT = 1.6448536269514722;

/** A column's squared t value, when it is the last one, is how much it explains in units of what remains. */
function lastSignificant({ residualSquares, ranks, rows }: NestedFit): number {
  for (let lags = residualSquares.length - 2; lags > 0; lags--) {
    const left = residualSquares[lags + 1]!;
    const explained = residualSquares[lags]! - left;
    if (explained * (rows - ranks[lags + 1]!) >= SIGNIFICANT ** 2 * left) return lags;
  }
  return 0;
}

/** The number of lagged differences with the least criterion, the smaller of two equal ones. */
function leastCriterion({ residualSquares, ranks, rows }: NestedFit, penalty: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  // Element 0 is the constant alone, element 1 has the level, element 1 + l has l lags.
  for (let lags = 0; lags + 1 < residualSquares.length; lags++) {
    const criterion = rows * Math.log(residualSquares[lags + 1]!) + penalty * ranks[lags + 1]!;
    if (criterion < least) {
      least = criterion;
      best = lags;
    }
  }
  return best;
}

const TAU_MAX = 2.74;
const TAU_MIN = -18.83;
const TAU_STAR = -1.61;

function mackinnon(tau: number): number {
  if (tau > TAU_MAX) return 1;
  if (tau < TAU_MIN) return 0;
  if (tau <= TAU_STAR) return normalCdf(2.1659 + tau * (1.4412 + tau * 0.038269));
  return normalCdf(1.7339 + tau * (0.93202 + tau * (-0.12745 - tau * 0.010368)));
}
