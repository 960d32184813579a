import { InvalidInput, requireWhole } from '../../invalid-input.ts';
import { leastSquares } from '../../math/least-squares.ts';
import { averageModels } from '../average.ts';
import { createFittedModel, rootMeanSquare } from '../create-fitted-model.ts';
import { fitNaive } from '../naive.ts';
import { isConstant, type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { seasonalLags } from './lags.ts';

export interface AutoregressionOptions {
  /** Season lengths in samples, whole numbers ≥ 2; none for a series without a season. */
  readonly seasons: readonly number[];
  /** Lags to regress on, whole numbers ≥ 1; default: those of `seasonalLags`. */
  readonly lags?: readonly number[];
  /** Whether to learn from changes instead of levels. Default false. */
  readonly differenced?: boolean;
  /**
   * Whether to learn from logarithms, which needs positive values. `both` (default) is the average of a model of logarithms
   * and one of plain values, or the plain one alone where a value is not positive.
   */
  readonly logarithm?: boolean | 'both';
}

/** Share of each coefficient's weight that is drawn to zero: just enough to tell apart lags that say the same. */
const RIDGE = 1e-4;
/** A shock may not have grown beyond this many times its size; else the coefficients are damped. */
const LARGEST_RESPONSE = 1.5;
const DAMPING = 0.995;
const MOST_DAMPINGS = 400;
/** Steps over which the response to a shock is watched, at least. */
const FEWEST_RESPONSES = 200;

/**
 * Seasonal autoregression: the next value as a linear function of recent values and of those one and two seasons ago, for any
 * number of seasons at once. Longer horizons follow step by step.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first. One that is not finite counts as missing: it is filled in by the first
 *   season and its residual is `NaN`.
 * @returns a model with normal intervals, their deviation from the responses to a shock. Constant or too short series are
 *   repeated with a warning.
 * @throws InvalidInput (`seasons`, `lags`, `y`); (`logarithm`) when it is `true` and a value is not positive.
 *
 * Cost: O(n · k²) for k lags, about 0.5 ms for a thousand values and 15 lags.
 * Source: conditional least squares of an AR(p) with chosen lags (Box & Jenkins 1976, 7.3). Departures: a ridge of 1e-4 of the
 *   variance; where the response to a shock would grow beyond 1.5, coefficient k is multiplied by 0.995^k until it does not.
 */
export function fitAutoregression(y: Float64Array, options: AutoregressionOptions): FittedModel {
  const { seasons, differenced = false, logarithm = 'both' } = options;
  seasons.forEach((m, i) => {
    requireWhole(`seasons[${i}]`, m, 2);
  });
  const series = prepareSeries(y, seasons[0] ?? 1);
  const { values } = series;
  const positive = values.every((value) => value > 0);
  if (logarithm === true && !positive) {
    throw new InvalidInput('logarithm', 'needs values that are all positive');
  }
  const n = values.length - (differenced ? 1 : 0);
  const lags = options.lags ?? seasonalLags(n, seasons);
  lags.forEach((lag, i) => {
    requireWhole(`lags[${i}]`, lag, 1);
  });
  if (lags.length === 0 || isConstant(values) || n - Math.max(...lags) < lags.length + 2) {
    return repeated(y, values);
  }
  const fit = (log: boolean) => {
    const scaling = scalingOf(values, { log, differenced });
    const estimate = estimateLags(standardised(values, scaling), lags);
    return autoregressionModel(series, { scaling, lags, ...estimate }, []);
  };
  if (logarithm !== 'both') return fit(logarithm);
  return positive ? averageModels([fit(false), fit(true)], nameOf(lags, differenced)) : fit(false);
}

function repeated(y: Float64Array, values: Float64Array): FittedModel {
  const n = values.length;
  const note =
    n === 1
      ? warning('single-value', { value: values[0]! })
      : isConstant(values)
        ? warning('constant', { value: values[0]! })
        : warning('too-short-for-model', { n });
  const rename = (model: FittedModel): FittedModel => ({
    ...model,
    warnings: [...model.warnings, note],
    applyTo: (next) => rename(model.applyTo(next)),
  });
  return rename(fitNaive(y));
}

interface Scaling {
  readonly log: boolean;
  readonly differenced: boolean;
  readonly mean: number;
  readonly deviation: number;
}

interface Estimate {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

interface AutoregressionParts extends Estimate {
  readonly scaling: Scaling;
  readonly lags: readonly number[];
}

function nameOf(lags: readonly number[], differenced: boolean): string {
  return `${differenced ? 'Differenced autoregression' : 'Autoregression'} (${lags.length} lags)`;
}

function scalingOf(
  values: Float64Array,
  shape: { readonly log: boolean; readonly differenced: boolean },
): Scaling {
  const x = transformed(values, shape);
  let mean = 0;
  for (let t = 0; t < x.length; t++) mean += x[t]! / x.length;
  const deviation = rootMeanSquare(x.map((value) => value - mean));
  return { ...shape, mean, deviation: deviation > 0 ? deviation : 1 };
}

function transformed(
  values: Float64Array,
  { log, differenced }: { readonly log: boolean; readonly differenced: boolean },
): Float64Array {
  const x = log ? values.map(Math.log) : values;
  if (!differenced) return x;
  const changes = new Float64Array(x.length - 1);
  for (let t = 0; t < changes.length; t++) changes[t] = x[t + 1]! - x[t]!;
  return changes;
}

function standardised(values: Float64Array, scaling: Scaling): Float64Array {
  return transformed(values, scaling).map((value) => (value - scaling.mean) / scaling.deviation);
}

function estimateLags(z: Float64Array, lags: readonly number[]): Estimate {
  const k = lags.length;
  const longest = Math.max(...lags);
  const rows = z.length - longest;
  // The ridge is k more rows that say "this coefficient is zero".
  const weight = Math.sqrt(RIDGE * rows);
  const columns = lags.map((lag, i) => {
    const column = new Float64Array(rows + k);
    column.set(z.subarray(longest - lag, z.length - lag));
    column[rows + i] = weight;
    return column;
  });
  const target = new Float64Array(rows + k);
  target.set(z.subarray(longest));
  columns.push(new Float64Array(rows + k).fill(1, 0, rows));
  const solution = leastSquares(columns, target);
  const coefficients = solution.slice(0, k);
  dampExplosion(coefficients, lags);
  return { coefficients, intercept: solution[k]! };
}

/** Draws the roots inwards until a shock no longer explodes. */
function dampExplosion(coefficients: Float64Array, lags: readonly number[]): void {
  const horizon = Math.max(FEWEST_RESPONSES, 3 * Math.max(...lags));
  for (let round = 0; round < MOST_DAMPINGS; round++) {
    const response = shockResponse(coefficients, lags, horizon);
    if (response.every((value) => Math.abs(value) <= LARGEST_RESPONSE)) return;
    lags.forEach((lag, i) => {
      coefficients[i]! *= DAMPING ** lag;
    });
  }
  coefficients.fill(0);
}

/** What a shock of 1 at step 0 adds at steps 0 … h − 1. */
function shockResponse(coefficients: Float64Array, lags: readonly number[], h: number) {
  const response = new Float64Array(h);
  response[0] = 1;
  for (let t = 1; t < h; t++) {
    let sum = 0;
    for (let i = 0; i < lags.length && lags[i]! <= t; i++) {
      sum += coefficients[i]! * response[t - lags[i]!]!;
    }
    response[t] = sum;
  }
  return response;
}

function autoregressionModel(
  series: PreparedSeries,
  parts: AutoregressionParts,
  warnings: readonly SeriesWarning[],
): FittedModel {
  const { values } = series;
  const { scaling, lags, coefficients, intercept } = parts;
  const { log, differenced } = scaling;
  const longest = lags.at(-1)!;
  const n = values.length;
  const z = standardised(values, scaling);
  const next = (x: Float64Array, t: number) => {
    let sum = intercept;
    for (let i = 0; i < lags.length; i++) sum += coefficients[i]! * x[t - lags[i]!]!;
    return sum;
  };
  const back = (value: number) => (log ? Math.exp(value) : value);
  const fitted = new Float64Array(n).fill(Number.NaN);
  const errors = new Float64Array(z.length).fill(Number.NaN);
  for (let t = longest; t < z.length; t++) {
    const value = next(z, t);
    errors[t] = z[t]! - value;
    const unscaled = value * scaling.deviation + scaling.mean;
    if (!differenced) fitted[t] = back(unscaled);
    else fitted[t + 1] = log ? values[t]! * Math.exp(unscaled) : values[t]! + unscaled;
  }
  const sigma = scaling.deviation * rootMeanSquare(errors, z.length - longest - lags.length - 1);
  return createFittedModel({
    name: nameOf(lags, differenced),
    series,
    fitted,
    parameters: {
      ...Object.fromEntries(lags.map((lag, i) => [`lag${lag}`, coefficients[i]!])),
      intercept,
      sigma,
    },
    warnings,
    predict(h) {
      const start = Math.max(0, z.length - longest);
      const path = new Float64Array(z.length - start + h);
      path.set(z.subarray(start));
      const response = shockResponse(coefficients, lags, h);
      const mean = new Float64Array(h);
      const deviation = new Float64Array(h);
      const last = values[n - 1]!;
      let level = log ? Math.log(last) : last;
      let cumulated = 0;
      let variance = 0;
      for (let i = 0; i < h; i++) {
        const t = z.length - start + i;
        path[t] = next(path, t);
        const unscaled = path[t]! * scaling.deviation + scaling.mean;
        cumulated += response[i]!;
        variance += (differenced ? cumulated : response[i]!) ** 2;
        level = differenced ? level + unscaled : unscaled;
        mean[i] = back(level);
        deviation[i] = sigma * Math.sqrt(variance) * (log ? mean[i]! : 1);
      }
      return { mean, deviation };
    },
    applyTo(y) {
      const nextSeries = prepareSeries(y, series.m);
      const usable = !log || nextSeries.values.every((value) => value > 0);
      const longEnough = nextSeries.values.length > longest + (differenced ? 1 : 0);
      if (!usable || !longEnough) return fitNaive(y);
      return autoregressionModel(nextSeries, parts, warnings);
    },
  });
}
