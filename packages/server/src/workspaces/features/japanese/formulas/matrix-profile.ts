/** Of the sets `matrix-profile` and `motifs`. */
export const matrixProfile: Readonly<Record<string, string>> = {
  'z-normalised Euclidean distance from the {m} values that start here to the most alike {m} values that start more than ⌈m/4⌉ away; infinite without any, not defined at the last m − 1 values.':
    'マトリックスプロファイル。ここから始まる{m}点と、⌈m/4⌉ より離れて始まる最も似た{m}点との、z 正規化ユークリッド距離。相手がなければ∞。末尾の m − 1 点では定義しない。',
  'Where those values start, counted from 0; −1 without any.':
    '最も似た部分列の開始位置（0から数える）。相手がなければ−1。',
  'The same among windows that start earlier.':
    'より前に始まる部分列のうち、最も似たものの開始位置（0から数える）。相手がなければ−1。',
  'The same among windows that start later.':
    'より後に始まる部分列のうち、最も似たものの開始位置（0から数える）。相手がなければ−1。',
  'Distance from the {m} values that end here to the most alike {m} values before them.':
    'ここで終わる{m}点と、それより前の最も似た{m}点との z 正規化ユークリッド距離。',
  'Windows that start at most ⌈m/4⌉ apart are not compared.':
    '除外範囲。開始位置の差が ⌈m/4⌉ 以下の部分列どうしは比べない。',
  'Start, start of the neighbour and distance of the three nearest pairs of windows, each pair away from those before.':
    'モチーフ。最も似た部分列の組の上位3組の、開始位置・相手の開始位置・距離。各組はそれまでの組と重ならない。',
  'Start, start of the neighbour and distance of the three windows farthest from their neighbours, each away from those before.':
    'ディスコード。最も似た相手からの距離が大きい部分列の上位3つの、開始位置・相手の開始位置・距離。それぞれ、それまでのものと重ならない。',
  'Starts of the windows of up to three shapes that occur again, five windows each, −1 for none; distances below mean − 2 sd count.':
    '繰り返し現れる形（モチーフ）最大3つについて、それぞれ最大5つの部分列の開始位置。なければ−1。距離が 平均 − 2 × 標準偏差 を下回るものを一致とする。',
  'Their distances to the first window of the shape, missing for none.':
    '繰り返し現れる形（モチーフ）の各部分列と、その形の最初の部分列との距離。なければ欠損。',
  'Sum of the finite distances of the profile.': 'マトリックスプロファイルの有限な距離の合計。',
  'Smallest distance of the profile; not defined without any.':
    'マトリックスプロファイルの最小の距離。距離が1つもなければ定義しない。',
  'Largest finite distance of the profile; not defined without any.':
    'マトリックスプロファイルの有限な距離の最大値。1つもなければ定義しない。',
};
