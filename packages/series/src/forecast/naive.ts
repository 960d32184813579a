import {
  createFittedModel,
  type FollowerParts,
  type Prediction,
  rootMeanSquare,
} from './create-fitted-model.ts';
import { type PreparedSeries, prepareSeries } from './prepared-series.ts';
import type { FittedModel } from './types.ts';
import { warning } from './warnings.ts';

/**
 * Naive forecast: the last value, repeated.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first; one that is not finite counts as missing and is filled in.
 * @returns a model whose errors are those of a random walk: deviation σ√i at step i, σ from the past one-step errors.
 * @throws InvalidInput (`y`) when no value is finite.
 *
 * Cost: O(n). Compare: R forecast 8.20 `naive()`, forecasts and intervals equal to rounding.
 */
export function fitNaive(y: Float64Array): FittedModel {
  return seasonalNaiveOf(prepareSeries(y, 1), 'Naive');
}

/**
 * Seasonal naive forecast: the last season, repeated. The yardstick that every other model has to beat.
 *
 * @param y n ≥ 1 values, oldest first; one that is not finite counts as missing and is filled in by season.
 * @param options.m season length in samples, whole number ≥ 1; 1 is the naive forecast. With n < m there is no season to
 *   repeat: the last value is repeated instead, with the warning `too-short-for-season`.
 * @throws InvalidInput (`y`, `m`).
 *
 * Cost: O(n). Compare: R forecast 8.20 `snaive()`, forecasts and intervals equal to rounding for n ≥ m.
 */
export function fitSeasonalNaive(y: Float64Array, options: { readonly m: number }): FittedModel {
  return seasonalNaiveOf(prepareSeries(y, options.m), 'Seasonal naive');
}

function seasonalNaiveOf(series: PreparedSeries, name: string): FittedModel {
  const { values } = series;
  const n = values.length;
  const tooShort = n < series.m;
  const m = tooShort ? 1 : series.m;
  const fitted = new Float64Array(n).fill(Number.NaN);
  const errors = new Float64Array(n).fill(Number.NaN);
  for (let t = m; t < n; t++) {
    fitted[t] = values[t - m]!;
    errors[t] = values[t]! - values[t - m]!;
  }
  const sigma = rootMeanSquare(errors);
  return createFittedModel({
    name,
    series,
    fitted,
    parameters: { sigma },
    warnings: tooShort ? [warning('too-short-for-season', { n, m: series.m })] : [],
    predict(h) {
      const mean = new Float64Array(h);
      const deviation = new Float64Array(h);
      for (let i = 0; i < h; i++) {
        mean[i] = values[n - m + (i % m)]!;
        deviation[i] = sigma * Math.sqrt(Math.floor(i / m) + 1);
      }
      return { mean, deviation };
    },
    applyTo: (next) => seasonalNaiveOf(prepareSeries(next, series.m), name),
    follow: () => followSeason(series),
  });
}

function followSeason({ values, m: season }: PreparedSeries): FollowerParts {
  // Element t % season is the value at time t.
  const recent = new Float64Array(season);
  let n = 0;
  let squares = 0;
  let errors = 0;
  const lag = () => (n < season ? 1 : season);
  const at = (t: number) => recent[t % season]!;
  const parts: FollowerParts = {
    expected: () => at(n - lag()),
    update(value, seen) {
      if (n >= lag() && seen) {
        squares += (value - at(n - lag())) ** 2;
        errors++;
      }
      recent[n % season] = value;
      n++;
      // With the first whole season its errors begin anew.
      if (n === season) squares = errors = 0;
    },
    predict(h) {
      const mean = new Float64Array(h);
      const deviation = new Float64Array(h);
      const sigma = errors === 0 ? 0 : Math.sqrt(squares / errors);
      for (let i = 0; i < h; i++) {
        mean[i] = at(n - lag() + (i % lag()));
        deviation[i] = sigma * Math.sqrt(Math.floor(i / lag()) + 1);
      }
      return { mean, deviation };
    },
  };
  for (let t = 0; t < values.length; t++) parts.update(values[t]!, true);
  return parts;
}

/**
 * Drift forecast: the line through the first and the last value, carried on.
 *
 * @param y n ≥ 1 values, oldest first; one that is not finite counts as missing and is filled in. One value is repeated.
 * @throws InvalidInput (`y`) when no value is finite.
 *
 * Cost: O(n). Source: Hyndman & Athanasopoulos (2021), section 5.2, with its interval. Compare: R `rwf(drift = TRUE)`.
 */
export function fitDrift(y: Float64Array): FittedModel {
  const series = prepareSeries(y, 1);
  const { values } = series;
  const n = values.length;
  const last = values[n - 1]!;
  const slope = n < 2 ? 0 : (last - values[0]!) / (n - 1);
  const fitted = new Float64Array(n).fill(Number.NaN);
  const errors = new Float64Array(n).fill(Number.NaN);
  for (let t = 1; t < n; t++) {
    fitted[t] = values[t - 1]! + slope;
    errors[t] = values[t]! - fitted[t]!;
  }
  const sigma = rootMeanSquare(errors, n - 2);
  return createFittedModel({
    name: 'Drift',
    series,
    fitted,
    parameters: { slope, sigma },
    warnings: n < 2 ? [warning('single-value')] : [],
    predict: (h) => driftPrediction(n, last, slope, sigma, h),
    // The slope is the model's only estimate; over a longer stretch it is simply taken anew.
    applyTo: fitDrift,
    follow: () => followDrift(values),
  });
}

function driftPrediction(
  n: number,
  last: number,
  slope: number,
  sigma: number,
  h: number,
): Prediction {
  const mean = new Float64Array(h);
  const deviation = new Float64Array(h);
  for (let i = 0; i < h; i++) {
    const steps = i + 1;
    mean[i] = last + steps * slope;
    deviation[i] = sigma * Math.sqrt(steps * (1 + steps / Math.max(1, n - 1)));
  }
  return { mean, deviation };
}

/** The slope is the mean of the steps, the squared errors are those around it (Welford 1962). */
function followDrift(values: Float64Array): FollowerParts {
  let n = 1;
  let last = values[0]!;
  let slope = 0;
  let squares = 0;
  let steps = 0;
  const parts: FollowerParts = {
    expected: () => last + slope,
    update(value, seen) {
      const step = value - last;
      last = value;
      n++;
      if (!seen) return;
      steps++;
      const before = step - slope;
      slope += before / steps;
      squares += before * (step - slope);
    },
    predict: (h) => driftPrediction(n, last, slope, Math.sqrt(squares / Math.max(1, n - 2)), h),
  };
  for (let t = 1; t < values.length; t++) parts.update(values[t]!, true);
  return parts;
}
