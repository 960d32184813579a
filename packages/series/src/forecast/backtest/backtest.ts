import { requireLevels, requireWhole } from '../../invalid-input.ts';
import { fitSeasonalNaive } from '../naive.ts';
import type { Fit, SeriesWarning } from '../types.ts';
import { warning } from '../warnings.ts';
import { foldOrigins, forecastAtOrigins } from './rolling-origins.ts';
import { foldYardsticks, type Scores, scoreFolds } from './scores.ts';
import { shortestTraining } from './shortest-training.ts';

export interface BacktestOptions {
  /** Fits the model to a training stretch: `(y) => fitEts(y, { m: 12 })`. */
  readonly model: Fit;
  /** Season length in samples ≥ 1. */
  readonly m: number;
  /** Steps ahead ≥ 1. */
  readonly h: number;
  /** At most this many origins; default 5. */
  readonly folds?: number;
  /** Values between two origins; default h, so that no value is forecast twice. */
  readonly step?: number;
  /** Levels of the intervals to score; default 0.8 and 0.95. */
  readonly levels?: readonly number[];
}

/** A rolling-origin test of a model with the seasonal naive forecast beside it. Plain data. */
export interface Backtest {
  /** `too-short` when not even one origin leaves enough values to learn from; both scores are null then. */
  readonly status: 'ok' | 'too-short';
  readonly h: number;
  /** Number of values known at each origin, earliest first. */
  readonly origins: readonly number[];
  readonly model: Scores | null;
  readonly seasonalNaive: Scores | null;
  readonly warnings: readonly SeriesWarning[];
}

/**
 * Tests a model as it would have been used: at several past origins it is fitted to what was known then and compared with
 * what came.
 *
 * @param y n values, oldest first; one that is not finite counts as missing and is not scored.
 * @throws InvalidInput (`m`, `h`, `folds`, `step`, `levels`, or what `model` throws on a training stretch).
 *
 * Cost: one fit per fold.
 */
export function backtest(y: Float64Array, options: BacktestOptions): Backtest {
  const { model, m, h, folds = 5, step = h, levels = [0.8, 0.95] } = options;
  requireWhole('m', m, 1);
  requireWhole('h', h, 1);
  requireWhole('folds', folds, 1);
  requireWhole('step', step, 1);
  requireLevels(levels);
  const n = y.length;
  const origins = foldOrigins(n, h, folds, step, shortestTraining(y, m));
  if (origins.length === 0) {
    const warnings = [warning('too-short-for-backtest', { n, h })];
    return { status: 'too-short', h, origins, model: null, seasonalNaive: null, warnings };
  }
  const naive: Fit = (train) => fitSeasonalNaive(train, { m });
  const yardsticks = foldYardsticks(y, origins, { m, h });
  return {
    status: 'ok',
    h,
    origins,
    model: scoreFolds(forecastAtOrigins(y, model, origins, h, levels), yardsticks),
    seasonalNaive: scoreFolds(forecastAtOrigins(y, naive, origins, h, levels), yardsticks),
    warnings: [],
  };
}
