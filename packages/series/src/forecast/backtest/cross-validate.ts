import { InvalidInput, requireLevels, requireWhole } from '../../invalid-input.ts';
import { fitSeasonalNaive } from '../naive.ts';
import type { Fit, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { type FoldForecast, foldOrigins, forecastAtOrigins } from './rolling-origins.ts';
import { type FoldYardstick, foldYardsticks, type Scores, scoreFolds } from './scores.ts';
import { shortestTraining } from './shortest-training.ts';

export interface CrossValidationOptions {
  /** Season length in samples ≥ 1: of the yardsticks and of the scale of MASE. */
  readonly m: number;
  /** Steps ahead ≥ 1. */
  readonly h: number;
  /** At most this many origins in each series; default 5. */
  readonly folds?: number;
  /** Values between two origins; default h, so that no value is forecast twice. */
  readonly step?: number;
  /** Levels of the intervals to score; default 0.8 and 0.95. */
  readonly levels?: readonly number[];
}

/** One model in a table of comparison. Plain data. */
export interface ComparisonRow {
  readonly model: string;
  /** `failed` when the model refused a training stretch; `reason` then says why. */
  readonly status: 'ok' | 'failed';
  readonly reason: string | null;
  /** Over all folds of all series; null when failed. */
  readonly scores: Scores | null;
}

/** A rolling-origin comparison of models. Plain data. */
export interface CrossValidation {
  /** `too-short` when no series leaves enough values to learn from; there are no rows then. */
  readonly status: 'ok' | 'too-short';
  /** Series that were tested, and stretches over all of them. */
  readonly series: number;
  readonly folds: number;
  /** The best first: by OWA, or by the mean absolute error where OWA is not defined; failed ones last. */
  readonly rows: readonly ComparisonRow[];
  readonly warnings: readonly SeriesWarning[];
}

export const SEASONAL_NAIVE = 'Seasonal naive';

/**
 * Compares models as they would have been used: at several past origins each is fitted to what was known then and compared with
 * what came.
 *
 * @param models by name: how each is fitted to a training stretch. `Seasonal naive` is added as the yardstick.
 * @param y      one series of n values, oldest first, or several; one value that is not finite counts as missing and is not
 *               scored. Over several series each fold counts once; measures in the unit of y (MAE, RMSE, bias, width, pinball)
 *               make sense only where all have the same.
 * @throws InvalidInput (`m`, `h`, `folds`, `step`, `levels`, `models`).
 *
 * Cost: one fit for each model, fold and series.
 * Source: Tashman (2000), International Journal of Forecasting 16(4); the measures are those of `Scores`.
 */
export function crossValidate(
  models: Readonly<Record<string, Fit>>,
  y: Float64Array | readonly Float64Array[],
  options: CrossValidationOptions,
): CrossValidation {
  const { m, h, folds = 5, step = h, levels = [0.8, 0.95] } = options;
  requireWhole('m', m, 1);
  requireWhole('h', h, 1);
  requireWhole('folds', folds, 1);
  requireWhole('step', step, 1);
  requireLevels(levels);
  if (SEASONAL_NAIVE in models) {
    throw new InvalidInput('models', `must not hold ${SEASONAL_NAIVE}, which is always added`);
  }
  const all = y instanceof Float64Array ? [y] : y;
  const stretches = all.map((series) => ({
    series,
    origins: foldOrigins(series.length, h, folds, step, shortestTraining(series, m)),
  }));
  const tested = stretches.filter(({ origins }) => origins.length > 0);
  const warnings = stretches
    .filter(({ origins }) => origins.length === 0)
    .map(({ series }) => warning('too-short-for-backtest', { n: series.length, h }));
  const yardsticks = tested.flatMap(({ series, origins }) =>
    foldYardsticks(series, origins, { m, h }),
  );
  const naive: Fit = (train) => fitSeasonalNaive(train, { m });
  const rows = Object.entries({ ...models, [SEASONAL_NAIVE]: naive }).map(([model, fit]) =>
    compare(model, yardsticks, () =>
      tested.flatMap(({ series, origins }) => forecastAtOrigins(series, fit, origins, h, levels)),
    ),
  );
  return {
    status: tested.length === 0 ? 'too-short' : 'ok',
    series: tested.length,
    folds: yardsticks.length,
    rows: tested.length === 0 ? [] : rows.sort((a, b) => rank(a) - rank(b)),
    warnings,
  };
}

function compare(
  model: string,
  yardsticks: readonly FoldYardstick[],
  run: () => readonly FoldForecast[],
): ComparisonRow {
  try {
    return { model, status: 'ok', reason: null, scores: scoreFolds(run(), yardsticks) };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { model, status: 'failed', reason: error.message, scores: null };
  }
}

function rank({ scores }: ComparisonRow): number {
  return scores?.owa ?? scores?.mae ?? Number.MAX_VALUE;
}
