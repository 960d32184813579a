/** Of the set `tsfeatures`. */
export const tsfeatures: Readonly<Record<string, string>> = {
  '{text} Of (y − mean) / sd, divisor n − 1.':
    '{text}標準化した系列 (y − 平均) / 標準偏差（除数 n − 1）で求める。',
  '{text} Of STL with season length freq, seasonal window 13; not defined where freq is 1 or for n < 2·freq.':
    '{text}周期 freq の STL（季節の窓13）による。freq = 1、または n < 2·freq では定義しない。',
  '1 where freq > 1, else 0.': 'freq > 1なら1、それ以外は0（季節周期の数）。',
  'The season length freq.': '季節周期の長さ freq。',
  '1 − var(remainder) / var(trend + remainder), within [0, 1].':
    'トレンドの強さ 1 − var(残差) / var(トレンド + 残差)（0～1に収める）。',
  '1 − var(remainder) / var(seasonal + remainder), within [0, 1].':
    '季節性の強さ 1 − var(残差) / var(季節 + 残差)（0～1に収める）。',
  'Place 1 … freq in the season of the largest seasonal value.':
    '季節成分が最大になる、周期内の位置（1～freq）。',
  'Place 1 … freq in the season of the smallest seasonal value.':
    '季節成分が最小になる、周期内の位置（1～freq）。',
  'Variance of the variances of the remainder with one value left out.':
    'スパイク性。残差から1点を除いた分散を、除く点を変えながら求めたときの分散。',
  'Coefficient of the trend on the orthonormal line.':
    '線形性。トレンドを正規直交化した1次式に回帰した係数。',
  'Coefficient of the trend on the orthonormal parabola that opens upwards (downwards for n < 17).':
    '曲率。トレンドを正規直交化した2次式（下に凸。n < 17では上に凸）に回帰した係数。',
  'Autocorrelation of the remainder at lag 1.': '残差のラグ1の自己相関。',
  'Sum of its squared autocorrelations at lags 1 to 10; n > 10.':
    '残差のラグ1～10の自己相関の二乗和。n > 10。',
  'Variance of the means of tiles of freq values (10 where freq is 1); 0 below two tiles.':
    '安定性。freq 点（freq = 1なら10点）ごとの区間の平均の分散。区間が2つ未満なら0。',
  'Variance of the variances of tiles of freq values (10 where freq is 1); 0 below two tiles.':
    '分散のむら。freq 点（freq = 1なら10点）ごとの区間の分散の分散。区間が2つ未満なら0。',
  'Entropy of the shares of power in the periodogram of y − mean, divided by its largest possible value; 0 for a constant series.':
    'スペクトルエントロピー。y − 平均 のピリオドグラムのパワー比のエントロピーを、とりうる最大値で割ったもの。一定の系列では0。',
  'Slope of ln(R/S) on ln t over t = 2 … n, R/S being the rescaled range of the first t values; not defined where the first two are equal.':
    'ハースト指数。t = 2～n での ln(R/S) の ln t に対する傾き。R/S は先頭 t 点のリスケールドレンジ。最初の2点が等しければ定義しない。',
  'How often the series goes from at or below its median to above it, or back.':
    '中央値との交差の回数（中央値以下から中央値より上へ、またはその逆）。',
  'Longest run of values in the same of 10 equal bins between minimum and maximum.':
    '最小値から最大値までを10等分したとき、同じ階級の値が続く最長の長さ（平坦区間）。',
  'Autocorrelation at lag 1.': 'ラグ1の自己相関。',
  'Autocorrelation at lag freq.': 'ラグ freq の自己相関（季節ラグ）。',
  'Sum of the squared autocorrelations at lags 1 to 10; n > 10.':
    'ラグ1～10の自己相関の二乗和。n > 10。',
  'Autocorrelation at lag 1 of the differences; n > 10.': '差分のラグ1の自己相関。n > 10。',
  'Sum of the squared autocorrelations at lags 1 to 10 of the differences; n > 10.':
    '差分のラグ1～10の自己相関の二乗和。n > 10。',
  'Autocorrelation at lag 1 of the second differences; n > 11.':
    '2階差分のラグ1の自己相関。n > 11。',
  'Sum of the squared autocorrelations at lags 1 to 10 of the second differences; n > 11.':
    '2階差分のラグ1～10の自己相関の二乗和。n > 11。',
  'Partial autocorrelation at lag freq; n/2 > freq and n > 11.':
    'ラグ freq の偏自己相関（季節ラグ）。n/2 > freq かつ n > 11。',
  'Sum of the squared partial autocorrelations at lags 1 to 5 (Levinson and Durbin, autocovariances with divisor n); n/2 > freq and n > 11.':
    'ラグ1～5の偏自己相関の二乗和（レビンソン・ダービン法、自己共分散の除数は n）。n/2 > freq かつ n > 11。',
  'The same of the differences; n > 12.': '差分のラグ1～5の偏自己相関の二乗和。n > 12。',
  'The same of the second differences; n > 13.': '2階差分のラグ1～5の偏自己相関の二乗和。n > 13。',
  "10·ln(S₁/S₃) of Teräsvirta's test: S₁ and S₃ are left over by regressions of z[t] on a constant and z[t−1], without and with its square and cube; z standardised. Not defined where nothing is left over.":
    '非線形性。テラスビルタの検定の 10·ln(S₁/S₃)。S₁ と S₃ は、標準化した z[t] を定数項と z[t−1] に（S₃ ではその2乗と3乗にも）回帰した残差平方和。残差がなければ定義しない。',
  'KPSS statistic for a stationary level with ⌊4·(n/100)^¼⌋ autocovariances in the long-run variance.':
    '水準定常性の KPSS 検定の統計量。長期分散には ⌊4·(n/100)^¼⌋ 個の自己共分散を使う。',
  "Phillips and Perron's Zα: (n−1)·(α−1) less the weighted autocovariances of the residuals at lags 1 … ⌊4·(n/100)^¼⌋ over the variance of y divided by its length, α being the slope of y[t] on a constant and y[t−1].":
    'フィリップス・ペロン検定（単位根検定）の Zα。(n−1)·(α−1) から、ラグ1～⌊4·(n/100)^¼⌋ の残差の自己共分散の加重和を、y の分散を長さで割ったもので割って引く。α は y[t] を定数項と y[t−1] に回帰した傾き。',
  'R² of the regression of u[t] on a constant and u[t−1] … u[t−12], u being (y − mean)²; 1 for a constant series; n > 13.':
    'ARCH 効果（分散の自己相関）。u = (y − 平均)² とし、u[t] を定数項と u[t−1]～u[t−12] に回帰した決定係数 R²。一定の系列では1。n > 13。',
  "Share α of the error that moves the level in Holt's linear trend (the slope moves by α·β of it), 0 ≤ β ≤ α ≤ 1, where the squared one-step errors are least; first level and slope free.":
    'ホルトの線形トレンド法の平滑化係数 α（予測誤差のうち水準に反映する割合。傾きには α·β を反映する）。0 ≤ β ≤ α ≤ 1で、1期先予測の二乗誤差が最小になる値。水準と傾きの初期値も推定する。',
  'Share β of a move of the level that enters the slope there.':
    'ホルトの線形トレンド法の平滑化係数 β（水準の修正のうち傾きに反映する割合）。',
  'Smallest coefficient of variation, over λ in (−1, 2), of sd / mean^(1 − λ) of ⌊(n − 1)/freq⌋ stretches; 1 for a constant series; not defined where freq is 1.':
    'ゲレロ法によるボックス・コックス変換。⌊(n − 1)/freq⌋ 個の区間の 標準偏差 / 平均^(1 − λ) の変動係数を、λ を (−1, 2) で動かして最小にした値。一定の系列では1。freq = 1では定義しない。',
  'Number of values that are not missing.': '欠損を除いた値の個数。',
  'Share of values equal to 0.': '0の割合（スパース性）。',
  'Σ y.': '合計 Σ y。',
  'Σ (y − mean)² / (n − 1).': '分散 Σ (y − 平均)² / (n − 1)。',
  'Quantile {p} (linear).': '{p}分位点（線形補間）。',
  'Largest value.': '最大値。',
  'Smallest value.': '最小値。',
  'Mean over runs without a 0 of their sums, positive values counting as 1.':
    '0を含まない連なりごとの合計（正の値は1と数える）の平均。',
  'Standard deviation (divisor n − 1) of the same sums; not defined for a single run.':
    '0を含まない連なりごとの合計（正の値は1と数える）の標準偏差（除数 n − 1）。連なりが1つなら定義しない。',
  '−Σ y·ln y over the positive values.': '正の値についての −Σ y·ln y。',
};
