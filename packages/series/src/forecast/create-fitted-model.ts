import { requireLevels, requireWhole } from '../invalid-input.ts';
import { normalHalfWidth } from '../math/normal.ts';
import { type PreparedSeries, requireInRange } from './prepared-series.ts';
import type { FittedModel, Forecast, ModelFollower, SeriesWarning } from './types.ts';

/** What a model knows of the next h steps. */
export interface Prediction {
  /** h values. */
  readonly mean: Float64Array;
  /** h standard deviations of the forecast errors, ≥ 0. */
  readonly deviation: Float64Array;
}

/** The parts of a fitted model that differ from model to model. */
export interface ModelParts {
  readonly name: string;
  readonly series: PreparedSeries;
  /** One-step values for `series.values`, same length; `NaN` where there is none. */
  readonly fitted: Float64Array;
  readonly parameters: Readonly<Record<string, number>>;
  readonly logLikelihood?: number | null;
  readonly aicc?: number | null;
  readonly warnings?: readonly SeriesWarning[];
  predict(h: number): Prediction;
  applyTo(y: Float64Array): FittedModel;
  /** A fresh copy of the end state at each call; left out where the model cannot be updated in constant time. */
  follow?(): FollowerParts;
}

/** The parts of a follower that differ from model to model. */
export interface FollowerParts {
  /** Forecast of the next value. */
  expected(): number;
  /**
   * Moves the states by one finite value.
   *
   * @param seen false for a missing value, in whose place `expected()` is given: its error must not count.
   */
  update(value: number, seen: boolean): void;
  predict(h: number): Prediction;
}

/** Joins a model's parts to the public shape: aligns fitted values with the original series and checks arguments. */
export function createFittedModel(parts: ModelParts): FittedModel {
  const { original, start } = parts.series;
  const fitted = new Float64Array(original.length).fill(Number.NaN);
  fitted.set(parts.fitted, start);
  const residuals = new Float64Array(original.length);
  for (let t = 0; t < original.length; t++) {
    // An infinite value counts as missing; its residual must not be infinite.
    residuals[t] = Number.isFinite(original[t]!) ? original[t]! - fitted[t]! : Number.NaN;
  }
  return {
    name: parts.name,
    fitted,
    residuals,
    parameters: parts.parameters,
    logLikelihood: parts.logLikelihood ?? null,
    aicc: parts.aicc ?? null,
    warnings: [...parts.series.warnings, ...(parts.warnings ?? [])],
    forecast: (h, levels) => checkedForecast(parts, h, levels),
    applyTo: parts.applyTo,
    ...(parts.follow && { follow: () => createFollower(original.length, parts.follow!()) }),
  };
}

function createFollower(start: number, parts: FollowerParts): ModelFollower {
  let n = start;
  return {
    get n() {
      return n;
    },
    get expected() {
      return parts.expected();
    },
    update(value) {
      requireInRange(value);
      const seen = Number.isFinite(value);
      const expected = parts.expected();
      parts.update(seen ? value : expected, seen);
      n++;
      return seen ? value - expected : Number.NaN;
    },
    forecast: (h, levels) => checkedForecast(parts, h, levels),
  };
}

function checkedForecast(
  model: { predict(h: number): Prediction },
  h: number,
  levels: readonly number[] = [],
): Forecast {
  requireWhole('h', h, 1);
  requireLevels(levels);
  return normalForecast(model.predict(h), levels);
}

/** Intervals of a normal error law around a prediction. */
export function normalForecast(
  { mean, deviation }: Prediction,
  levels: readonly number[],
): Forecast {
  const h = mean.length;
  const intervals = levels.map((level) => {
    const z = normalHalfWidth(level);
    const lower = new Float64Array(h);
    const upper = new Float64Array(h);
    for (let i = 0; i < h; i++) {
      lower[i] = mean[i]! - z * deviation[i]!;
      upper[i] = mean[i]! + z * deviation[i]!;
    }
    return { level, lower, upper };
  });
  return { mean, intervals };
}

/** Root of the mean square of the values that are not `NaN`; `divisor` overrides their count. 0 when there are none. */
export function rootMeanSquare(values: Float64Array, divisor?: number): number {
  let sum = 0;
  let count = 0;
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!;
    if (Number.isNaN(value)) continue;
    sum += value * value;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(sum / Math.max(1, divisor ?? count));
}
