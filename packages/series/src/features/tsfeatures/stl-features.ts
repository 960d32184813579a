import { decompositionStrength } from '../../stats/decomposition-strength.ts';
import { sampleVariance } from '../../stats/sample-variance.ts';
import { stl } from '../../transform/stl.ts';
import { createSharedSeries, type SharedSeries } from '../shared-series.ts';
import { autocorrelationAt, squaresUpTo } from './correlations.ts';
import { type Definition, sampleDeviation } from './definition.ts';

const SOURCE =
  'Cleveland et al. (1990), Journal of Official Statistics 6(1); Wang, Smith & Hyndman (2006), Data Min. Knowl. Discov. 13(3); Nixtla tsfeatures 0.4.5';
/** Seasons that the seasonal shape is smoothed over. */
const SEASON_WINDOW = 13;
/** Below these lengths the peer's decomposition turns the parabola, and the line, over. */
const SMALL = 17;
const TINY = 5;

/** What is read from a decomposition into trend, season and remainder, y = trend + seasonal + remainder. */
interface Summary {
  readonly trend: number;
  readonly spike: number;
  readonly linearity: number;
  readonly curvature: number;
  readonly e_acf1: number;
  readonly e_acf10: number;
  readonly seasonal_strength: number;
  readonly peak: number;
  readonly trough: number;
}

/** Features of the decomposition by loess; without a season they are not defined, as in the peer without its smoother. */
export function stlDefinitions(freq: number): readonly Definition[] {
  const of = (
    name: keyof Summary,
    formula: string,
    unit: string,
    /** To which power of the standard deviation the value is proportional. */
    power = 0,
  ): Definition => ({
    name,
    formula: `${formula} Of STL with season length freq, seasonal window 13; not defined where freq is 1 or for n < 2·freq.`,
    source: SOURCE,
    unit,
    cost: 'n·window',
    compute: (series) => summaryOf(series, freq)[name],
    // STL is linear, so that of the standardised series is the standardised one.
    scaled: (series) =>
      series.min === series.max
        ? Number.NaN
        : summaryOf(series, freq)[name] / sampleDeviation(series) ** power,
  });
  return [
    {
      name: 'nperiods',
      formula: '1 where freq > 1, else 0.',
      unit: '1',
      always: true,
      compute: () => Number(freq > 1),
      scaled: () => Number(freq > 1),
    },
    {
      name: 'seasonal_period',
      formula: 'The season length freq.',
      unit: 'samples',
      always: true,
      compute: () => freq,
      scaled: () => freq,
    },
    of('trend', '1 − var(remainder) / var(trend + remainder), within [0, 1].', '1'),
    of('spike', 'Variance of the variances of the remainder with one value left out.', 'y⁴', 4),
    of('linearity', 'Coefficient of the trend on the orthonormal line.', 'y', 1),
    of(
      'curvature',
      'Coefficient of the trend on the orthonormal parabola that opens upwards (downwards for n < 17).',
      'y',
      1,
    ),
    of('e_acf1', 'Autocorrelation of the remainder at lag 1.', '1'),
    of('e_acf10', 'Sum of its squared autocorrelations at lags 1 to 10; n > 10.', '1'),
    ...(freq > 1
      ? [
          of(
            'seasonal_strength',
            '1 − var(remainder) / var(seasonal + remainder), within [0, 1].',
            '1',
          ),
          of('peak', 'Place 1 … freq in the season of the largest seasonal value.', 'samples'),
          of('trough', 'Place 1 … freq in the season of the smallest seasonal value.', 'samples'),
        ]
      : []),
  ];
}

const UNDEFINED: Summary = {
  trend: Number.NaN,
  spike: Number.NaN,
  linearity: Number.NaN,
  curvature: Number.NaN,
  e_acf1: Number.NaN,
  e_acf10: Number.NaN,
  seasonal_strength: Number.NaN,
  peak: Number.NaN,
  trough: Number.NaN,
};

function summaryOf(series: SharedSeries, freq: number): Summary {
  if (freq === 1) return UNDEFINED;
  return series.once(`tsfeatures.stl ${freq}`, () => {
    if (series.n < 2 * freq) return UNDEFINED;
    const parts = stl(series.y, {
      m: freq,
      seasonWindow: SEASON_WINDOW,
      defaults: 'statsmodels',
    });
    const { trend, seasonal, remainder } = parts;
    const { n } = series;
    const shared = createSharedSeries(remainder);
    const strength = decompositionStrength(parts);
    return {
      ...bend(trend),
      trend: strength.trend,
      seasonal_strength: strength.season,
      spike: spike(shared),
      e_acf1: autocorrelationAt(shared, 1),
      e_acf10: n > 10 ? squaresUpTo(shared, 10) : Number.NaN,
      peak: (placeOfLargest(seasonal, 1) % freq) + 1,
      trough: (placeOfLargest(seasonal, -1) % freq) + 1,
    };
  });
}

function spike({ centred, variance, n }: SharedSeries): number {
  const without = new Float64Array(n);
  for (let t = 0; t < n; t++) without[t] = (variance * n - centred[t]! * centred[t]!) / (n - 2);
  return sampleVariance(without);
}

/** Coefficients on the orthonormal polynomials of degree 1 and 2 over 1 … n. */
function bend(trend: Float64Array): Pick<Summary, 'linearity' | 'curvature'> {
  const n = trend.length;
  const middle = (n - 1) / 2;
  const level = (n * n - 1) / 12;
  let [line, lineSquares, parabola, parabolaSquares] = [0, 0, 0, 0];
  for (let t = 0; t < n; t++) {
    const x = t - middle;
    const bow = x * x - level;
    line += x * trend[t]!;
    lineSquares += x * x;
    parabola += bow * trend[t]!;
    parabolaSquares += bow * bow;
  }
  return {
    linearity: (n < TINY ? -line : line) / Math.sqrt(lineSquares),
    curvature: (n < SMALL ? -parabola : parabola) / Math.sqrt(parabolaSquares),
  };
}

/** Of the first largest (1) or smallest (−1) value. */
function placeOfLargest(values: Float64Array, side: 1 | -1): number {
  let place = 0;
  for (let t = 1; t < values.length; t++) {
    if (side * values[t]! > side * values[place]!) place = t;
  }
  return place;
}
