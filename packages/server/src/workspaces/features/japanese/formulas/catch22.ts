/** Of the set `catch22`; z is the standardised series. */
export const catch22: Readonly<Record<string, string>> = {
  'Centre of the fullest of {bins} equal bins over the range of the z-scores; the mean of the centres where several are.':
    'z スコアの範囲を{bins}等分したヒストグラムで最も度数の多い階級の中心（最頻値）。複数あればその平均。',
  'First lag at which the autocorrelation falls below 1/e, interpolated between lags.':
    '自己相関が初めて 1/e を下回るラグ（ラグの間は補間）。',
  'First lag at which the autocorrelation is below that of both neighbouring lags.':
    '自己相関が初めて極小になるラグ。',
  'Mutual information of z[t] and z[t + 2] from 5 × 5 equal bins between min − 0.1 and max + 0.1.':
    'z[t] と z[t + 2] の相互情報量（最小値 − 0.1から最大値 + 0.1までを5 × 5に等分）。',
  'Mean of (z[t + 1] − z[t])³.': '時間反転に対する非対称性 (z[t + 1] − z[t])³ の平均。',
  'Share of the changes |z[t + 1] − z[t]| above 0.04.':
    '変化量 |z[t + 1] − z[t]| が0.04を超える割合。',
  'Longest stretch of values above the mean, as the largest distance between successive positions not above it (first and last but one position included).':
    '平均を上回る値が続く最長の長さ。平均以下の位置どうし（先頭と末尾の1つ前を含む）の間隔の最大値で測る。',
  'Trace of the covariance of the columns of the transition matrix between three equally likely letters, after taking every τ-th value, τ the first zero of the autocorrelation.':
    '等確率の3記号の間の遷移行列について、列の共分散行列のトレース。τ 個おきの値で求め、τ は自己相関の最初のゼロ点。',
  'First peak of the autocovariance, up to lag n / 3, that is positive and at least 0.01 above the trough before it, after a cubic regression spline with one inner knot is taken off; 0 without one.':
    '周期性。3次回帰スプライン（内部節点1つ）を除いた系列の自己共分散で、直前の谷より0.01以上高い正のピークのうち最初のラグ（n / 3 まで）。なければ0。',
  'Mean absolute difference between the histogram of distances between successive points (z[t], z[t + τ]) and an exponential density of the same mean; τ the first zero of the autocorrelation, at most n / 10.':
    '埋め込み空間で隣り合う点 (z[t], z[t + τ]) の距離のヒストグラムと、同じ平均の指数分布との差の絶対値の平均。τ は自己相関の最初のゼロ点（n / 10 以下）。',
  'First local minimum over lags up to 40 of −½ log(1 − r²), r the correlation at the lag; lags count from 0.':
    '自己相互情報量 −½ log(1 − r²)（r は各ラグの相関）がラグ40までで初めて極小になるラグ（0から数える）。',
  'First zero of the autocorrelation of the changes z[t + 1] − z[t] over that of the values.':
    '差分 z[t + 1] − z[t] の自己相関の最初のゼロ点を、元の値のそれで割った比。',
  'Median over thresholds 0, 0.01, … of the median time of the z-scores at or above it, −1 at the start and 1 at the end.':
    'しきい値0、0.01、… ごとに、z スコアがそれ以上となる時点の中央値を求め、その中央値をとったもの（先頭が−1、末尾が1）。正の外れ値の時期を表す。',
  'Median over thresholds 0, 0.01, … of the median time of the negated z-scores at or above it, −1 at the start and 1 at the end.':
    'しきい値0、0.01、… ごとに、符号を反転した z スコアがそれ以上となる時点の中央値を求め、その中央値をとったもの（先頭が−1、末尾が1）。負の外れ値の時期を表す。',
  'Area under the periodogram of the z-scores over the lowest fifth of frequencies.':
    'z スコアのピリオドグラムの、低周波側5分の1の面積（低周波のパワー）。',
  'Longest stretch of falling values, as the largest distance between successive changes that do not fall (first and last included).':
    '値が下がり続ける最長の長さ。下がらない変化どうし（先頭と末尾を含む）の間隔の最大値で測る。',
  'Entropy −Σ p log p of the pairs of successive letters, a letter for each tercile.':
    '三分位で記号化した系列の、連続する2記号の組のエントロピー −Σ p log p。',
  'Share of the scales in the first of two straight lines through log fluctuation over log scale; fluctuation is the root mean square, over windows of the running sum, of the range around a fitted line. 0 below 12 scales.':
    'ゆらぎ解析（範囲による）。両対数のゆらぎ―尺度の関係に2本の直線を当てはめたとき、1本目に入る尺度の割合。ゆらぎは、累積和の各窓で直線のまわりの範囲をとった二乗平均平方根。尺度が12未満なら0。',
  'Share of the scales in the first of two straight lines through log fluctuation over log scale; fluctuation is the root mean square residual around fitted lines in windows of the running sum of every second value. 0 below 12 scales.':
    'トレンド除去ゆらぎ解析（DFA）。両対数のゆらぎ―尺度の関係に2本の直線を当てはめたとき、1本目に入る尺度の割合。ゆらぎは、1つおきの値の累積和の各窓で、当てはめた直線からの残差の二乗平均平方根。尺度が12未満なら0。',
  'Angular frequency at which the running total of the periodogram passes half of it.':
    'ピリオドグラムの累積が全体の半分を超える角周波数（スペクトル重心）。',
  'Standard deviation (divisor less one) of z[t] − (z[t − 1] + z[t − 2] + z[t − 3]) / 3.':
    '直前3点の平均による予測誤差 z[t] − (z[t − 1] + z[t − 2] + z[t − 3]) / 3 の標準偏差（除数は個数 − 1）。',
  'Σ y / n.': '平均 Σ y / n。',
  '√(Σ (y − mean)² / (n − 1)).': '標準偏差 √(Σ (y − 平均)² / (n − 1))。',
};
