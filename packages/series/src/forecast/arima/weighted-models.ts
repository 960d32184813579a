import { requireLevels } from '../../invalid-input.ts';
import { normalHalfWidth } from '../../math/normal.ts';
import type { Forecast, ModelFollower } from '../types.ts';
import type { ArimaModel } from './arima-model.ts';
import type { Regressors } from './design.ts';

/** One model of an average. */
export interface ArimaMember {
  readonly model: ArimaModel;
  /** Share of the average, > 0; all sum to 1. */
  readonly weight: number;
}

/** An automatic choice: one model, or an average around the best one. */
export interface AutoArimaModel extends ArimaModel {
  /** The best first; its order, parameters, likelihood and AICc are those of the whole. */
  readonly members: readonly ArimaMember[];
  applyTo(y: Float64Array, regressors?: Regressors): AutoArimaModel;
}

/**
 * The weighted mean of models of one series. Intervals are those of a normal law with the mixture's variance: that within the
 * models and that between their means.
 *
 * @param members at least one, the best first.
 * Source: Burnham & Anderson (2002), Model Selection and Multimodel Inference, 4.3.
 */
export function weightedArima(members: readonly ArimaMember[]): AutoArimaModel {
  const [first] = members as readonly [ArimaMember];
  const mean = (of: (model: ArimaModel) => Float64Array) =>
    weightedMean(
      members.map(({ model }) => of(model)),
      members,
    );
  const followable = members.every(({ model }) => model.follow);
  const more = members.length - 1;
  return {
    ...first.model,
    name: more === 0 ? first.model.name : `${first.model.name} and ${more} more`,
    members,
    fitted: mean((model) => model.fitted),
    residuals: mean((model) => model.residuals),
    forecast: (h, levels = [], future = {}) =>
      mixture(
        members.map(({ model }) => model.forecast(h, levels, future)),
        members,
        levels,
      ),
    applyTo: (y, regressors) =>
      weightedArima(
        members.map(({ model, weight }) => ({ model: model.applyTo(y, regressors), weight })),
      ),
    ...(followable && { follow: () => weightedFollower(members) }),
  };
}

function weightedFollower(members: readonly ArimaMember[]): ModelFollower {
  const followers = members.map(({ model }) => model.follow!());
  const expected = () =>
    followers.reduce((sum, one, i) => sum + one.expected * members[i]!.weight, 0);
  return {
    get n() {
      return followers[0]!.n;
    },
    get expected() {
      return expected();
    },
    update(value) {
      const error = value - expected();
      for (const follower of followers) follower.update(value);
      return Number.isFinite(value) ? error : Number.NaN;
    },
    forecast(h, levels = []) {
      requireLevels(levels);
      return mixture(
        followers.map((follower) => follower.forecast(h, levels)),
        members,
        levels,
      );
    },
  };
}

function mixture(
  forecasts: readonly Forecast[],
  members: readonly ArimaMember[],
  levels: readonly number[],
): Forecast {
  const mean = weightedMean(
    forecasts.map((forecast) => forecast.mean),
    members,
  );
  const intervals = levels.map((level, k) => {
    const z = normalHalfWidth(level);
    const lower = new Float64Array(mean.length);
    const upper = new Float64Array(mean.length);
    for (let i = 0; i < mean.length; i++) {
      let square = 0;
      forecasts.forEach((forecast, j) => {
        const interval = forecast.intervals[k]!;
        const within = (interval.upper[i]! - interval.lower[i]!) / 2;
        const between = z * (forecast.mean[i]! - mean[i]!);
        square += members[j]!.weight * (within * within + between * between);
      });
      const half = Math.sqrt(square);
      lower[i] = mean[i]! - half;
      upper[i] = mean[i]! + half;
    }
    return { level, lower, upper };
  });
  return { mean, intervals };
}

function weightedMean(
  arrays: readonly Float64Array[],
  members: readonly ArimaMember[],
): Float64Array {
  const result = new Float64Array(arrays[0]!.length);
  arrays.forEach((array, j) => {
    const { weight } = members[j]!;
    for (let i = 0; i < result.length; i++) result[i]! += weight * array[i]!;
  });
  return result;
}
