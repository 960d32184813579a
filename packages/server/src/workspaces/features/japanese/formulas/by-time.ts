/** Of the sets `rolling`, `rolling-windows` and `lags`. */
export const byTime: Readonly<Record<string, string>> = {
  'Mean over the last {w} points, t included.': '直近{w}点（t を含む）の平均。',
  'Standard deviation with divisor n − 1 over the last {w} points, t included.':
    '直近{w}点（t を含む）の標準偏差（除数 n − 1）。',
  'Least value over the last {w} points, t included.': '直近{w}点（t を含む）の最小値。',
  'Largest value over the last {w} points, t included.': '直近{w}点（t を含む）の最大値。',
  'Median over the last {w} points, t included.': '直近{w}点（t を含む）の中央値。',
  '{p} % quantile, linear between neighbours, over the last {w} points, t included.':
    '直近{w}点（t を含む）の{p}％分位点（線形補間）。',
  'q75 − q25 over the last {w} points, t included.':
    '直近{w}点（t を含む）の四分位範囲 q75 − q25。',
  'y(t) less the mean over the last {w} points, t included.':
    'y(t) と直近{w}点（t を含む）の平均との差（平均からの偏差）。',
  '(y(t) − mean) / std over the last {w} points, t included.':
    '直近{w}点（t を含む）の平均と標準偏差による z スコア (y(t) − 平均) / 標準偏差。',
  'Bias-corrected skewness G₁ (0 of equal values) over the last {w} points, t included.':
    '直近{w}点（t を含む）の歪度 G₁（偏り補正済み。すべて等しい値なら0）。',
  'Bias-corrected excess kurtosis G₂ (−3 of equal values) over the last {w} points, t included.':
    '直近{w}点（t を含む）の超過尖度 G₂（偏り補正済み。すべて等しい値なら−3）。',
  'Correlation of y(t) with y(t − 1), all pairs complete, over the last {w} points, t included.':
    '直近{w}点（t を含む）での y(t) と y(t − 1) の相関（どの組にも欠損がないとき）。',
  'Mean of all values up to t.': 't までの全値の平均（拡大窓）。',
  'Standard deviation of all values up to t, divisor n − 1.':
    't までの全値の標準偏差（拡大窓、除数 n − 1）。',
  'Mean of all values up to t with weights (1 − {a})^i for the value i points ago; a missing point keeps it.':
    't までの全値の指数加重平均。i 点前の値の重みは (1 − {a})^i。欠損の点では前の値を保つ。',
  'Standard deviation of all values up to t with weights (1 − {a})^i for the value i points ago, unbiased: Σw(y − mean)² Σw / ((Σw)² − Σw²).':
    't までの全値の指数加重標準偏差。i 点前の値の重みは (1 − {a})^i。不偏分散 Σw(y − 平均)² Σw / ((Σw)² − Σw²) による。',
  'y(t − {lag}).': '{lag}点前の値 y(t − {lag})（ラグ）。',
  'y(t) − y(t − {lag}).': '{lag}点前との差分 y(t) − y(t − {lag})。',
  'y(t) / y(t − {lag}) − 1, a fraction; ±Infinity where y(t − {lag}) is 0.':
    '{lag}点前からの変化率 y(t) / y(t − {lag}) − 1（小数。百分率ではない）。y(t − {lag}) が0なら±∞。',
};
