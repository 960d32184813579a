import { safeScale } from '../../math/safe-scale.ts';
import { type Autocovariance, createAutocovariance } from '../../stats/lazy-autocovariance.ts';
import type { SharedSeries } from '../shared-series.ts';

/** A series without gaps that is not constant, as z-scores, with what the features of the set share. */
export interface ZScores {
  /** (y − mean) / sd, divisor n − 1. */
  readonly z: Float64Array;
  readonly n: number;
  /** Smallest and largest z-score. */
  readonly min: number;
  readonly max: number;
  /** Of `z`; the mean is not taken off again. */
  readonly autocovariance: Autocovariance;
}

/** The mean of the values as they came and their standard deviation with divisor n − 1. */
export interface RawMoments {
  readonly mean: number;
  readonly sd: number;
}

/**
 * NaN where a value is missing, where there are too few (one for the mean, two for the deviation), and where the result is
 * beyond the largest number.
 */
export function rawMoments(series: SharedSeries): RawMoments {
  const { mean, sd, scale } = scaledMoments(series);
  return { mean: finite(mean * scale), sd: finite(sd * scale) };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Mean and deviation of the values divided by `scale`. */
interface ScaledMoments extends RawMoments {
  /** A power of two that brings extreme series near 1; 1 for all others. */
  readonly scale: number;
}

function scaledMoments(series: SharedSeries): ScaledMoments {
  return series.once('catch22.moments', () => {
    const { raw, n } = series;
    if (n !== raw.length || n === 0) return { mean: Number.NaN, sd: Number.NaN, scale: 1 };
    const [min, max] = extremes(raw);
    const scale = safeScale(Math.max(-min, max));
    if (min === max) return { mean: min / scale, sd: n < 2 ? Number.NaN : 0, scale };
    let sum = 0;
    for (let t = 0; t < n; t++) sum += raw[t]! / scale;
    const mean = sum / n;
    let squares = 0;
    for (let t = 0; t < n; t++) {
      const distance = raw[t]! / scale - mean;
      squares += distance * distance;
    }
    return { mean, sd: Math.sqrt(squares / (n - 1)), scale };
  });
}

/** Undefined for a series with a missing value, of fewer than two values, or with all values equal. */
export function zScores(series: SharedSeries): ZScores | undefined {
  return series.once('catch22.z', () => {
    const { raw, n } = series;
    const { mean, sd, scale } = scaledMoments(series);
    if (!(sd > 0)) return undefined;
    const z = new Float64Array(n);
    for (let t = 0; t < n; t++) z[t] = (raw[t]! / scale - mean) / sd;
    const [min, max] = extremes(z);
    return { z, n, min, max, autocovariance: createAutocovariance(z) };
  });
}

function extremes(values: Float64Array): readonly [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}
