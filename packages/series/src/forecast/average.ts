import { InvalidInput, requireLevels } from '../invalid-input.ts';
import type { FittedModel, Forecast, ModelFollower } from './types.ts';

/**
 * The equal-weight average of fitted models: of their forecasts, and of their interval ends. Averages of good models that err
 * differently are hard to beat (Makridakis et al. 2020, finding 1 of the M4 competition).
 *
 * @param models at least one, all fitted to the same series.
 * @param name   default: the models' names joined by +.
 * @throws InvalidInput (`models`) when there is none.
 */
export function averageModels(
  models: readonly FittedModel[],
  name: string = models.map((model) => model.name).join(' + '),
): FittedModel {
  const first = models[0];
  if (first === undefined)
    throw new InvalidInput('models', 'must hold at least one model, got none');
  const seen = new Set<string>();
  return {
    name,
    fitted: averageOf(models.map((model) => model.fitted)),
    residuals: averageOf(models.map((model) => model.residuals)),
    parameters: Object.assign(
      {},
      ...models.map((model, i) =>
        Object.fromEntries(
          Object.entries(model.parameters).map(([key, value]) => [`${i + 1}.${key}`, value]),
        ),
      ),
    ),
    logLikelihood: null,
    aicc: null,
    warnings: models
      .flatMap((model) => model.warnings)
      .filter(({ message }) => !seen.has(message) && seen.add(message)),
    forecast(h, levels = []) {
      requireLevels(levels);
      return averageForecasts(models.map((model) => model.forecast(h, levels)));
    },
    applyTo: (y) =>
      averageModels(
        models.map((model) => model.applyTo(y)),
        name,
      ),
    ...(models.every((model) => model.follow) && {
      follow: () => averageFollowers(models.map((model) => model.follow!())),
    }),
  };
}

function averageFollowers(followers: readonly ModelFollower[]): ModelFollower {
  const expected = () =>
    followers.reduce((sum, follower) => sum + follower.expected / followers.length, 0);
  return {
    get n() {
      return followers[0]!.n;
    },
    get expected() {
      return expected();
    },
    update(value) {
      const error = Number.isFinite(value) ? value - expected() : Number.NaN;
      for (const follower of followers) follower.update(value);
      return error;
    },
    forecast: (h, levels) =>
      averageForecasts(followers.map((follower) => follower.forecast(h, levels))),
  };
}

/** Step by step and level by level mean of forecasts made for the same h and levels. */
export function averageForecasts(forecasts: readonly Forecast[]): Forecast {
  return {
    mean: averageOf(forecasts.map((forecast) => forecast.mean)),
    intervals: (forecasts[0]?.intervals ?? []).map(({ level }, i) => ({
      level,
      lower: averageOf(forecasts.map((forecast) => forecast.intervals[i]!.lower)),
      upper: averageOf(forecasts.map((forecast) => forecast.intervals[i]!.upper)),
    })),
  };
}

function averageOf(arrays: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(arrays[0]?.length ?? 0);
  for (const array of arrays) {
    for (let i = 0; i < result.length; i++) result[i]! += array[i]! / arrays.length;
  }
  return result;
}
