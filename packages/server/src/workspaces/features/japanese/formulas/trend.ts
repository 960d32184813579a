/** Of the sets `stl`, `drawdown` and `trend`. */
export const trend: Readonly<Record<string, string>> = {
  'y(t) itself.': 'y(t) そのもの（観測値）。',
  'Trend of the decomposition, gaps interpolated before.':
    'STL 分解のトレンド成分（欠損は事前に補間）。',
  'Seasonal part of the decomposition.': 'STL 分解の季節成分。',
  'observed − trend − seasonal.': 'STL 分解の残差 observed − trend − seasonal。',
  'Robustness weight: near 0 for outliers, 1 unless robust.':
    '頑健化の重み。外れ値では0に近い。robust でなければ1。',
  'Highest value up to t less y(t), ≥ 0.': 't までの最高値からの下落幅（ドローダウン、0以上）。',
  'drawdown / highest value up to t, where that is above 0.':
    't までの最高値に対する下落率 drawdown / 最高値（最高値が0より大きいとき）。',
  'Points since the highest value up to t (the latest of equal ones).':
    't までの最高値から経過した点数（同じ値なら最後のもの）。',
  'Largest drawdown up to t.': 't までの最大下落幅（最大ドローダウン）。',
  'y(t) less the lowest value up to t, ≥ 0.': 't までの最安値からの上昇幅（ドローアップ、0以上）。',
  'drawup / lowest value up to t, where that is above 0.':
    't までの最安値に対する上昇率 drawup / 最安値（最安値が0より大きいとき）。',
  'Points since the lowest value up to t (the latest of equal ones).':
    't までの最安値から経過した点数（同じ値なら最後のもの）。',
  'Largest drawup up to t.': 't までの最大上昇幅（最大ドローアップ）。',
  'max(0, 1 − Var(resid) / Var(trend + resid)) of STL.':
    'トレンドの強さ。STL による max(0, 1 − Var(残差) / Var(トレンド + 残差))。',
  'max(0, 1 − Var(resid) / Var(seasonal + resid)) of STL.':
    '季節性の強さ。STL による max(0, 1 − Var(残差) / Var(季節 + 残差))。',
  'Largest fall from any value to a later one, ≥ 0.':
    'ある値からその後の値への最大の下落幅（最大ドローダウン、0以上）。',
  'Largest rise from any value to a later one, ≥ 0.':
    'ある値からその後の値への最大の上昇幅（最大ドローアップ、0以上）。',
};
