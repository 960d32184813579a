import {
  adjustBy,
  reseasonalise,
  type SeasonalAdjustment,
  seasonallyAdjust,
} from '../../transform/seasonal-adjustment.ts';
import { createFittedModel, rootMeanSquare } from '../create-fitted-model.ts';
import { isConstant, type PreparedSeries, prepareSeries } from '../prepared-series.ts';
import type { FittedModel, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import {
  estimateTheta,
  forecastTheta,
  runTheta,
  type ThetaEstimate,
  type ThetaVariant,
} from './theta-line.ts';

export interface ThetaOptions {
  /** Season length in samples, whole number ≥ 1. */
  readonly m: number;
  /** Default `standard`. `auto` takes the variant with the smallest error over the sample. */
  readonly variant?: ThetaVariant | 'auto';
}

const VARIANTS: readonly ThetaVariant[] = [
  'standard',
  'optimised',
  'dynamic-standard',
  'dynamic-optimised',
];

export function fitTheta(y: Float64Array, options: ThetaOptions): FittedModel {
  const series = prepareSeries(y, options.m);
  const { values, m } = series;
  const n = values.length;
  const warnings: SeriesWarning[] = [];
  if (m > 1 && n < 3 * m) warnings.push(warning('too-short-for-season', { n, m }));
  if (isConstant(values) || n < 3) {
    const value = values[0]!;
    if (n === 1) warnings.push(warning('single-value', { value }));
    else if (isConstant(values)) warnings.push(warning('constant', { value }));
    else warnings.push(warning('too-short-for-model', { n }));
    const level = { variant: 'standard', alpha: 0.5, lineShare: 0, level: value } as const;
    return thetaModel(series, unadjusted(values), level, warnings);
  }
  const adjustment = seasonallyAdjust(values, m);
  const asked = options.variant ?? 'standard';
  const estimates = (asked === 'auto' ? VARIANTS : [asked]).map((variant) =>
    estimateTheta(adjustment.adjusted, variant),
  );
  let best = estimates[0]!;
  let bestError = Number.POSITIVE_INFINITY;
  for (const estimate of estimates) {
    const error = errorAfterBurnIn(adjustment.adjusted, estimate);
    if (error < bestError) {
      best = estimate;
      bestError = error;
    }
  }
  return thetaModel(series, adjustment, best, warnings);
}

function unadjusted(values: Float64Array): SeasonalAdjustment {
  return { type: 'none', adjusted: values, indices: new Float64Array(0) };
}

function errorAfterBurnIn(y: Float64Array, estimate: ThetaEstimate): number {
  const { fitted } = runTheta(y, estimate);
  let sum = 0;
  for (let t = Math.min(3, y.length - 1); t < y.length; t++) sum += (y[t]! - fitted[t]!) ** 2;
  return sum;
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
  const sigma = rootMeanSquare(
    adjusted.map((value, t) => value - run.fitted[t]!),
    n - 3,
  );
  const fitted = Float64Array.from(run.fitted);
  reseasonalise(fitted, adjustment, 0);
  const { alpha, lineShare, variant } = estimate;
  return createFittedModel({
    name: variant === 'standard' ? 'Theta' : `Theta (${variant})`,
    series,
    fitted,
    parameters: { alpha, theta: 1 / (1 - lineShare), level: estimate.level, sigma },
    warnings,
    predict(h) {
      const mean = forecastTheta(estimate, run, n, h);
      const deviation = new Float64Array(h);
      for (let i = 0; i < h; i++) deviation[i] = sigma * Math.sqrt(1 + i * alpha * alpha);
      if (adjustment.type === 'multiplicative') reseasonalise(deviation, adjustment, n);
      reseasonalise(mean, adjustment, n);
      return { mean, deviation };
    },
    applyTo(next) {
      const prepared = prepareSeries(next, series.m);
      const readjusted = adjustBy(prepared.values, adjustment.indices, adjustment.type);
      return thetaModel(prepared, readjusted, estimate, warnings);
    },
  });
}
