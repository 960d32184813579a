/** Of the set `lottery`. */
export const lottery: Readonly<Record<string, string>> = {
  'Sum of the numbers of the draw.': 'その回の数字の合計。',
  'Largest number less the smallest.': 'その回の最大の数字と最小の数字の差。',
  'Odd numbers in the draw.': 'その回の奇数の個数。',
  'Even numbers in the draw.': 'その回の偶数の個数。',
  'Numbers above {m} in the draw.': 'その回の{m}より大きい数字の個数。',
  'Numbers below {m} in the draw.': 'その回の{m}より小さい数字の個数。',
  'Pairs of neighbouring numbers (n, n + 1) in the draw.':
    'その回に含まれる連番 (n, n + 1) の組の数。',
  'Numbers that were in the draw before as well.': '前回にも出た数字の個数（引っ張り）。',
  'Draws since y(t) came last before t, 1 for the draw before; missing when it never did.':
    'y(t) の数字が t より前に最後に出た回からの回数。前回なら1。一度も出ていなければ欠損。',
  'gap / (pool / numbers a draw): 1 is the average wait.':
    '出現間隔の平均に対する比 gap / (数字の総数 / 1回の個数)。1が平均的な間隔。',
  'Draws in a row up to t that had y(t).': 'y(t) の数字が t まで連続して出た回数。',
  'Mean gap of the numbers of the draw that came before.':
    'その回の数字のうち、過去に出たことがあるものの出現間隔の平均。',
  'Draws that the number missing longest has been missing, after the draw; of those that ever came.':
    'その回の時点で最も長く出ていない数字の、出ていない回数（一度でも出た数字のうち）。',
  'How often two numbers of the draw had come together before, mean over its pairs.':
    'その回の2個の組が過去に同時に出た回数の、全組の平均。',
  'The same of the pair that came together most often.':
    'その回の2個の組が過去に同時に出た回数の、最大値。',
  'How often three numbers of the draw had come together before, mean over its triples.':
    'その回の3個の組が過去に同時に出た回数の、全組の平均。',
  'The same of the triple that came together most often.':
    'その回の3個の組が過去に同時に出た回数の、最大値。',
  'Money carried over after the draw.': 'その回の後に繰り越された金額（キャリーオーバー）。',
  'Draws in a row up to t with money carried over.':
    'キャリーオーバーが t まで連続して発生した回数。',
  'Correlation of the money carried into a draw with the sum of its numbers, last {w} draws.':
    '前回から繰り越された金額と数字の合計との相関（直近{w}回）。',
  'Correlation of the prize of a draw with the sum of its numbers, last {w} draws.':
    '当せん金と数字の合計との相関（直近{w}回）。',
  'Draws that had y(t) among the last {w}, t included.':
    '直近{w}回（t を含む）のうち y(t) の数字が出た回数。',
  '1 where y(t) had come at least a standard deviation more often than chance in the {w} draws before, −1 where as much less often (cold), else 0.':
    '直前の{w}回で、y(t) の数字が偶然の期待値より標準偏差1つ分以上多く出ていれば1、同じだけ少なければ−1、それ以外は0。',
  'Hot numbers in the draw, by the {w} draws before.':
    'その回の数字のうち、直前の{w}回でよく出ていたものの個数。',
  'Cold numbers in the draw, by the {w} draws before.':
    'その回の数字のうち、直前の{w}回であまり出ていなかったものの個数。',
};
