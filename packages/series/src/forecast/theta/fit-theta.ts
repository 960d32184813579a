import {
  adjustBy,
  deseasonalised,
  reseasonalise,
  reseasonalised,
  type SeasonalAdjustment,
  seasonallyAdjust,
} from '../../transform/seasonal-adjustment.ts';
import { averageModels } from '../average.ts';
import { createFittedModel, type Prediction, rootMeanSquare } from '../create-fitted-model.ts';
import { isConstant, type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { followTheta } from './theta-follower.ts';
import {
  estimatedCount,
  estimateTheta,
  forecastTheta,
  runTheta,
  type ThetaEstimate,
  type ThetaRun,
  type ThetaVariant,
  thetaBurnIn,
} from './theta-line.ts';

export interface ThetaOptions {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /**
   * `combined` (default) is the average of `optimised` and `dynamic-optimised`, which forecast better together than either
   * alone on the accuracy bench (bench/forecast-accuracy.ts). `standard` is the benchmark of the M4 competition,
   * `ses-drift` R's `thetaf()`.
   */
  readonly variant?: ThetaVariant | 'combined';
}

/**
 * Theta method: simple exponential smoothing drawn towards a straight line, on the seasonally adjusted series.
 *
 * @param y n ≥ 1 values at equal spacing, oldest first. One that is not finite counts as missing: it is filled in by season and
 *   its residual is `NaN`. The season is taken out when the seasonality test finds one (n ≥ 3m).
 * @returns a model with normal intervals: deviation σ√(1 + (i − 1)α²) at step i, times the seasonal index where the season was
 *   divided out. Constant series and fewer than three values are repeated, with a warning. Forecasts may be negative (the M4
 *   benchmark cuts them at zero: see `nonNegative` of `autoForecast`).
 * @throws InvalidInput (`y`, `m`).
 *
 * Cost: O(n), about 60 passes per variant; below a millisecond for a thousand values.
 * Source: Assimakopoulos & Nikolopoulos (2000); Hyndman & Billah (2003) for the interval; Fiorucci et al. (2016) for the
 *   optimised and dynamic variants. Departure: initial level and θ come from their closed form for each α, not from a search.
 * Compare: `standard` with the M4 benchmark in R, and `ses-drift` with R forecast 8.20 `thetaf()`, on 56 series of six
 *   frequencies: forecasts equal within 0.5 %, on one of them (twice there) within 2 %, where two alphas are as good.
 *   Departure: intervals follow the season, which those of `thetaf()` do not.
 */
export function fitTheta(y: Float64Array, options: ThetaOptions): FittedModel {
  const series = prepareSeries(y, options.m);
  const { values, m } = series;
  const n = values.length;
  const warnings = m > 1 && n < 3 * m ? [warning('too-short-for-season', { n, m })] : [];
  if (isConstant(values) || n < 3) {
    const value = values[0]!;
    if (n === 1) warnings.push(warning('single-value', { value }));
    else if (isConstant(values)) warnings.push(warning('constant', { value }));
    else warnings.push(warning('too-short-for-model', { n }));
    const repeat = { variant: 'standard', alpha: 1, lineShare: 0, level: value } as const;
    return thetaModel(series, adjustBy(values, new Float64Array(0), 'none'), repeat, warnings);
  }
  const adjustment = seasonallyAdjust(values, m);
  const fit = (variant: ThetaVariant) =>
    thetaModel(series, adjustment, estimateTheta(adjustment.adjusted, variant), warnings);
  const { variant = 'combined' } = options;
  if (variant !== 'combined') return fit(variant);
  return averageModels([fit('optimised'), fit('dynamic-optimised')], 'Theta');
}

function thetaModel(
  series: PreparedSeries,
  adjustment: SeasonalAdjustment,
  estimate: ThetaEstimate,
  warnings: readonly SeriesWarning[],
): FittedModel {
  const { adjusted } = adjustment;
  const n = adjusted.length;
  const run = runTheta(adjusted, estimate);
  const errors = adjusted.map((value, t) => value - run.fitted[t]!);
  const burnIn = thetaBurnIn(estimate.variant, n);
  const { alpha, lineShare, variant } = estimate;
  const sigma = rootMeanSquare(errors.subarray(burnIn), n - burnIn - estimatedCount(variant));
  const fitted = Float64Array.from(run.fitted);
  reseasonalise(fitted, adjustment, 0);
  const predict = (end: ThetaRun, steps: number, spread: number, h: number): Prediction => {
    const mean = forecastTheta(estimate, end, steps, h);
    const deviation = new Float64Array(h);
    for (let i = 0; i < h; i++) deviation[i] = spread * Math.sqrt(1 + i * alpha * alpha);
    if (adjustment.type === 'multiplicative') reseasonalise(deviation, adjustment, steps);
    reseasonalise(mean, adjustment, steps);
    return { mean, deviation };
  };
  return createFittedModel({
    name: `Theta (${variant})`,
    series,
    fitted,
    parameters: { alpha, theta: 1 / (1 - lineShare), level: estimate.level, sigma },
    warnings,
    predict: (h) => predict(run, n, sigma, h),
    applyTo(next) {
      const prepared = prepareSeries(next, series.m);
      const readjusted = adjustBy(prepared.values, adjustment.indices, adjustment.type);
      return thetaModel(prepared, readjusted, estimate, warnings);
    },
    follow() {
      const follower = followTheta(adjusted, estimate);
      return {
        expected: () => reseasonalised(follower.expected(), adjustment, follower.n),
        update: (value, seen) =>
          follower.update(deseasonalised(value, adjustment, follower.n), seen),
        predict: (h) => predict(follower.run, follower.n, follower.sigma(), h),
      };
    },
  });
}
