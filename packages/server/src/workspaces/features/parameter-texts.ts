import type { Words } from '../../core/errors.ts';

type Texts = Readonly<Record<string, Words>>;

/** What the parameters of a set mean, by set. */
const texts: Readonly<Record<string, Texts>> = {
  rolling: windowed(),
  'rolling-windows': {
    ...windowed(),
    shape_windows: {
      en: 'Lengths of the windows for skewness, kurtosis and lag-1 correlation, in samples',
      ja: '歪度・尖度・ラグ 1 の自己相関を求める窓の長さ（点数）',
    },
    alphas: {
      en: 'Weight of the newest value in the exponentially weighted columns, 0 to 1',
      ja: '指数加重の列で最新の値にかける重み（0〜1）',
    },
  },
  lags: {
    lags: { en: 'How many samples back to look', ja: '何点前の値と比べるか' },
    summaries: {
      en: 'true: also weighted, expanding and 30-point columns',
      ja: 'true なら加重・累積・30 点窓の列も加える',
    },
  },
  stl: decomposed(),
  trend: decomposed(),
  acf: {
    nlags: { en: 'Most lags of the autocorrelation', ja: '自己相関の最大ラグ' },
    pacf_nlags: { en: 'Most lags of the partial autocorrelation', ja: '偏自己相関の最大ラグ' },
    ljungbox_lags: { en: 'Lags of the Ljung–Box tests', ja: 'Ljung–Box 検定のラグ' },
  },
  tsfresh: {
    features: {
      en: 'Names of features as tsfresh writes them, with ; between',
      ja: 'tsfresh の表記による特徴量名（; 区切り）',
    },
  },
  tsfel: { fs: { en: 'Samples a second', ja: '1 秒あたりの標本数' } },
  antropy: {
    permOrder: {
      en: 'Permutation entropy: values in a pattern',
      ja: '順列エントロピー: パターンの点数',
    },
    permDelay: {
      en: 'Permutation entropy: samples between them',
      ja: '順列エントロピー: 点の間隔',
    },
    longPermOrder: {
      en: 'The longer permutation entropy: values in a pattern',
      ja: '長いほうの順列エントロピー: パターンの点数',
    },
    longPermDelay: {
      en: 'The longer permutation entropy: samples between them',
      ja: '長いほうの順列エントロピー: 点の間隔',
    },
    sf: {
      en: 'Spectral entropy: samples a second',
      ja: 'スペクトルエントロピー: 1 秒あたりの標本数',
    },
    nperseg: { en: 'Welch’s method: samples in a segment', ja: 'Welch 法: 区間の点数' },
    svdOrder: { en: 'SVD entropy: values in a row', ja: 'SVD エントロピー: 行の点数' },
    svdDelay: { en: 'SVD entropy: samples between them', ja: 'SVD エントロピー: 点の間隔' },
    appOrder: {
      en: 'Approximate entropy: values in a pattern',
      ja: '近似エントロピー: パターンの点数',
    },
    sampleOrders: {
      en: 'Sample entropy: values in a pattern',
      ja: 'サンプルエントロピー: パターンの点数',
    },
    toleranceSd: {
      en: 'Patterns are alike within so many standard deviations',
      ja: 'パターンを同じとみなす範囲（標準偏差の倍数）',
    },
    kmax: { en: 'Higuchi’s dimension: widest step', ja: 'Higuchi 次元: 最大の刻み' },
  },
  'matrix-profile': shaped(),
  motifs: shaped(),
  anomaly: {
    window: {
      en: 'Samples before a value that it is compared with',
      ja: '比較の対象とする直前の点数',
    },
    zscore_limit: {
      en: 'Standard deviations from the mean at which a value is odd',
      ja: '異常とみなす平均からの隔たり（標準偏差の倍数）',
    },
    iqr_limit: {
      en: 'Interquartile ranges beyond the quartiles at which a value is odd',
      ja: '異常とみなす四分位点からの隔たり（四分位範囲の倍数）',
    },
    n_estimators: { en: 'Isolation forest: trees', ja: '孤立フォレスト: 木の数' },
    max_samples: {
      en: 'Isolation forest: values for each tree',
      ja: '孤立フォレスト: 木ごとの標本数',
    },
    seed: { en: 'Isolation forest: seed of its random choices', ja: '孤立フォレスト: 乱数の種' },
  },
  calendar: {
    fourier_periods: { en: 'Periods of the Fourier terms, in days', ja: 'フーリエ項の周期（日）' },
    fourier_orders: { en: 'Orders k of the Fourier terms', ja: 'フーリエ項の次数 k' },
    holidays: {
      en: 'Holidays as days since 1970-01-01; empty: those of the country of the run',
      ja: '祝日（1970-01-01 からの日数）。空なら実行の国の祝日',
    },
  },
  lottery: {
    lowest: {
      en: 'Smallest number; of a known game its own',
      ja: '最小の番号（既知のくじではその番号）',
    },
    highest: {
      en: 'Largest number; of a known game its own',
      ja: '最大の番号（既知のくじではその番号）',
    },
    windows: { en: 'Draws that count as recent', ja: '「最近」とみなす抽せん回数' },
    correlation_window: {
      en: 'Draws over which numbers and money are correlated',
      ja: '番号と金額の相関をとる抽せん回数',
    },
  },
  static: { m: { en: 'Season length in samples; 1: none', ja: '季節の周期（点数）。1 はなし' } },
  tsfeatures: {
    freq: { en: 'Season length in samples; 1: none', ja: '季節の周期（点数）。1 はなし' },
  },
};

function windowed(): Texts {
  return {
    windows: { en: 'Lengths of the windows in samples', ja: '窓の長さ（点数）' },
    min_periods: {
      en: 'Fewest known values a window needs; 0: all of them',
      ja: '窓に必要な値の数の下限。0 は窓全体',
    },
  };
}

function decomposed(): Texts {
  return {
    period: {
      en: 'Season length in samples; 0: found from the data',
      ja: '季節の周期（点数）。0 は自動検出',
    },
    seasonal: {
      en: 'Seasons the seasonal smoother looks at, odd',
      ja: '季節成分の平滑化に使う周期数（奇数）',
    },
    robust: { en: 'true: outliers weigh less', ja: 'true なら外れ値の重みを下げる' },
  };
}

function shaped(): Texts {
  return { m: { en: 'Length of the compared windows in samples', ja: '比べる窓の長さ（点数）' } };
}

/** A parameter in words; a test keeps the list complete. */
export function parameterText(set: string, parameter: string): Words {
  return texts[set]?.[parameter] ?? { en: parameter, ja: parameter };
}
