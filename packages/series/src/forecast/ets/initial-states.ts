import { leastSquares } from '../../math/least-squares.ts';
import {
  classicalDecomposition,
  type SeasonType,
} from '../../transform/classical-decomposition.ts';
import type { EtsForm } from './form.ts';

/** Where the estimation of the initial states starts. */
export interface InitialStates {
  readonly level: number;
  /** 0 without a trend. */
  readonly slope: number;
  /** m values, season of time 0 first; empty without a season. Sum 0 (additive) or m (multiplicative). */
  readonly season: Float64Array;
}

/**
 * Rough initial states: seasonal indices from a decomposition (or one Fourier pair when there are fewer than three seasons),
 * then the mean, or the line, of the first adjusted values.
 *
 * @param span how many values; default max(10, 2m).
 *
 * Source: Hyndman, Koehler, Snyder & Grose (2002), section 3.3, with the Fourier pair of R forecast for short series.
 */
export function initialStates(
  y: Float64Array,
  form: EtsForm,
  m: number,
  span = Math.max(10, form.season === 'N' ? 2 : 2 * m),
): InitialStates {
  let season: Float64Array = new Float64Array(0);
  let adjusted = y;
  if (form.season !== 'N') {
    const type = form.season === 'M' ? 'multiplicative' : 'additive';
    season = y.length >= 3 * m ? decomposed(y, m, type) : fourierSeason(y, m, type);
    adjusted = y.map((value, t) => {
      const s = season[t % m]!;
      return type === 'multiplicative' ? value / s : value - s;
    });
  }
  const width = Math.min(span, y.length);
  const [level, slope] = line(adjusted.subarray(0, width));
  if (form.trend !== 'N') return { level, slope, season };
  // The mean of the stretch is the line at its middle.
  return { level: level + (slope * (width + 1)) / 2, slope: 0, season };
}

function decomposed(y: Float64Array, m: number, type: SeasonType): Float64Array {
  const { indices } = classicalDecomposition(y, m, type);
  return type === 'additive' ? indices : keepPositive(indices);
}

function fourierSeason(y: Float64Array, m: number, type: SeasonType): Float64Array {
  const n = y.length;
  const time = Float64Array.from({ length: n }, (_, t) => (t + 1) / n);
  const cos = Float64Array.from({ length: n }, (_, t) => Math.cos((2 * Math.PI * (t + 1)) / m));
  const sin = Float64Array.from({ length: n }, (_, t) => Math.sin((2 * Math.PI * (t + 1)) / m));
  const fit = leastSquares([new Float64Array(n).fill(1), time, cos, sin], y);
  const season = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const wave =
      fit[2]! * Math.cos((2 * Math.PI * (i + 1)) / m) +
      fit[3]! * Math.sin((2 * Math.PI * (i + 1)) / m);
    season[i] = type === 'additive' ? wave : 1 + wave / (fit[0]! + fit[1]! / 2);
  }
  if (type === 'multiplicative') return keepPositive(season);
  let mean = 0;
  for (let i = 0; i < m; i++) mean += season[i]! / m;
  return season.map((value) => value - mean);
}

function keepPositive(indices: Float64Array): Float64Array {
  const m = indices.length;
  const positive = indices.map((index) => Math.max(index, 0.01));
  let sum = 0;
  for (let i = 0; i < m; i++) sum += positive[i]!;
  return positive.map((index) => (index * m) / sum);
}

/** Intercept (at time 0, one step before the first value) and slope of the least-squares line. */
function line(values: Float64Array): [level: number, slope: number] {
  const n = values.length;
  const middle = (n + 1) / 2;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += values[t]! / n;
  let covariance = 0;
  let variance = 0;
  for (let t = 0; t < n; t++) {
    covariance += (t + 1 - middle) * (values[t]! - mean);
    variance += (t + 1 - middle) ** 2;
  }
  const slope = variance === 0 ? 0 : covariance / variance;
  return [mean - slope * middle, slope];
}
