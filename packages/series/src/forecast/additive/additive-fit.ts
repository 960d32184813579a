import { InvalidInput, requireLevels, requireWhole } from '../../invalid-input.ts';
import { normalForecast } from '../create-fitted-model.ts';
import { clampAtZero } from '../non-negative.ts';
import type { Fit, FittedModel, Forecast, SeriesWarning } from '../types.ts';
import { fitAdditive } from './fit-additive.ts';
import type { AdditiveOptions } from './options.ts';
import type { AdditivePoints } from './points.ts';

/**
 * Prophet's model in the form of the other models, for back-tests, conformal intervals and averages.
 *
 * @param points N times in ascending order with what is known of them (limits, conditions, regressors): those of the series,
 *   followed by those that are to be forecast.
 * @returns what fits the model to the first n ≤ N of them: `fit(y)` with n values. The fitted model forecasts at most N − n
 *   steps; its intervals are normal with the deviation of the noise and of changes of the trend to come. `applyTo` keeps the
 *   parameters. Followers keep them too: the model has no state that a value could move.
 * @throws InvalidInput as `fitAdditive`; (`h`) beyond the last time.
 *
 * @example calibrateConformal(y, { model: additiveFit({ t }), m: 7, h: 28, levels: [0.8] })
 */
export function additiveFit(points: AdditivePoints, options: AdditiveOptions = {}): Fit {
  const n = points.t.length;
  return (y) => {
    const rows = firstRows(points, checked('y', y.length, n));
    const model = fitAdditive({ ...rows, y }, options);
    const all = model.predict(points);
    const { parameters, warnings, name } = model;
    const predict = (from: number, h: number, levels: readonly number[] = []): Forecast => {
      requireWhole('h', h, 1, Math.max(0, n - from));
      requireLevels(levels);
      const mean = all.mean.slice(from, from + h);
      const deviation = all.deviation.subarray(from, from + h);
      const forecast = normalForecast({ mean, deviation }, levels);
      return options.nonNegative ? clampAtZero(forecast).forecast : forecast;
    };
    return modelOver(y);

    function modelOver(values: Float64Array): FittedModel {
      const length = checked('y', values.length, n);
      const fitted = all.mean.slice(0, length);
      return {
        name,
        fitted,
        residuals: values.map((value, i) =>
          Number.isFinite(value) ? value - fitted[i]! : Number.NaN,
        ),
        parameters,
        logLikelihood: null,
        aicc: null,
        warnings: warnings as readonly SeriesWarning[],
        forecast: (h, levels) => predict(length, h, levels),
        applyTo: modelOver,
        follow() {
          let seen = length;
          return {
            get n() {
              return seen;
            },
            get expected() {
              return all.mean[seen] ?? Number.NaN;
            },
            update: (value) => value - (all.mean[seen++] ?? Number.NaN),
            forecast: (h, levels) => predict(seen, h, levels),
          };
        },
      };
    }
  };
}

function checked(argument: string, length: number, n: number): number {
  if (length <= n) return length;
  throw new InvalidInput(
    argument,
    `must hold at most ${n} values, one for each time, got ${length}`,
  );
}

function firstRows(points: AdditivePoints, n: number): AdditivePoints {
  const { t, cap, floor, conditions, regressors } = points;
  const cut = (values: Float64Array | number) =>
    typeof values === 'number' ? values : values.subarray(0, n);
  return {
    t: t.subarray(0, n),
    ...(cap === undefined ? {} : { cap: cut(cap) }),
    ...(floor === undefined ? {} : { floor: cut(floor) }),
    ...(conditions && {
      conditions: Object.fromEntries(
        Object.entries(conditions).map(([name, values]) => [
          name,
          Array.prototype.slice.call(values, 0, n) as (number | boolean)[],
        ]),
      ),
    }),
    ...(regressors && {
      regressors: Object.fromEntries(
        Object.entries(regressors).map(([name, values]) => [name, values.subarray(0, n)]),
      ),
    }),
  };
}
