/** Of the set `antropy`. */
export const antropy: Readonly<Record<string, string>> = {
  'Entropy of the shares of the orders in which {m} values {delay} apart stand; of equal values the earlier counts as the smaller.':
    '順列エントロピー。間隔{delay}の{m}個の値の大小順序の出現割合のエントロピー。等しい値は先のものを小さいとみなす。',
  'Entropy of the shares of the orders in which {m} values {delay} apart stand; of equal values the earlier counts as the smaller. Divided by log₂ {m}!.':
    '正規化した順列エントロピー。間隔{delay}の{m}個の値の大小順序の出現割合のエントロピーを log₂ {m}! で割ったもの。等しい値は先のものを小さいとみなす。',
  'Entropy of the shares of the power at each frequency of the periodogram, over log₂ of their number; the same for every sampling frequency.':
    'スペクトルエントロピー。ピリオドグラムの各周波数のパワー比のエントロピーを、周波数の数の log₂ で割ったもの。サンプリング周波数によらない。',
  "Entropy of the shares of the power at each frequency of Welch's density (segments of {w} values, half overlapping, Hann window), over log₂ of their number.":
    'スペクトルエントロピー。ウェルチ法のパワースペクトル密度（{w}点の区間を半分ずつ重ね、ハン窓）の各周波数のパワー比のエントロピーを、周波数の数の log₂ で割ったもの。',
  'Entropy of the shares of the singular values of the matrix whose rows are {m} values {delay} apart.':
    '特異値分解エントロピー。間隔{delay}の{m}個の値を行とする行列の、特異値の割合のエントロピー。',
  'Entropy of the shares of the singular values of the matrix whose rows are {m} values {delay} apart, over log₂ {m}.':
    '正規化した特異値分解エントロピー。間隔{delay}の{m}個の値を行とする行列の、特異値の割合のエントロピーを log₂ {m} で割ったもの。',
  'Mean logarithm of the share of stretches of {m} values that differ by at most {r} standard deviations from each stretch (itself included), less the same for one value more.':
    '近似エントロピー。各{m}点の部分列について、標準偏差の{r}倍以内で一致する部分列（自分自身を含む）の割合の対数を平均し、1点長い場合のそれを引いたもの。',
  '−log of the share of pairs of stretches within {r} standard deviations for {m} values that are so for one more; below 5,000 values a difference equal to the tolerance is none, as in the peer. Infinite where no pair is.':
    '標本エントロピー。{m}点にわたり標準偏差の{r}倍以内で一致する部分列の組のうち、次の1点でも一致する割合の −log。5,000点未満では、許容幅ちょうどの差を一致とみなさない（元のライブラリと同じ）。該当する組がなければ∞。',
  'Number of phrases when the series, as 1 above the mean and 0 elsewhere, is cut into the shortest strings not seen before.':
    'レンペル・ジブ複雑性。平均を上回れば1、それ以外は0とした列を、まだ現れていない最短の語に区切ったときの語の数。',
  'lziv_complexity_gt_mean · log₂ n / n.':
    '正規化したレンペル・ジブ複雑性 lziv_complexity_gt_mean · log₂ n / n。',
  'How often neighbouring values have different signs; 0 counts as positive.':
    'ゼロ交差の回数。隣り合う値の符号が異なる回数で、0は正とみなす。',
  'How often neighbouring values lie on different sides of the mean.':
    '平均交差の回数。隣り合う値が平均をはさむ回数。',
  '√(variance of the differences / variance of the values).':
    'ヨルトの移動度 √(差分の分散 / 値の分散)。',
  'Mobility of the differences over mobility of the values.':
    'ヨルトの複雑度。差分の移動度を値の移動度で割った比。',
  'log n / (log n + log(n / (n + 0.4 c))), c how often the differences change their sign.':
    'ペトロシアンのフラクタル次元 log n / (log n + log(n / (n + 0.4 c)))。c は差分の符号が変わる回数。',
  'log(L / a) / log(d / a): L the sum and a the mean of the absolute differences, d the largest distance from the first value.':
    'カッツのフラクタル次元 log(L / a) / log(d / a)。L は差分の絶対値の和、a はその平均、d は最初の値からの最大の距離。',
  'Slope of the logarithm of the mean curve length at spacings k = 1 … {k} over log(1/k); the last step of each curve is left out, as in the peer.':
    '樋口のフラクタル次元。間隔 k = 1～{k} での曲線の平均の長さの対数の、log(1/k) に対する傾き。各曲線の最後の1区間は含めない（元のライブラリと同じ）。',
  'Slope of log fluctuation over log scale, scales 4 · 1.2^i up to n / 10; fluctuation is the root mean square of the running sum less a line in each window.':
    'トレンド除去ゆらぎ解析（DFA）。log(ゆらぎ) の log(尺度) に対する傾き。尺度は 4 · 1.2^i（n / 10 まで）、ゆらぎは累積和から窓ごとに直線を除いた残差の二乗平均平方根。',
};
