/** Of the set `tsfel`. */
export const tsfel: Readonly<Record<string, string>> = {
  'Mean power density at 32 frequencies over segments of 62 values that overlap by 7, each less its mean and under a Tukey window (0.25)':
    'スペクトログラムの平均。62点の区間を7点ずつ重ね、区間ごとに平均を除いてテューキー窓（0.25）を掛けた、32個の周波数での平均パワー密度',
  'Frequencies of the values of Spectrogram mean coefficient':
    'Spectrogram mean coefficient の各値の周波数',
  '|inverse transform of ln |A|²| where A is the transform of the 12 linear prediction coefficients (Yule and Walker, autocorrelation in single precision, no mean taken off)':
    '線形予測ケプストラム係数（LPCC）。12個の線形予測係数（ユール・ウォーカー法、自己相関は単精度、平均は除かない）の変換を A としたときの |ln |A|² の逆変換|',
  'Discrete cosine transform 1 … 12 of the decibels of 40 triangular mel bands over the first 512 values of y[t] − 0.97·y[t−1], less their mean, lifted by 1 + 11·sin(πk/22)':
    'メル周波数ケプストラム係数（MFCC）。y[t] − 0.97·y[t−1] の先頭512点での40個の三角メル帯域のデシベル値の離散コサイン変換の1～12次から平均を引き、1 + 11·sin(πk/22) でリフタリングしたもの',
  'Frequency of the first peak (a flat one by its middle) of the spectrum of y − mean that reaches 0.3 of the highest; 0 if none':
    '基本周波数。y − 平均 のスペクトルで、最大値の0.3倍に達する最初のピーク（平らなら中央）の周波数。なければ0',
  'Share of the energy between the frequencies nearest to 0.6 and 2.5 Hz':
    '0.6 Hz と2.5 Hz に最も近い周波数の間のエネルギーの割合（人の動作の帯域）',
  'Largest power density of y / sd under one Hann window over the whole series':
    '系列全体に1つのハン窓を掛けた y / 標準偏差 のパワー密度の最大値',
  'First frequency at which the running sum of magnitudes exceeds 0.95 of their sum':
    '振幅スペクトルの累積和が全体の0.95倍を超える最初の周波数（最大周波数）',
  'First frequency at which the running sum of magnitudes exceeds half of their sum':
    '振幅スペクトルの累積和が全体の半分を超える最初の周波数（周波数の中央値）',
  'Distance of the frequencies up to which, from either end, 0.95 of the power density of y / sd lies':
    'パワー帯域幅。y / 標準偏差 のパワー密度を両端からそれぞれ累積し、0.95倍に達する2つの周波数の差',
  'Mean frequency weighted by magnitude': 'スペクトル重心（振幅で重み付けした周波数の平均）',
  'Σ (a[k] − a[0]) / k divided by Σ a[k] over k ≥ 1':
    'スペクトル減少率。k ≥ 1 での Σ (a[k] − a[0]) / k を Σ a[k] で割ったもの',
  'Σ of the straight line from 0 to the sum of magnitudes, less their running sum':
    'スペクトル距離。0から振幅の総和までの直線と、振幅の累積和との差の合計',
  'Entropy of the shares of power of y − mean, divided by log₂ of how many are not 0':
    'スペクトルエントロピー。y − 平均 のパワー比のエントロピーを、0でないものの個数の log₂ で割ったもの',
  'Fourth moment of the frequency, weighted by magnitude, divided by spread⁴':
    'スペクトル尖度。振幅で重み付けした周波数の4次モーメントをスペクトル幅の4乗で割ったもの',
  'Number of strict local maxima of the magnitudes': '振幅スペクトルの極大の数',
  'First frequency at which the running sum of magnitudes reaches {p} of their sum':
    '振幅スペクトルの累積和が全体の{p}倍に達する最初の周波数',
  'Third moment of the frequency, weighted by magnitude, divided by spread³':
    'スペクトル歪度。振幅で重み付けした周波数の3次モーメントをスペクトル幅の3乗で割ったもの',
  'Slope of the least-squares line of the magnitudes, divided by their sum, on frequency':
    'スペクトルの傾き。総和で割った振幅の、周波数に対する回帰直線の傾き',
  'Standard deviation of the frequency weighted by magnitude':
    'スペクトル幅（振幅で重み付けした周波数の標準偏差）',
  '1 − correlation (not centred) of the magnitudes with their neighbours; 1 where one side is 0':
    'スペクトル変動。1 −（振幅と隣の振幅の、中心化しない相関）。一方が0なら1',
  'Absolute value of the mean coefficient at each scale 1 … {k}':
    'ウェーブレット係数の平均の絶対値（尺度1～{k}ごと）',
  'Frequencies of the values of Wavelet absolute mean, 0.25·fs / scale':
    'Wavelet absolute mean の各値の周波数 0.25·fs / 尺度',
  'Root of the mean squared coefficient at each scale 1 … {k}':
    'ウェーブレットエネルギー。係数の二乗平均の平方根（尺度1～{k}ごと）',
  'Frequencies of the values of Wavelet energy, 0.25·fs / scale':
    'Wavelet energy の各値の周波数 0.25·fs / 尺度',
  '−Σ p·ln p over the shares p of the scales 1 … {k} in the sum of absolute coefficients; 0 where the values add up to 0':
    'ウェーブレットエントロピー −Σ p·ln p。p は係数の絶対値の和に占める尺度1～{k}それぞれの割合。値の合計が0なら0',
  'Standard deviation (divisor n) of the coefficients at each scale 1 … {k}':
    'ウェーブレット係数の標準偏差（除数 n、尺度1～{k}ごと）',
  'Frequencies of the values of Wavelet standard deviation, 0.25·fs / scale':
    'Wavelet standard deviation の各値の周波数 0.25·fs / 尺度',
  'Variance (divisor n) of the coefficients at each scale 1 … {k}':
    'ウェーブレット係数の分散（除数 n、尺度1～{k}ごと）',
  'Frequencies of the values of Wavelet variance, 0.25·fs / scale':
    'Wavelet variance の各値の周波数 0.25·fs / 尺度',
  'Σ y²': '絶対エネルギー（二乗和）Σ y²',
  'fs·Σ y² / (n − 1)': '平均パワー fs·Σ y² / (n − 1)',
  'The first 10 values (t + 1) / n of the empirical distribution function':
    '経験分布関数の値 (t + 1) / n の最初の10個',
  'Largest value whose rank is at most 0.2·n (0.8·n). As with the peer: the first value, where the differences add up to 0':
    '経験分布の20％点（80％点）。順位が0.2·n（0.8·n）以下の最大の値。差分の合計が0なら最初の値（元のライブラリと同じ）',
  'How many values have a rank of at most 0.2·n (0.8·n). As with the peer: the first value, where the differences add up to 0':
    '順位が0.2·n（0.8·n）以下の値の個数。差分の合計が0なら最初の値（元のライブラリと同じ）',
  '−Σ p·log₂ p / log₂ n over the shares p of the distinct values; 0 for n = 2':
    '異なる値の割合 p のエントロピー −Σ p·log₂ p / log₂ n。n = 2なら0',
  'Centre of the first fullest of 10 equal bins between min and max':
    '最小値から最大値までを10等分したヒストグラムで最も度数の多い階級（最初のもの）の中心（最頻値）',
  'Quantile 0.75 − quantile 0.25 (linear)': '四分位範囲 0.75分位点 − 0.25分位点（線形補間）',
  'm₄/m₂² − 3 with moments divided by n; undefined for a constant series':
    '超過尖度 m₄/m₂² − 3（モーメントの除数は n）。一定の系列では定義しない',
  'Largest value': '最大値',
  'Σ y / n': '平均 Σ y / n',
  'Mean of |y − mean|': '平均絶対偏差 |y − 平均| の平均',
  'Middle value': '中央値',
  'Median of |y − median|': '中央絶対偏差 |y − 中央値| の中央値',
  'Smallest value': '最小値',
  'max − min': '範囲 最大値 − 最小値',
  '√(Σ y² / n)': '二乗平均平方根（RMS）√(Σ y² / n)',
  'm₃/m₂^1.5 with moments divided by n; undefined for a constant series':
    '歪度 m₃/m₂^1.5（モーメントの除数は n）。一定の系列では定義しない',
  '√variance': '標準偏差 √分散',
  'Σ (y − mean)² / n': '分散 Σ (y − 平均)² / n',
  'Σ |y[t] + y[t+1]| / (2·fs)': '曲線下の面積 Σ |y[t] + y[t+1]| / (2·fs)',
  'First lag, up to n/3, at which the autocorrelation (lag sums divided by n − lag) is below 1/e; 1 for a constant series':
    '自己相関（除数 n − ラグ）が初めて 1/e を下回るラグ（n/3 まで）。一定の系列では1',
  'Σ t·y² / Σ y² with t in seconds; 0 without energy':
    '時間重心 Σ t·y² / Σ y²（t は秒）。エネルギーがなければ0',
  'Number of phrases (LZ78) of the series as bits y > mean, divided by n':
    'レンペル・ジブ複雑性。y > 平均 を1とする2値列の LZ78 の語の数を n で割ったもの',
  'Mean of |y[t+1] − y[t]|': '差分の絶対値 |y[t+1] − y[t]| の平均',
  '(y[n−1] − y[0]) / (n − 1)': '差分の平均 (y[n−1] − y[0]) / (n − 1)',
  'Median of |y[t+1] − y[t]|': '差分の絶対値 |y[t+1] − y[t]| の中央値',
  'Median of y[t+1] − y[t]': '差分 y[t+1] − y[t] の中央値',
  'Number of strict local minima': '極小の数',
  'Number of values larger than each of the 10 before and the 10 after':
    '前後それぞれ10点のすべてより大きい値の個数（ピークの数）',
  'Number of strict local maxima': '極大の数',
  'Σ √(1 + (y[t+1] − y[t])²), the length of the curve': '曲線の長さ Σ √(1 + (y[t+1] − y[t])²)',
  'Slope of the least-squares line of y on t in samples':
    'y の時点 t（点数）に対する回帰直線の傾き',
  'Σ |y[t+1] − y[t]|': '差分の絶対値の和 Σ |y[t+1] − y[t]|',
  'Number of changes of the sign −1, 0, 1 from one value to the next':
    'ゼロ交差の回数（隣り合う値の間で符号−1、0、1が変わる回数）',
  'Slope of ln F(w) on ln w, F being the root mean square of the cumulated deviations around a line in each window of w = 4 … n/10 values, up to a plateau above the mean of ln F; n ≥ 160':
    'トレンド除去ゆらぎ解析（DFA）。ln F(w) の ln w に対する傾き。F は、平均からの偏差の累積和から w = 4～n/10 点の窓ごとに直線を除いた残差の二乗平均平方根。ln F の平均より上で平らになる所まで使う。n ≥ 160',
  'Slope of ln L(k) on ln(1/k), k = 1 … n/10 − 1, L being the curve length at steps of k; n ≥ 160':
    '樋口のフラクタル次元。ln L(k) の ln(1/k) に対する傾き（k = 1～n/10 − 1）。L は k 点おきの曲線の長さ。n ≥ 160',
  'Slope of log₁₀(R/S) on log₁₀ w, R/S being the mean rescaled range in windows of w = 4 … n/10 values; n ≥ 160':
    'ハースト指数。log₁₀(R/S) の log₁₀ w に対する傾き。R/S は w = 4～n/10 点の窓でのリスケールドレンジの平均。n ≥ 160',
  'Level at k = 1 of the line of log₁₀ L(k) on log₁₀(1/k), L as in the Higuchi fractal dimension; n ≥ 160':
    '最大フラクタル長。log₁₀ L(k) の log₁₀(1/k) に対する回帰直線の k = 1 での値。L は樋口のフラクタル次元と同じ。n ≥ 160',
  'log₁₀ n / (log₁₀ n + log₁₀(n / (n + 0.4·changes of the sign −1, 0, 1 of the differences)))':
    'ペトロシアンのフラクタル次元 log₁₀ n / (log₁₀ n + log₁₀(n / (n + 0.4 c)))。c は差分の符号−1、0、1が変わる回数',
  'Area (trapezoids) under the sample entropies (m = 3, tolerance 0.2·sd of the series) of the means over 1 … n/13 values, divided by how many are finite; n ≥ 160':
    'マルチスケールエントロピー。1～n/13 点ごとの平均の標本エントロピー（m = 3、許容幅は系列の標準偏差の0.2倍）の曲線下の面積（台形則）を、有限なものの個数で割ったもの。n ≥ 160',
};
