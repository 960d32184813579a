/** Of the set `anomaly`. */
export const anomaly: Readonly<Record<string, string>> = {
  '(y(t) − mean) / standard deviation (divisor n − 1) of the {w} values before t.':
    't より前の{w}点に対する z スコア (y(t) − 平均) / 標準偏差（除数 n − 1）。',
  '(y(t) − mean) / standard deviation (divisor n − 1) of the whole series.':
    '系列全体に対する z スコア (y(t) − 平均) / 標準偏差（除数 n − 1）。',
  '1 where |zscore| > {limit}, else 0.': '|zscore| > {limit} なら1、それ以外は0。',
  'How far y(t) lies below q25 (negative) or above q75 of the {w} values before t, in units of q75 − q25; 0 between them.':
    't より前の{w}点の四分位点からのはみ出し。q25 を下回れば負、q75 を上回れば正で、四分位範囲 q75 − q25 を単位とする。その間なら0。',
  'How far y(t) lies below q25 (negative) or above q75 of the whole series, in units of q75 − q25; 0 between them.':
    '系列全体の四分位点からのはみ出し。q25 を下回れば負、q75 を上回れば正で、四分位範囲 q75 − q25 を単位とする。その間なら0。',
  '1 where |iqr_distance| > {limit}, else 0.': '|iqr_distance| > {limit} なら1、それ以外は0。',
  'Score of y(t) in an isolation forest of the whole series, in (0, 1]: about 0.5 is usual, near 1 unusual. Drawn at random from `seed`.':
    '系列全体のアイソレーションフォレストによる y(t) の異常スコア。範囲は (0, 1]、0.5前後なら普通、1に近いほど異常。乱数の種は `seed`。',
  'Score of y(t), y(t − 1) and y(t − 2) in an isolation forest of the whole series, in (0, 1]: about 0.5 is usual, near 1 unusual. Drawn at random from `seed`.':
    '系列全体のアイソレーションフォレストによる、3値の組 y(t)、y(t − 1)、y(t − 2) の異常スコア。範囲は (0, 1]、0.5前後なら普通、1に近いほど異常。乱数の種は `seed`。',
};
