import { InvalidInput, requireLevels } from '../invalid-input.ts';
import type { FittedModel, Forecast, ModelFollower } from './types.ts';

/**
 * The average of fitted models: of their forecasts, and of their interval ends. Averages of good models that err differently
 * are hard to beat (Makridakis et al. 2020, finding 1 of the M4 competition).
 *
 * @param models  at least one, all fitted to the same series.
 * @param name    default: the models' names joined by +.
 * @param weights one for each model, finite, ≥ 0, not all zero; only their ratios matter. Default: all equal.
 * @throws InvalidInput (`models`) when there is none; (`weights`).
 */
export function averageModels(
  models: readonly FittedModel[],
  name: string = models.map((model) => model.name).join(' + '),
  weights: readonly number[] = models.map(() => 1),
): FittedModel {
  const first = models[0];
  if (first === undefined)
    throw new InvalidInput('models', 'must hold at least one model, got none');
  requireWeights(weights, models.length);
  const seen = new Set<string>();
  return {
    name,
    fitted: averageOf(
      models.map((model) => model.fitted),
      weights,
    ),
    residuals: averageOf(
      models.map((model) => model.residuals),
      weights,
    ),
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
      return averageForecasts(
        models.map((model) => model.forecast(h, levels)),
        weights,
      );
    },
    applyTo: (y) =>
      averageModels(
        models.map((model) => model.applyTo(y)),
        name,
        weights,
      ),
    ...(models.every((model) => model.follow) && {
      follow: () =>
        averageFollowers(
          models.map((model) => model.follow!()),
          weights,
        ),
    }),
  };
}

function averageFollowers(
  followers: readonly ModelFollower[],
  weights: readonly number[],
): ModelFollower {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = () =>
    followers.reduce((sum, follower, i) => sum + (follower.expected * weights[i]!) / total, 0);
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
      averageForecasts(
        followers.map((follower) => follower.forecast(h, levels)),
        weights,
      ),
  };
}

/** Step by step and level by level mean of forecasts made for the same h and levels, weighted if asked. */
export function averageForecasts(
  forecasts: readonly Forecast[],
  weights: readonly number[] = forecasts.map(() => 1),
): Forecast {
  return {
    mean: averageOf(
      forecasts.map((forecast) => forecast.mean),
      weights,
    ),
    intervals: (forecasts[0]?.intervals ?? []).map(({ level }, i) => ({
      level,
      lower: averageOf(
        forecasts.map((forecast) => forecast.intervals[i]!.lower),
        weights,
      ),
      upper: averageOf(
        forecasts.map((forecast) => forecast.intervals[i]!.upper),
        weights,
      ),
    })),
  };
}

function averageOf(arrays: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const result = new Float64Array(arrays[0]?.length ?? 0);
  arrays.forEach((array, k) => {
    const share = weights[k]! / total;
    for (let i = 0; i < result.length; i++) result[i]! += array[i]! * share;
  });
  return result;
}

function requireWeights(weights: readonly number[], count: number): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const usable = weights.every((weight) => weight >= 0) && total > 0 && Number.isFinite(total);
  if (weights.length === count && usable) return;
  throw new InvalidInput(
    'weights',
    `must hold ${count} numbers >= 0, not all zero, got ${weights.join(', ')}`,
  );
}
