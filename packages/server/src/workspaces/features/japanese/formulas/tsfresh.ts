/** Of the sets `tsfresh-…`; words such as `lag` and `f_agg` are the parameters in a feature's name. */
export const tsfresh: Readonly<Record<string, string>> = {
  '1 when the variance exceeds the standard deviation, which is when it exceeds 1; else 0.':
    '分散が標準偏差より大きければ（つまり1を超えれば）1、それ以外は0。',
  '1 when the maximum occurs more than once, else 0.': '最大値が2回以上現れれば1、それ以外は0。',
  '1 when the minimum occurs more than once, else 0.': '最小値が2回以上現れれば1、それ以外は0。',
  '1 when any value occurs more than once, else 0.':
    '2回以上現れる値が1つでもあれば1、それ以外は0。',
  'Σ y; 0 for no values.': '合計 Σ y。値がなければ0。',
  'Σ y²; 0 for no values.': '絶対エネルギー（二乗和）Σ y²。値がなければ0。',
  'Mean of |y[t + 1] − y[t]|.': '変化量の絶対値 |y[t + 1] − y[t]| の平均。',
  '(last − first) / (n − 1).': '変化量の平均 (最後の値 − 最初の値) / (n − 1)。',
  'Mean of (y[t + 2] − 2 y[t + 1] + y[t]) / 2.':
    '2階の中心差分 (y[t + 2] − 2 y[t + 1] + y[t]) / 2 の平均。',
  'The middle value, the mean of the middle two for even n.':
    '中央値。n が偶数なら中央の2値の平均。',
  'n, the number of values that are not missing.': '欠損を除いた値の個数 n。',
  '√variance, divisor n.': '標準偏差 √分散（除数 n）。',
  'standard deviation / mean; not defined for a mean of 0.':
    '変動係数 標準偏差 / 平均。平均が0なら定義しない。',
  'Σ (y − mean)² / n.': '分散 Σ (y − 平均)² / n。',
  'G1 = n √(n − 1) / (n − 2) · Σ d³ / (Σ d²)^1.5 with d = y − mean; sums below 1e-14 count as 0, and then it is 0.':
    '歪度 G1 = n √(n − 1) / (n − 2) · Σ d³ / (Σ d²)^1.5、d = y − 平均。和が1e-14未満なら0とみなし、歪度も0とする。',
  'G2 = n (n + 1) (n − 1) / ((n − 2) (n − 3)) · Σ d⁴ / (Σ d²)² − 3 (n − 1)² / ((n − 2) (n − 3)) with d = y − mean; 0 where the denominator is below 1e-14.':
    '尖度 G2 = n (n + 1) (n − 1) / ((n − 2) (n − 3)) · Σ d⁴ / (Σ d²)² − 3 (n − 1)² / ((n − 2) (n − 3))、d = y − 平均。分母が1e-14未満なら0。',
  '√(Σ y² / n).': '二乗平均平方根（RMS）√(Σ y² / n)。',
  'Σ |y[t + 1] − y[t]|.': '変化量の絶対値の和 Σ |y[t + 1] − y[t]|。',
  'Length of the longest run of values below the mean.': '平均を下回る値が続く最長の長さ。',
  'Length of the longest run of values above the mean.': '平均を上回る値が続く最長の長さ。',
  'How many values exceed the mean.': '平均より大きい値の個数。',
  'How many values are below the mean.': '平均より小さい値の個数。',
  '1 − (steps from the end to the last maximum) / n.':
    '最後に最大値をとる位置の割合 1 − (末尾から最後の最大値までの点数) / n。',
  'Index of the first maximum / n.': '最初に最大値をとる位置の割合（添字 / n）。',
  '1 − (steps from the end to the last minimum) / n.':
    '最後に最小値をとる位置の割合 1 − (末尾から最後の最小値までの点数) / n。',
  'Index of the first minimum / n.': '最初に最小値をとる位置の割合（添字 / n）。',
  'Different values that occur more than once / different values; a fraction, not a percentage.':
    '2回以上現れる値の種類 / 値の種類（小数。百分率ではない）。',
  'Values that occur more than once, each time counted / n; a fraction, not a percentage.':
    '2回以上現れる値の延べ個数 / n（小数。百分率ではない）。',
  'Sum of the values that occur more than once, each counted once.':
    '2回以上現れる値の合計（同じ値は1回だけ数える）。',
  'Sum of the values that occur more than once, each time counted.':
    '2回以上現れる値の合計（現れるたびに数える）。',
  'Different values / n.': '値の種類の割合（異なる値の個数 / n）。',
  'The largest value.': '最大値。',
  'The largest |y|.': '絶対値の最大 max |y|。',
  'The smallest value.': '最小値。',
  'Correlation, over the digits d = 1 … 9, of the share of values whose first digit is d with log10(1 + 1 / d); not defined when all values are 0.':
    'ベンフォードの法則との相関。最上位の数字が d（1～9）である値の割合と log10(1 + 1 / d) との相関。すべて0なら定義しない。',
  'Mean of y[t + 2 lag]² · y[t + lag] − y[t + lag] · y[t]²; 0 for n ≤ 2 lag.':
    '時間反転に対する非対称性 y[t + 2 lag]² · y[t + lag] − y[t + lag] · y[t]² の平均。n ≤ 2 lag なら0。',
  'Mean of y[t + 2 lag] · y[t + lag] · y[t]; 0 for n ≤ 2 lag.':
    '非線形性の指標 y[t + 2 lag] · y[t + lag] · y[t] の平均。n ≤ 2 lag なら0。',
  '√Σ (y[t + 1] − y[t])², of the standardised series when normalize is true; 0 then for a constant series.':
    '複雑さの指標（CID）√Σ (y[t + 1] − y[t])²。normalize が真なら標準化した系列で求め、一定の系列では0。',
  '1 when |mean − median| < r (max − min), else 0.':
    '分布が対称とみなせれば1。|平均 − 中央値| < r (最大値 − 最小値) で判定し、それ以外は0。',
  '1 when the standard deviation exceeds r (max − min), else 0.':
    '標準偏差が r (最大値 − 最小値) より大きければ1、それ以外は0。',
  'The q quantile, linear between the two values around place q (n − 1).':
    'q 分位点（位置 q (n − 1) の前後の2値から線形補間）。',
  'Σ (y[t] − mean)(y[t + lag] − mean) / ((n − lag) variance), divisor n − lag at every lag; not defined for a variance up to 1e-8.':
    'ラグ lag の自己相関 Σ (y[t] − 平均)(y[t + lag] − 平均) / ((n − lag) 分散)。除数はラグごとに n − lag。分散が1e-8以下なら定義しない。',
  'f_agg of the autocorrelations at lags 1 … min(maxlag, n − 1), divisor n − lag at every lag; of zeros for a variance below 1e-10.':
    'ラグ1～min(maxlag, n − 1) の自己相関を f_agg で集計したもの。除数はラグごとに n − lag。分散が1e-10未満なら自己相関を0とする。',
  'Last coefficient of the Yule–Walker equations of order lag on autocovariances with divisor n − lag; 1 at lag 0; not defined from lag floor(n / 2) on.':
    'ラグ lag の偏自己相関。除数 n − lag の自己共分散による lag 次のユール・ウォーカー方程式の最後の係数。ラグ0では1、ラグ floor(n / 2) 以上では定義しない。',
  'How many ridges of relative maxima run through at least a quarter of the rows of the Mexican hat transforms of widths 1 … n, and start with a value at least as large as the 10 % quantile around it (ceil(length / 20) values of width 1).':
    'ウェーブレットによるピークの数。幅1～n のメキシカンハット変換で、極大をつないだ尾根のうち、行の4分の1以上にわたり、始点の値が周囲（幅1の ceil(系列の長さ / 20) 点）の10％分位点以上であるものの数。',
  'How many values exceed all of the n values before and the n values after them.':
    'ピークの数。前後それぞれ n 点のすべてより大きい値の個数。',
  'Entropy, in nats, of the shares of values in max_bins bins of equal width from minimum to maximum.':
    '階級化エントロピー。最小値から最大値までを等幅の max_bins 階級に分けたときの割合のエントロピー（ナット）。',
  'Share of the length of the series after which Σ |y| reaches the share q of its total.':
    'Σ |y| が全体の割合 q に達するまでの長さの、系列の長さに対する割合。',
  'Continuous wavelet transform with the Mexican hat ψ(x) = 2 / (√3 π^¼) (1 − x²) exp(−x² / 2) at scale w and place coeff, y being 0 outside: the difference of the convolution with the integral of ψ, tabulated at 1,024 places from −8 to 8, times −√w. `widths` only appears in the name.':
    'メキシカンハット ψ(x) = 2 / (√3 π^¼) (1 − x²) exp(−x² / 2) による連続ウェーブレット変換の、尺度 w、位置 coeff の係数（系列の外では y を0とする）。ψ の積分（−8から8までの1,024点の表）との畳み込みの差分に −√w を掛けて求める。`widths` は名前にだけ現れる。',
  'Element coeff of the power spectral density by Welch: segments of min(256, n) values without their mean, half overlapping, periodic Hann window, one-sided; unit sampling rate.':
    'ウェルチ法によるパワースペクトル密度の coeff 番目の値。平均を除いた min(256, n) 点の区間を半分ずつ重ね、周期的なハン窓、片側、サンプリング周波数1。',
  'Coefficient coeff (0 is the constant) of an autoregression of order k with a constant, by least squares. Where it leaves no degree of freedom (n ≤ 2 k + 1), coefficient k is 0 as in tsfresh and the others are not defined.':
    '最小二乗法による定数項付き k 次自己回帰（AR）モデルの coeff 番目の係数（0は定数項）。自由度が残らないとき（n ≤ 2 k + 1）は、係数 k は tsfresh と同じく0、ほかは定義しない。',
  'f_agg of y[t + 1] − y[t] (its size when isabs) over the t where both values lie in [quantile ql, quantile qh]; 0 where there is none, and for ql ≥ qh.':
    '両端の値がともに [ql 分位点, qh 分位点] に入る t での変化量 y[t + 1] − y[t]（isabs なら絶対値）を f_agg で集計したもの。該当がないとき、および ql ≥ qh のときは0。',
  'X[coeff] of the Fourier transform X[k] = Σ y[t] exp(−2πi k t / n), k ≤ n / 2: its real or imaginary part, size, or angle in degrees (which is rounding where the size is about 0).':
    'フーリエ係数。フーリエ変換 X[k] = Σ y[t] exp(−2πi k t / n)、k ≤ n / 2 の X[coeff] の実部、虚部、絶対値、または偏角（度。絶対値がほぼ0のときは丸め誤差による）。',
  'Of the distribution |X[k]| / Σ |X[k]| over k = 0 … floor(n / 2), with moments mₚ = Σ kᵖ |X[k]| / Σ |X[k]| and c = m₁: centroid c, variance v = m₂ − c², skew (m₃ − 3 c v − c³) / v^1.5, kurtosis (m₄ − 4 c m₃ + 6 m₂ c² − 3 c) / v²; the last two not for v < 0.5.':
    'フーリエスペクトルの要約。k = 0～floor(n / 2) 上の分布 |X[k]| / Σ |X[k]| について、モーメント mₚ = Σ kᵖ |X[k]| / Σ |X[k]|、c = m₁ とし、重心 c、分散 v = m₂ − c²、歪度 (m₃ − 3 c v − c³) / v^1.5、尖度 (m₄ − 4 c m₃ + 6 m₂ c² − 3 c) / v²。v < 0.5なら歪度と尖度は定義しない。',
  'How many values equal `value`.': '`value` に等しい値の個数。',
  'How many values lie in [min, max).': '[min, max) に入る値の個数。',
  'Coefficient coeff (0 belongs to the highest power) of the polynomial of degree m through the mean change y[t + 1] − y[t] at the mean value of each of r groups of values of equal number; not defined where quantiles coincide.':
    'フリードリヒ係数。値を同数ずつ r 群に分け、各群の平均値と平均変化量 y[t + 1] − y[t] に当てはめた m 次多項式の coeff 番目の係数（0は最高次）。分位点が重なるときは定義しない。',
  'Largest real part of the roots of the polynomial of friedrich_coefficients: where the mean change is 0.':
    'ランジュバン不動点の最大値。friedrich_coefficients の多項式の根（平均変化量が0になる値）の実部の最大。',
  'Straight line through y at 0 … n − 1 by least squares: slope, intercept, correlation (rvalue), two-sided probability under no trend (pvalue) or standard error of the slope (stderr).':
    '線形トレンド。時点0～n − 1 の y に最小二乗法で当てはめた直線の傾き（slope）、切片（intercept）、相関係数（rvalue）、トレンドがないとしたときの両側 p 値（pvalue）、または傾きの標準誤差（stderr）。',
  'As linear_trend, through f_agg of each chunk of chunk_len values, the last one shorter; not defined for n ≤ chunk_len.':
    '線形トレンド。chunk_len 点ごとの区間（最後は短いことがある）を f_agg で集計した値に当てはめた直線について、linear_trend と同じものを求める。n ≤ chunk_len なら定義しない。',
  'Augmented Dickey–Fuller test with a constant: t value of the level (teststat), MacKinnon’s p-value (pvalue) and lagged differences (usedlag), chosen by autolag (AIC, BIC, t-stat; None takes the most) among 0 … min(ceil(12 (n / 100)^¼), floor(n / 2) − 2).':
    '拡張ディッキー・フラー検定（ADF、単位根検定。定数項あり）。水準の t 値（teststat）、マッキノンの p 値（pvalue）、差分のラグ数（usedlag）。ラグ数は0～min(ceil(12 (n / 100)^¼), floor(n / 2) − 2) から autolag（AIC、BIC、t-stat。None なら最大）で選ぶ。',
  'How often neighbouring values lie on different sides of m; m itself is below.':
    'm との交差の回数。隣り合う値が m をはさむ回数（m に等しい値は下側とみなす）。',
  'Σ y² of chunk segment_focus of num_segments chunks / Σ y²; the first n mod num_segments chunks have one value more.':
    '系列を num_segments 区間に分けたときの、segment_focus 番目の区間の Σ y² の全体に対する割合（エネルギー比）。先頭の n mod num_segments 区間は1点長い。',
  'Share of values more than r standard deviations away from the mean.':
    '平均から標準偏差の r 倍より離れた値の割合。',
  'Share of values ≥ t.': 't 以上の値の割合。',
  'Share of values ≤ t.': 't 以下の値の割合。',
  'Phrases / n, where a phrase is the shortest string of symbols that was no phrase before, and a symbol is the bin of a value among `bins` bins of equal width from minimum to maximum, each with its upper edge.':
    'レンペル・ジブ複雑性（語の数 / n）。語はまだ語になっていない最短の記号列、記号は最小値から最大値までを等幅に `bins` 分割した階級（上端を含む）の番号。',
  'Entropy, in nats, of the densities of spkt_welch_density sorted into `bins` bins of equal width; not defined for a constant series.':
    'フーリエエントロピー。spkt_welch_density の密度を等幅の `bins` 階級に分けたときのエントロピー（ナット）。一定の系列では定義しない。',
  'Entropy, in nats, of the shares of the orders of `dimension` consecutive values, in windows that start every tau values (tau is no spacing inside a window); of equal values the earlier counts as the smaller.':
    '順列エントロピー。連続する `dimension` 個の値の大小順序の出現割合のエントロピー（ナット）。窓は tau 点ごとに始まる（tau は窓の中の間隔ではない）。等しい値は先のものを小さいとみなす。',
  'How many stretches of the series are within `threshold` (Euclidean distance) of the query, both standardised unless normalize is false; not defined without a query of at least three values, or one longer than the series.':
    'query とのユークリッド距離が `threshold` 以内の部分列の数。normalize が偽でなければ両方を標準化して比べる。query が3点未満、または系列より長いときは定義しない。',
  'Mean of the number_of_maxima largest |y|; not defined for n ≤ number_of_maxima.':
    '|y| の大きい順に number_of_maxima 個の平均。n ≤ number_of_maxima なら定義しない。',
  '|Φ(m) − Φ(m + 1)|, Φ(k) being the mean, over the n − k + 1 templates of k consecutive values, of the logarithm of the share of templates that differ by at most r standard deviations (divisor n) in every place, itself included; 0 for n ≤ m + 1.':
    '近似エントロピー |Φ(m) − Φ(m + 1)|。Φ(k) は、連続する k 点の n − k + 1 個の部分列それぞれについて、全点の差が標準偏差（除数 n）の r 倍以内の部分列（自分自身を含む）の割合の対数をとった平均。n ≤ m + 1 なら0。',
  '−ln(A / B): A and B are the pairs of templates of 3 and of 2 consecutive values that differ by at most 0.2 standard deviations (divisor n) in every place; all n − 2 and n − 1 templates take part. Infinite where no pair of 3 matches.':
    '標本エントロピー −ln(A / B)。A と B は、連続する3点と2点の部分列の組のうち、全点の差が標準偏差（除数 n）の0.2倍以内のものの数。n − 2 個と n − 1 個の部分列をすべて使う。3点で一致する組がなければ∞。',
};
