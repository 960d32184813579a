import {
  type AutoForecastOptions,
  type AutoForecastResult,
  autoForecast,
  type Bucket,
  type NoForecast,
} from '@kizashi/series';
import { seasonLength } from './season-length.ts';

/** Runs in a worker thread: one forecast. */
export function run(task: {
  readonly y: Float64Array;
  readonly options: AutoForecastOptions;
}): AutoForecastResult | NoForecast {
  return autoForecast(task.y, task.options);
}

/** One-step interval and what came, for each of the newest values. */
export interface OneStep {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Runs in a worker thread: for each of the last `count` values, the forecast made from the values before it.
 * null where there was nothing to forecast from.
 */
export function oneStepAhead(task: {
  readonly y: Float64Array;
  readonly count: number;
  readonly bucket: Bucket;
  readonly options: { readonly level: number; readonly nonNegative: boolean };
}): readonly (OneStep | null)[] {
  const { y, count, bucket } = task;
  const { level, nonNegative } = task.options;
  const first = Math.max(0, y.length - count);
  return Array.from({ length: y.length - first }, (_, i) => {
    const before = y.subarray(0, first + i);
    const m = seasonLength(bucket, before.length);
    const result = autoForecast(before, { m, h: 1, levels: [level], nonNegative });
    if (result.status !== 'ok') return null;
    const interval = result.forecast.intervals[0]!;
    return { mean: result.forecast.mean[0]!, lower: interval.lower[0]!, upper: interval.upper[0]! };
  });
}
