/** Autocorrelation and what is tested with it, with the names and conventions of statsmodels. */

import { requireWhole } from '../../invalid-input.ts';
import { adfTest } from '../../stats/adf.ts';
import { kpssTest } from '../../stats/kpss.ts';
import { ljungBoxTest } from '../../stats/ljung-box.ts';
import {
  isConstant,
  type PartialMethod,
  partialAutocorrelation,
} from '../../stats/partial-autocorrelation.ts';
import type { FeatureInfo, SummaryFeature, SummarySet } from '../feature.ts';
import { wholeNumbers } from '../parameters.ts';
import type { SharedSeries } from '../shared-series.ts';

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;
const DOCUMENTATION = 'statsmodels 0.13.5, statsmodels.tsa.stattools';

/**
 * P5: autocorrelations with their Bartlett limits, partial autocorrelations by four methods, and the tests of Ljung and Box,
 * of Dickey and Fuller, and of Kwiatkowski et al. Lags beyond half the series are left out.
 */
export const acf: SummarySet = {
  kind: 'summary',
  name: 'acf',
  pipeline: 'autocorrelation',
  version: 1,
  defaults: { nlags: 40, pacf_nlags: 20, ljungbox_lags: [5, 10] },
  features(parameters) {
    const lags = parameters.nlags as number;
    const partialLags = parameters.pacf_nlags as number;
    requireWhole('nlags', lags, 1);
    requireWhole('pacf_nlags', partialLags, 1);
    const boxLags = wholeNumbers(parameters, 'ljungbox_lags', 1);
    return [
      ...correlations(lags),
      ...partials(partialLags),
      ...boxTests(boxLags),
      ...unitRootTests(),
    ];
  },
};

function feature(
  info: Pick<FeatureInfo, 'name' | 'formula'> & Partial<FeatureInfo>,
  compute: SummaryFeature['compute'],
): SummaryFeature {
  return {
    source: DOCUMENTATION,
    unit: '1',
    cost: 'n',
    missing: 'dropped',
    pointInTime: false,
    ...info,
    compute,
  };
}

/** The most lags that half a series allows. */
function known(lags: number, n: number): number {
  return Math.min(lags, Math.floor(n / 2) - 1);
}

function correlations(lags: number): readonly SummaryFeature[] {
  const parameters = { nlags: lags };
  const plain = (series: SharedSeries) => shared(series, known(lags, series.n));
  return [
    feature(
      {
        name: `acf_nlags${lags}`,
        formula: `Autocorrelations at lags 0 … ${lags}: Σ (y(t) − ȳ)(y(t − k) − ȳ) / Σ (y(t) − ȳ)².`,
        parameters,
      },
      plain,
    ),
    feature(
      {
        name: `acf_adjusted_nlags${lags}`,
        formula: 'The same, each sum divided by its number of products.',
        parameters,
      },
      (series) => mapped(plain(series), (r, lag) => (r * series.n) / (series.n - lag)),
    ),
    feature(
      {
        name: 'acf_bartlett_halfwidth_95',
        formula:
          'Half the width of the 95 % interval of each autocorrelation: 1.96 √((1 + 2 Σ r(i)², i < k) / n).',
        source: `Bartlett (1946), JRSS Supplement 8; ${DOCUMENTATION}`,
        parameters,
      },
      (series) => {
        let sum = 0;
        return mapped(plain(series), (r, lag) => {
          if (Number.isNaN(r)) return r;
          if (lag === 0) return 0;
          const width = Z * Math.sqrt((1 + 2 * sum) / series.n);
          sum += r * r;
          return width;
        });
      },
    ),
  ];
}

function mapped(
  values: number | readonly number[],
  each: (value: number, i: number) => number,
): number | readonly number[] {
  return typeof values === 'number' ? values : values.map(each);
}

/** Lags 0 … lags; NaN for a constant series and instead of all for one of fewer than two values. */
function shared(series: SharedSeries, lags: number): number | readonly number[] {
  return series.once(`autocorrelations ${lags}`, () => {
    if (lags < 0) return Number.NaN;
    if (isConstant(series.y)) return new Array<number>(lags + 1).fill(Number.NaN);
    const { centred, n } = series;
    let scale = 0;
    for (let t = 0; t < n; t++) scale = Math.max(scale, Math.abs(centred[t]!));
    const x = centred.map((value) => value / scale);
    const sums = Array.from({ length: lags + 1 }, (_, lag) => {
      let sum = 0;
      for (let t = lag; t < n; t++) sum += x[t]! * x[t - lag]!;
      return sum;
    });
    return sums.map((sum) => sum / sums[0]!);
  });
}

function partials(lags: number): readonly SummaryFeature[] {
  const partial = (label: string, method: PartialMethod, formula: string, strict: boolean) =>
    feature(
      {
        name: `pacf_${label}_nlags${lags}`,
        formula: `Partial autocorrelations at lags 0 … ${lags}: ${formula}.`,
        source: `Box, Jenkins, Reinsel & Ljung (2015), page 66; ${DOCUMENTATION} pacf`,
        parameters: { nlags: lags },
      },
      (series) => {
        const most = known(lags, series.n);
        if (most < 0) return Number.NaN;
        const values = series.once(`partial autocorrelations ${method} ${most}`, () => [
          ...partialAutocorrelation(series.y, most, method),
        ]);
        return strict && values.some(Number.isNaN) ? Number.NaN : values;
      },
    );
  return [
    partial(
      'ywadjusted',
      'adjusted',
      "Yule and Walker's equations, autocovariances with divisor n − k; nothing where they have no single solution",
      true,
    ),
    partial(
      'ywm',
      'biased',
      "Yule and Walker's equations, autocovariances with divisor n; nothing where they have no single solution",
      true,
    ),
    partial(
      'ols',
      'regression',
      'last coefficient of the regression on a constant and the lags up to each, on all rows that have them',
      false,
    ),
    partial(
      'ldb',
      'biased',
      "Levinson and Durbin's recursion, autocovariances with divisor n",
      false,
    ),
  ];
}

function boxTests(lags: readonly number[]): readonly SummaryFeature[] {
  const label = lags.join('_');
  const source = 'Ljung & Box (1978), Biometrika 65; statsmodels 0.13.5 acorr_ljungbox';
  const test = (series: SharedSeries) =>
    series.once(`Ljung-Box ${label}`, () => ljungBoxTest(series.y, lags));
  const parameters = { lags };
  return [
    feature(
      {
        name: `ljungbox_stat_lags_${label}`,
        formula: 'Q = n (n + 2) Σ r(k)² / (n − k), k up to each of the lags.',
        source,
        parameters,
      },
      (series) => [...test(series).statistic],
    ),
    feature(
      {
        name: `ljungbox_pvalue_lags_${label}`,
        formula:
          'Probability of a larger Q without autocorrelation: chi-square, as many degrees as lags.',
        source,
        parameters,
      },
      (series) => [...test(series).pValue],
    ),
  ];
}

function unitRootTests(): readonly SummaryFeature[] {
  return [
    feature(
      {
        name: 'adfuller_c_aic',
        formula:
          'Augmented Dickey–Fuller test with a constant, lags by AIC: statistic, p-value, lags used. NaN where the regression leaves nothing over.',
        source: 'Dickey & Fuller (1979), JASA 74; MacKinnon (1994); statsmodels 0.13.5 adfuller',
      },
      ({ y }) => {
        const { statistic, pValue, usedLag } = adfTest(y);
        return Number.isNaN(usedLag) ? Number.NaN : [statistic, pValue, usedLag];
      },
    ),
    feature(
      {
        name: 'kpss_c_auto',
        formula:
          'KPSS test of a stationary level, lags chosen from the data: statistic, p-value (kept within 0.01 … 0.1), lags used.',
        source: 'Kwiatkowski et al. (1992), Journal of Econometrics 54; statsmodels 0.13.5 kpss',
      },
      ({ y }) => {
        const { statistic, pValue, usedLag } = kpssTest(y);
        return Number.isNaN(usedLag) ? Number.NaN : [statistic, pValue, usedLag];
      },
    ),
  ];
}
