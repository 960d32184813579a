/** Of the set `static`; what it shares with other sets stands there. */
export const staticSet: Readonly<Record<string, string>> = {
  'Number of values, missing ones included.': '欠損を含む値の個数。',
  'Share of the values that are missing or not finite.': '欠損または有限でない値の割合。',
  'First value that is not missing.': '欠損でない最初の値。',
  'Last value that is not missing.': '欠損でない最後の値。',
  'Number of different values.': '異なる値の個数。',
  'Share of values below 0.': '0より小さい値の割合。',
  'Quantile {p}, linear between neighbours.': '{p}分位点（線形補間）。',
  'G₁ = √(n(n − 1)) / (n − 2) · m₃ / m₂^1.5; not defined for n < 3 or a constant series.':
    '歪度 G₁ = √(n(n − 1)) / (n − 2) · m₃ / m₂^1.5。n < 3、または一定の系列では定義しない。',
  'G₂ = (n − 1) / ((n − 2)(n − 3)) · ((n + 1)(m₄ / m₂² − 3) + 6), 0 for a normal distribution; not defined for n < 4 or a constant series.':
    '超過尖度 G₂ = (n − 1) / ((n − 2)(n − 3)) · ((n + 1)(m₄ / m₂² − 3) + 6)。正規分布なら0。n < 4、または一定の系列では定義しない。',
  'Slope of the least-squares line of y on t, missing values left out with their times.':
    'y の時点 t に対する回帰直線の傾き。欠損はその時点ごと除く。',
  'Share of the variance of y that this line explains; not defined for a constant series.':
    '回帰直線 trend_slope の決定係数 R²（y の分散のうち説明できる割合）。一定の系列では定義しない。',
  'Autocorrelation at lag 1, divisor n; not defined for a constant series.':
    'ラグ1の自己相関（除数 n）。一定の系列では定義しない。',
  '1 − var(remainder) / var(seasonal + remainder) of STL with season length m, not below 0; not defined where m is 1 or for n < 2m.':
    '季節性の強さ。周期 m の STL による 1 − var(残差) / var(季節 + 残差)（0以上）。m = 1、または n < 2m では定義しない。',
};
