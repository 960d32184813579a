import { pairwiseSum } from '../../math/pairwise-sum.ts';
import { kpssTest } from '../../stats/kpss.ts';
import { nestedFit } from '../../stats/nested-fit.ts';
import type { SharedSeries } from '../shared-series.ts';
import type { Definition } from './definition.ts';

const ARCH_LAGS = 12;
/** Less than this share of a variance is what rounding leaves of a perfect fit. */
const ROUNDING = 1e-20;

/** Statistics of tests that rest on a regression of the series on its own past. */
export const regressionDefinitions: readonly Definition[] = [
  {
    name: 'nonlinearity',
    formula:
      "10·ln(S₁/S₃) of Teräsvirta's test: S₁ and S₃ are left over by regressions of z[t] on a constant and z[t−1], without and with its square and cube; z standardised. Not defined where nothing is left over.",
    source: 'Teräsvirta, Lin & Granger (1993), Journal of Time Series Analysis 14(2)',
    unit: '1',
    scaled: 'same',
    compute: nonlinearity,
  },
  {
    name: 'unitroot_kpss',
    formula:
      'KPSS statistic for a stationary level with ⌊4·(n/100)^¼⌋ autocovariances in the long-run variance.',
    source: 'Kwiatkowski et al. (1992), Journal of Econometrics 54',
    unit: '1',
    scaled: 'same',
    compute: ({ y, n }) => {
      const lag = Math.floor(4 * (n / 100) ** 0.25);
      return lag >= n ? Number.NaN : kpssTest(y, lag).statistic;
    },
  },
  {
    name: 'unitroot_pp',
    formula:
      "Phillips and Perron's Zα: (n−1)·(α−1) less the weighted autocovariances of the residuals at lags 1 … ⌊4·(n/100)^¼⌋ over the variance of y divided by its length, α being the slope of y[t] on a constant and y[t−1].",
    source: 'Phillips & Perron (1988), Biometrika 75(2)',
    unit: '1',
    scaled: 'same',
    compute: phillipsPerron,
  },
  {
    name: 'arch_lm',
    formula:
      'R² of the regression of u[t] on a constant and u[t−1] … u[t−12], u being (y − mean)²; 1 for a constant series; n > 13.',
    source: 'Engle (1982), Econometrica 50(4)',
    unit: '1',
    cost: 'n',
    scaled: 'same',
    compute: archEffect,
  },
];

/** Standardised by the largest deviation only: the test does not change with level and size. */
function normalised(series: SharedSeries): Float64Array | null {
  return series.once('tsfeatures.normalised', () => {
    const { centred } = series;
    let largest = 0;
    for (let t = 0; t < series.n; t++) largest = Math.max(largest, Math.abs(centred[t]!));
    if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return null;
    const out = new Float64Array(series.n);
    for (let t = 0; t < series.n; t++) out[t] = centred[t]! / largest;
    return out;
  });
}

function nonlinearity(series: SharedSeries): number {
  const z = normalised(series);
  if (z === null) return Number.NaN;
  const before = z.subarray(0, series.n - 1);
  const squares = new Float64Array(before.length);
  const cubes = new Float64Array(before.length);
  for (let t = 0; t < before.length; t++) {
    squares[t] = before[t]! * before[t]!;
    cubes[t] = squares[t]! * before[t]!;
  }
  const { residualSquares } = nestedFit([before, squares, cubes], z.subarray(1));
  const left = residualSquares[3]!;
  return left > ROUNDING * residualSquares[0]!
    ? 10 * Math.log(residualSquares[1]! / left)
    : Number.NaN;
}

function archEffect(series: SharedSeries): number {
  if (series.n <= ARCH_LAGS + 1) return Number.NaN;
  const z = normalised(series);
  if (z === null) return series.min === series.max ? 1 : Number.NaN;
  const u = new Float64Array(series.n);
  for (let t = 0; t < series.n; t++) u[t] = z[t]! * z[t]!;
  const rows = series.n - ARCH_LAGS;
  const columns = Array.from({ length: ARCH_LAGS }, (_, i) =>
    u.subarray(ARCH_LAGS - 1 - i, ARCH_LAGS - 1 - i + rows),
  );
  const { residualSquares } = nestedFit(columns, u.subarray(ARCH_LAGS), laggedProducts(u));
  const whole = residualSquares[0]!;
  return whole === 0 ? 1 : 1 - residualSquares[ARCH_LAGS]! / whole;
}

/**
 * Sums of products of u at lags 1 … 12 and 0, in this order, over the rows that have them all, as `nestedFit` takes them.
 * Columns are one series seen through a moving window: each sum follows from the one a step before in both lags.
 */
function laggedProducts(u: Float64Array): Float64Array {
  const n = u.length;
  const size = ARCH_LAGS + 1;
  const products = new Float64Array(size * size);
  for (let apart = 0; apart < size; apart++) {
    let sum = 0;
    for (let t = ARCH_LAGS; t < n; t++) sum += u[t]! * u[t - apart]!;
    for (let lag = 0; lag + apart < size; lag++) {
      if (lag > 0) {
        sum += u[ARCH_LAGS - lag]! * u[ARCH_LAGS - lag - apart]!;
        sum -= u[n - lag]! * u[n - lag - apart]!;
      }
      const [i, j] = [(lag + ARCH_LAGS) % size, (lag + apart + ARCH_LAGS) % size];
      products[Math.max(i, j) * size + Math.min(i, j)] = sum;
    }
  }
  return products;
}

function phillipsPerron(series: SharedSeries): number {
  const z = normalised(series);
  const rows = series.n - 1;
  if (z === null || rows < 2) return Number.NaN;
  const before = z.subarray(0, rows);
  const after = z.subarray(1);
  const [meanBefore, meanAfter] = [meanOf(before), meanOf(after)];
  let spread = 0;
  let product = 0;
  let variance = 0;
  for (let t = 0; t < rows; t++) {
    spread += (before[t]! - meanBefore) ** 2;
    product += (before[t]! - meanBefore) * (after[t]! - meanAfter);
    variance += (after[t]! - meanAfter) ** 2;
  }
  const slope = product / spread;
  const residuals = new Float64Array(rows);
  for (let t = 0; t < rows; t++) {
    residuals[t] = after[t]! - meanAfter - slope * (before[t]! - meanBefore);
  }
  const lags = Math.floor(4 * (series.n / 100) ** 0.25);
  let weighted = 0;
  for (let lag = 1; lag <= lags; lag++) {
    let sum = 0;
    for (let t = lag; t < rows; t++) sum += residuals[t]! * residuals[t - lag]!;
    weighted += (1 - lag / (lags + 1)) * sum;
  }
  return rows * (slope - 1) - weighted / rows / (variance / (rows * rows));
}

function meanOf(values: Float64Array): number {
  return pairwiseSum(values) / values.length;
}
