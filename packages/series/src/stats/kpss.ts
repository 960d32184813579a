/** Test of Kwiatkowski, Phillips, Schmidt and Shin; each number is `NaN` where the test is not defined. */
export interface KpssTest {
  /** Far above zero speaks against a stationary level. */
  readonly statistic: number;
  /** Of "the level is stationary", between the tabulated 0.01 and 0.1 and not beyond them. */
  readonly pValue: number;
  /** Autocovariances in the long-run variance. */
  readonly usedLag: number;
}

/** Table 1 of the paper, for a level: critical values and the p-values they stand for. */
const CRITICAL = [0.347, 0.463, 0.574, 0.739] as const;
const P_VALUES = [0.1, 0.05, 0.025, 0.01] as const;

/**
 * KPSS test for a stationary level.
 *
 * @param y    n values, oldest first, all finite.
 * @param lags whole number ≥ 0 of autocovariances in the long-run variance; chosen from the data when left out.
 * @returns `NaN` everywhere for an empty or constant series.
 *
 * Cost: O(n · lags), lags about n^(1/3) times a small number.
 * Sources: Kwiatkowski et al. (1992), Journal of Econometrics 54, equations 10 and 11; lags: Hobijn, Franses & Ooms (1998).
 * Compare: statsmodels 0.13.5 `kpss(y, nlags="auto")` and `kpss(y, nlags=lags)`.
 */
export function kpssTest(y: Float64Array, lags?: number): KpssTest {
  const n = y.length;
  let mean = 0;
  let scale = 0;
  for (let t = 0; t < n; t++) mean += y[t]! / n;
  for (let t = 0; t < n; t++) scale = Math.max(scale, Math.abs(y[t]! - mean));
  if (!(scale > 1e-14 * Math.abs(mean))) {
    return { statistic: Number.NaN, pValue: Number.NaN, usedLag: Number.NaN };
  }
  const residuals = y.map((value) => (value - mean) / scale);
  const usedLag = Math.min(lags ?? chosenLag(residuals), n - 1);
  let [sum, squares] = [0, 0];
  for (let t = 0; t < n; t++) {
    sum += residuals[t]!;
    squares += sum * sum;
  }
  let longRun = laggedProduct(residuals, 0);
  for (let lag = 1; lag <= usedLag; lag++) {
    longRun += 2 * laggedProduct(residuals, lag) * (1 - lag / (usedLag + 1));
  }
  const statistic = squares / (n * n) / (longRun / n);
  return { statistic, pValue: interpolated(statistic), usedLag };
}

function chosenLag(residuals: Float64Array): number {
  const n = residuals.length;
  let level = laggedProduct(residuals, 0) / n;
  let slope = 0;
  for (let lag = 1; lag <= Math.floor(n ** (2 / 9)); lag++) {
    const share = laggedProduct(residuals, lag) / (n / 2);
    level += share;
    slope += lag * share;
  }
  return Math.floor(1.1447 * ((slope / level) ** 2) ** (1 / 3) * n ** (1 / 3));
}

function laggedProduct(x: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < x.length; t++) sum += x[t]! * x[t - lag]!;
  return sum;
}

function interpolated(statistic: number): number {
  if (Number.isNaN(statistic)) return statistic;
  if (statistic <= CRITICAL[0]) return P_VALUES[0];
  for (let i = 1; i < CRITICAL.length; i++) {
    const [left, right] = [CRITICAL[i - 1]!, CRITICAL[i]!];
    if (statistic > right) continue;
    const share = (statistic - left) / (right - left);
    return P_VALUES[i - 1]! + share * (P_VALUES[i]! - P_VALUES[i - 1]!);
  }
  return P_VALUES[3];
}
