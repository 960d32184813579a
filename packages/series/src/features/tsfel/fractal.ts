import { slopeAndLevel } from '../../math/line.ts';
import type { SummaryFeature } from '../feature.ts';
import type { SharedSeries } from '../shared-series.ts';
import { type Domain, entry } from './entry.ts';
import { multiscaleEntropy } from './multiscale-entropy.ts';

const domain: Domain = 'fractal';
/** Below this length the peer leaves all but Petrosian's dimension undefined. */
const LEAST_LENGTH = 160;
const SMALLEST_WINDOW = 4;
/** A fluctuation curve that rises by less than this over five steps has reached its plateau. */
const PLATEAU_RISE = 0.1;
const PLATEAU_STEPS = 5;

/** Fractal dimensions, long memory and entropy over scales. */
export function fractalFeatures(): readonly SummaryFeature[] {
  const long = (
    name: string,
    formula: string,
    source: string,
    compute: (series: SharedSeries) => number,
  ) =>
    entry(domain, name, { formula, unit: '1', cost: 'n²', source }, (series) =>
      series.n < LEAST_LENGTH || series.min === series.max ? Number.NaN : compute(series),
    );
  return [
    long(
      'Detrended fluctuation analysis',
      'Slope of ln F(w) on ln w, F being the root mean square of the cumulated deviations around a line in each window of w = 4 … n/10 values, up to a plateau above the mean of ln F; n ≥ 160',
      'Peng et al. (1994), Physical Review E 49(2); TSFEL 0.2.0 documentation',
      fluctuationExponent,
    ),
    long(
      'Higuchi fractal dimension',
      'Slope of ln L(k) on ln(1/k), k = 1 … n/10 − 1, L being the curve length at steps of k; n ≥ 160',
      'Higuchi (1988), Physica D 31(2); TSFEL 0.2.0 documentation',
      (series) => higuchiLine(series).slope,
    ),
    long(
      'Hurst exponent',
      'Slope of log₁₀(R/S) on log₁₀ w, R/S being the mean rescaled range in windows of w = 4 … n/10 values; n ≥ 160',
      'Mandelbrot & Wallis (1969), Water Resources Research 5(5); TSFEL 0.2.0 documentation',
      hurstExponent,
    ),
    long(
      'Maximum fractal length',
      'Level at k = 1 of the line of log₁₀ L(k) on log₁₀(1/k), L as in the Higuchi fractal dimension; n ≥ 160',
      'Arjunan & Kumar (2010), J. NeuroEng. Rehabil. 7:53; TSFEL 0.2.0 documentation',
      (series) => higuchiLine(series).level / Math.LN10,
    ),
    entry(
      domain,
      'Petrosian fractal dimension',
      {
        formula:
          'log₁₀ n / (log₁₀ n + log₁₀(n / (n + 0.4·changes of the sign −1, 0, 1 of the differences)))',
        unit: '1',
        source: 'Petrosian (1995), IEEE Symp. Computer-Based Medical Systems',
      },
      petrosianDimension,
    ),
    long(
      'Multiscale entropy',
      'Area (trapezoids) under the sample entropies (m = 3, tolerance 0.2·sd of the series) of the means over 1 … n/13 values, divided by how many are finite; n ≥ 160',
      'Costa, Goldberger & Peng (2002), Physical Review Letters 89(6); TSFEL 0.2.0 documentation',
      multiscaleEntropy,
    ),
  ];
}

function fluctuationExponent({ centred, n }: SharedSeries): number {
  const path = new Float64Array(n);
  let sum = 0;
  for (let t = 0; t < n; t++) {
    sum += centred[t]!;
    path[t] = sum;
  }
  const widest = Math.floor(n / 10);
  const logWindow: number[] = [];
  const logFluctuation: number[] = [];
  for (let window = SMALLEST_WINDOW; window <= widest; window++) {
    logWindow.push(Math.log(window));
    logFluctuation.push(Math.log(fluctuation(path, window)));
  }
  const end = plateauStart(logFluctuation);
  return slopeAndLevel(logWindow.slice(0, end), logFluctuation.slice(0, end)).slope;
}

/** Root mean square of the distances from the least-squares line in each whole window. */
function fluctuation(path: Float64Array, window: number): number {
  const middle = (window - 1) / 2;
  const spread = (window * (window * window - 1)) / 12;
  const count = Math.floor(path.length / window);
  let squares = 0;
  for (let from = 0; from < count * window; from += window) {
    let level = 0;
    let tilt = 0;
    for (let i = 0; i < window; i++) {
      level += path[from + i]!;
      tilt += (i - middle) * path[from + i]!;
    }
    level /= window;
    tilt /= spread;
    for (let i = 0; i < window; i++) {
      squares += (path[from + i]! - level - tilt * (i - middle)) ** 2;
    }
  }
  return Math.sqrt(squares / (count * window));
}

function plateauStart(values: readonly number[]): number {
  const mean = (from: number, to: number) =>
    values.slice(from, to).reduce((a, b) => a + b, 0) / (to - from);
  let flat = 0;
  for (let i = 1; i < values.length; i++) {
    flat = Math.abs(values[i]! - values[i - 1]!) < PLATEAU_RISE ? flat + 1 : 0;
    const from = i - PLATEAU_STEPS;
    if (flat >= PLATEAU_STEPS && mean(from, i) > mean(0, values.length)) return from;
  }
  return values.length;
}

function hurstExponent({ y, n }: SharedSeries): number {
  const logWindow: number[] = [];
  const logRange: number[] = [];
  for (let window = SMALLEST_WINDOW; window <= Math.floor(n / 10); window++) {
    const range = meanRescaledRange(y, window);
    if (!Number.isFinite(range)) continue;
    logWindow.push(Math.log(window));
    logRange.push(Math.log(range));
  }
  return slopeAndLevel(logWindow, logRange).slope;
}

/** Mean over whole windows of the range of cumulated deviations over the standard deviation; NaN if one is constant. */
function meanRescaledRange(y: Float64Array, window: number): number {
  const count = Math.floor(y.length / window);
  let total = 0;
  for (let from = 0; from < count * window; from += window) {
    let mean = 0;
    for (let i = from; i < from + window; i++) mean += y[i]!;
    mean /= window;
    let path = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let squares = 0;
    for (let i = from; i < from + window; i++) {
      const deviation = y[i]! - mean;
      path += deviation;
      if (path < low) low = path;
      if (path > high) high = path;
      squares += deviation * deviation;
    }
    total += (high - low) / Math.sqrt(squares / window);
  }
  return total / count;
}

function higuchiLine(series: SharedSeries): { readonly slope: number; readonly level: number } {
  return series.once('tsfel.higuchi', () => {
    const logInverse: number[] = [];
    const logLength: number[] = [];
    for (let k = 1; k < Math.floor(series.n / 10); k++) {
      logInverse.push(-Math.log(k));
      logLength.push(Math.log(curveLength(series.y, k)));
    }
    return slopeAndLevel(logInverse, logLength);
  });
}

/** Mean over the k starting points of the curve length at steps of k, normalised to the whole series. */
function curveLength(y: Float64Array, k: number): number {
  const n = y.length;
  let total = 0;
  for (let start = 0; start < k; start++) {
    const steps = Math.floor((n - start - 1) / k);
    let length = 0;
    for (let t = start + k; t < n; t += k) length += Math.abs(y[t]! - y[t - k]!);
    total += (length * (n - 1)) / (steps * k * k);
  }
  return total / k;
}

function petrosianDimension({ differences, n }: SharedSeries): number {
  let changes = 0;
  for (let t = 1; t < differences.length; t++) {
    if (Math.sign(differences[t - 1]!) !== Math.sign(differences[t]!)) changes++;
  }
  const log = Math.log10(n);
  return log / (log + Math.log10(n / (n + 0.4 * changes)));
}
