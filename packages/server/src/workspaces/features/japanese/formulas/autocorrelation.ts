/** Of the set `acf`. */
export const autocorrelation: Readonly<Record<string, string>> = {
  'Autocorrelations at lags 0 … {k}: Σ (y(t) − ȳ)(y(t − k) − ȳ) / Σ (y(t) − ȳ)².':
    'ラグ0～{k}の自己相関 Σ (y(t) − ȳ)(y(t − k) − ȳ) / Σ (y(t) − ȳ)²。',
  'The same, each sum divided by its number of products.':
    '自己相関。各ラグの積の和を積の個数で割ったもの（調整済み）。',
  'Half the width of the 95 % interval of each autocorrelation: 1.96 √((1 + 2 Σ r(i)², i < k) / n).':
    '各自己相関の95％信頼区間の半幅（バートレットの式）1.96 √((1 + 2 Σ r(i)², i < k) / n)。',
  "Partial autocorrelations at lags 0 … {k}: Yule and Walker's equations, autocovariances with divisor n − k; nothing where they have no single solution.":
    'ラグ0～{k}の偏自己相関。ユール・ウォーカー方程式、自己共分散の除数は n − k。解が一意に定まらないラグは定義しない。',
  "Partial autocorrelations at lags 0 … {k}: Yule and Walker's equations, autocovariances with divisor n; nothing where they have no single solution.":
    'ラグ0～{k}の偏自己相関。ユール・ウォーカー方程式、自己共分散の除数は n。解が一意に定まらないラグは定義しない。',
  'Partial autocorrelations at lags 0 … {k}: last coefficient of the regression on a constant and the lags up to each, on all rows that have them.':
    'ラグ0～{k}の偏自己相関。定数項と各ラグまでの値への回帰（最小二乗法）の最後の係数。必要な値がそろう行をすべて使う。',
  "Partial autocorrelations at lags 0 … {k}: Levinson and Durbin's recursion, autocovariances with divisor n.":
    'ラグ0～{k}の偏自己相関。レビンソン・ダービンの再帰、自己共分散の除数は n。',
  'Q = n (n + 2) Σ r(k)² / (n − k), k up to each of the lags.':
    'リュング・ボックス検定の統計量 Q = n (n + 2) Σ r(k)² / (n − k)。k は指定した各ラグまで。',
  'Probability of a larger Q without autocorrelation: chi-square, as many degrees as lags.':
    'リュング・ボックス検定の p 値。自己相関がないとき Q 以上になる確率（カイ二乗分布、自由度はラグの数）。',
  'Augmented Dickey–Fuller test with a constant, lags by AIC: statistic, p-value, lags used. NaN where the regression leaves nothing over.':
    '拡張ディッキー・フラー検定（ADF、単位根検定。定数項あり、ラグは AIC で選択）の統計量、p 値、使ったラグ数。回帰の残差がすべて0なら NaN。',
  'KPSS test of a stationary level, lags chosen from the data: statistic, p-value (kept within 0.01 … 0.1), lags used.':
    '水準定常性の KPSS 検定（ラグはデータから選択）の統計量、p 値（0.01～0.1に収める）、使ったラグ数。',
};
