/** Units that are words; the others (`y²`, `Hz`, `1`) are the same in every language. */
const units: Readonly<Record<string, string>> = {
  samples: '点',
  days: '日',
  draws: '回',
  money: '金額',
  'sd of y': 'y の標準偏差',
  nats: 'ナット',
  bits: 'ビット',
  'radians/sample': 'ラジアン/点',
  phrases: '語',
  crossings: '回',
  '1/sample': '1/点',
  'y/sample': 'y/点',
  'samples, samples, 1': '点、点、1',
  'y, or 1 when normalised': 'y（normalize なら1）',
  'y for coeff 0, else 1': 'coeff 0は y、ほかは1',
  'unit of f_agg': 'f_agg の単位',
  'y, or degrees for the angle': 'y（偏角は度）',
  'frequencies, squared for the variance, 1 for skew and kurtosis':
    '周波数（分散はその2乗、歪度と尖度は1）',
  'y to the power 1 − (m − coeff)': 'y の 1 − (m − coeff) 乗',
  'y for intercept, y per sample for slope and stderr, else 1':
    'intercept は y、slope と stderr は y/点、ほかは1',
  'unit of f_agg for intercept, the same per chunk for slope and stderr, else 1':
    'intercept は f_agg の単位、slope と stderr は1区間あたりのそれ、ほかは1',
};

/** A unit of the library in Japanese. */
export function japaneseUnit(english: string): string {
  return units[english] ?? english;
}
