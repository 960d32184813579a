import { InvalidInput, show } from '../../invalid-input.ts';
import { normalHalfWidth } from '../../math/normal.ts';
import { clampAtZero } from '../non-negative.ts';
import type { Forecast, SeriesWarning } from '../types.ts';
import { type Effect, effectColumns } from './effects.ts';
import type { Estimate } from './estimate.ts';
import type { EffectMode, SettledOptions } from './options.ts';
import { type AdditivePoints, perPoint, requireTimes } from './points.ts';
import { type FutureLaw, simulatedQuantiles } from './simulate-trend.ts';
import { bentLine, logistic } from './trend.ts';

/** What one season, event or regressor does at each point. */
export interface AdditiveComponent {
  readonly name: string;
  readonly kind: Effect['kind'];
  readonly mode: EffectMode;
  /** In the unit of y; for a multiplicative effect a share of the trend. */
  readonly values: Float64Array;
  /** In the unit of y either way: the trend and all contributions add up to the mean. */
  readonly contribution: Float64Array;
}

/** Element i is point i of what was asked for. */
export interface AdditiveForecast extends Forecast {
  /** Standard deviation of y about the mean: noise, and changes of the trend to come, to first order. */
  readonly deviation: Float64Array;
  readonly trend: Float64Array;
  readonly components: readonly AdditiveComponent[];
}

/** Everything that prediction needs of a fit. Plain data. */
export interface FittedAdditive {
  readonly options: SettledOptions;
  readonly effects: readonly Effect[];
  readonly estimate: Estimate;
  readonly changepoints: Float64Array;
  readonly start: number;
  readonly span: number;
  readonly yScale: number;
  readonly warnings: readonly SeriesWarning[];
}

/** Room between cap and floor at each point, scaled. @throws InvalidInput (`cap`, `floor`) */
export function scaledCap(
  points: AdditivePoints,
  floor: Float64Array | number,
  yScale: number,
  n: number,
): Float64Array {
  if (points.cap === undefined) {
    throw new InvalidInput('cap', 'must be given for logistic growth, got none');
  }
  const cap = perPoint('cap', points.cap, n);
  const checked = typeof floor === 'number' ? floor : perPoint('floor', floor, n);
  return Float64Array.from({ length: n }, (_, i) => {
    const room = at(cap, i) - at(checked, i);
    if (room > 0) return room / yScale;
    throw new InvalidInput('cap', `must be above the floor everywhere, got ${show(at(cap, i))}`);
  });
}

/** One value for all points, or one of each. */
export function at(values: Float64Array | number, i: number): number {
  return typeof values === 'number' ? values : values[i]!;
}

/** The parts of the model at given points, scaled. */
interface Parts {
  readonly t: Float64Array;
  readonly line: Float64Array;
  readonly cap: Float64Array | null;
  readonly floor: Float64Array | number;
  readonly added: Float64Array;
  readonly factor: Float64Array;
}

/** Mean, deviation and parts at given points. */
export function predictMean(
  model: FittedAdditive,
  points: AdditivePoints,
): AdditiveForecast & { parts: Parts } {
  const { options, effects, start, span, yScale, changepoints } = model;
  const { growth } = options;
  const n = points.t.length;
  requireTimes(points.t);
  const t = points.t.map((time) => (time - start) / span);
  const line = bentLine(t, growth, changepoints, model.estimate);
  const floor = growth === 'logistic' ? perPoint('floor', points.floor ?? 0, n) : 0;
  const cap = growth === 'logistic' ? scaledCap(points, floor, yScale, n) : null;
  const trend = line.map(
    (z, i) => (cap === null ? z : logistic(z, cap[i]!)) * yScale + at(floor, i),
  );
  const columns = effectColumns(effects, points, options.timeZone);
  const added = new Float64Array(n);
  const factor = new Float64Array(n).fill(1);
  let next = 0;
  const components = effects.map(({ name, kind, mode, columns: width }): AdditiveComponent => {
    const values = new Float64Array(n);
    for (let j = 0; j < width; j++, next++) {
      const weight = model.estimate.beta[next]!;
      const column = columns[next]!;
      for (let i = 0; i < n; i++) values[i]! += weight * column[i]!;
    }
    if (mode === 'multiplicative') {
      for (let i = 0; i < n; i++) factor[i]! += values[i]!;
      const contribution = values.map((value, i) => value * (trend[i]! - at(floor, i)));
      return { name, kind, mode, values, contribution };
    }
    for (let i = 0; i < n; i++) added[i]! += values[i]!;
    const contribution = values.map((value) => value * yScale);
    return { name, kind, mode, values: contribution, contribution };
  });
  const mean = trend.map(
    (value, i) => (value - at(floor, i)) * factor[i]! + at(floor, i) + added[i]! * yScale,
  );
  const parts = { t, line, cap, floor, added, factor };
  return { mean, intervals: [], deviation: deviationOf(model, parts), trend, components, parts };
}

function futureLaw({ estimate: { delta, sigma } }: FittedAdditive): FutureLaw {
  const sizes = delta.reduce((sum, value) => sum + Math.abs(value), 0);
  return {
    changesPerUnit: delta.length,
    changeScale: sizes / Math.max(1, delta.length),
    sigma,
  };
}

/**
 * Changes of slope at the times of a Poisson process with rate r, Laplace with scale b, shift the line at t > 1 by a variance of
 * r · 2b² · ∫(t − s)² ds = 2/3 · r · b² · (t − 1)³.
 */
function deviationOf(model: FittedAdditive, { t, line, cap, factor }: Parts): Float64Array {
  const { changesPerUnit, changeScale, sigma } = futureLaw(model);
  return t.map((time, i) => {
    const ahead = Math.max(0, time - 1);
    const shift = Math.sqrt((2 / 3) * changesPerUnit * ahead ** 3) * changeScale;
    const share = cap === null ? 0 : logistic(line[i]!, cap[i]!) / cap[i]!;
    const slope = factor[i]! * (cap === null ? 1 : cap[i]! * share * (1 - share));
    return model.yScale * Math.hypot(sigma, shift * slope);
  });
}

/** The same with intervals of the given levels, cut at zero where the options say so. */
export function predictAdditive(
  model: FittedAdditive,
  points: AdditivePoints,
  levels: readonly number[],
): AdditiveForecast {
  const { mean, deviation, trend, components, parts } = predictMean(model, points);
  const intervals = levels.length === 0 ? [] : intervalsOf(model, mean, parts, levels);
  const forecast: Forecast = { mean, intervals };
  const shown = model.options.nonNegative ? clampAtZero(forecast).forecast : forecast;
  return { ...shown, deviation, trend, components };
}

function intervalsOf(
  model: FittedAdditive,
  mean: Float64Array,
  { t, line, cap, floor, added, factor }: Parts,
  levels: readonly number[],
) {
  const { estimate: found, yScale, options } = model;
  const intervals = levels.map((level) => {
    const half = normalHalfWidth(level) * found.sigma * yScale;
    return {
      level,
      lower: mean.map((value) => value - half),
      upper: mean.map((value) => value + half),
    };
  });
  // Up to the last value of the history the trend is known as far as the model goes; the noise alone is uncertain.
  const future = [...t.keys()].filter((i) => t[i]! > 1).sort((i, j) => t[i]! - t[j]!);
  if (future.length === 0) return intervals;
  const quantiles = simulatedQuantiles(
    Float64Array.from(future, (i) => t[i]!),
    (k, shift) => {
      const i = future[k]!;
      const z = line[i]! + shift;
      return (cap === null ? z : logistic(z, cap[i]!)) * factor[i]! + added[i]!;
    },
    futureLaw(model),
    {
      samples: options.samples,
      seed: options.seed,
      shares: levels.flatMap((level) => [0.5 - level / 2, 0.5 + level / 2]),
    },
  );
  future.forEach((i, k) => {
    intervals.forEach(({ lower, upper }, l) => {
      lower[i] = quantiles[2 * l]![k]! * yScale + at(floor, i);
      upper[i] = quantiles[2 * l + 1]![k]! * yScale + at(floor, i);
    });
  });
  return intervals;
}
