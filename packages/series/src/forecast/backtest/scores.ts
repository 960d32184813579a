import { errorScale, intervalAccuracy, pointAccuracy } from '../../stats/accuracy.ts';
import { naive2Forecast } from '../naive2.ts';
import type { FoldForecast } from './rolling-origins.ts';

/** Scores of an interval at one level over all folds; null where not defined. */
export interface LevelScores {
  readonly level: number;
  /** Share of actual values inside. */
  readonly coverage: number | null;
  /** Mean scaled interval score: the interval score over the seasonal naive error of the training part. */
  readonly msis: number | null;
  /** Mean pinball loss of the two ends, unit of y. */
  readonly pinball: number | null;
}

/**
 * Scores over all folds: each measure is the mean of the folds' (RMSE: root of the mean square). null where not defined.
 * The definitions are those of `pointAccuracy` and `intervalAccuracy`.
 */
export interface Scores {
  /** Actual values compared. */
  readonly count: number;
  readonly mae: number | null;
  readonly rmse: number | null;
  /** A fraction; null as soon as one actual value is zero. */
  readonly mape: number | null;
  /** A fraction from 0 to 2; the M4 competition prints it times 100. */
  readonly smape: number | null;
  /** Mean absolute error over that of the seasonal naive method within the training part; below 1 is better than it. */
  readonly mase: number | null;
  /** The same of squares, rooted. */
  readonly rmsse: number | null;
  /** Half sMAPE and half MASE, each relative to naive2's; below 1 is better than naive2. */
  readonly owa: number | null;
  /** Mean forecast − actual. */
  readonly bias: number | null;
  readonly levels: readonly LevelScores[];
}

/** Scores a model's folds against what happened. */
export function scoreFolds(y: Float64Array, folds: readonly FoldForecast[], m: number): Scores {
  const points = folds.map((fold) => pointAccuracy(actualOf(y, fold), fold.forecast.mean));
  const scales = folds.map(({ origin }) => errorScale(y.subarray(0, origin), m));
  const naive2 = folds.map((fold) => {
    const h = fold.forecast.mean.length;
    return pointAccuracy(actualOf(y, fold), naive2Forecast(y.subarray(0, fold.origin), m, h));
  });
  const mase = mean(points.map(({ mae }, i) => ratio(mae, scales[i]!.absolute)));
  const smape = mean(points.map((point) => point.smape));
  const mse = mean(points.map(({ rmse }) => rmse && rmse ** 2));
  const msse = mean(points.map(({ rmse }, i) => ratio(rmse && rmse ** 2, scales[i]!.squared)));
  const naive2Mase = mean(naive2.map(({ mae }, i) => ratio(mae, scales[i]!.absolute)));
  const relativeSmape = ratio(smape, mean(naive2.map((point) => point.smape)));
  const relativeMase = ratio(mase, naive2Mase);
  const mape = points.map((point) => point.mape);
  return {
    count: points.reduce((sum, point) => sum + point.count, 0),
    mae: mean(points.map((point) => point.mae)),
    rmse: mse === null ? null : Math.sqrt(mse),
    mape: mape.some((value, i) => value === null && points[i]!.count > 0) ? null : mean(mape),
    smape,
    mase,
    rmsse: msse === null ? null : Math.sqrt(msse),
    owa:
      relativeSmape === null || relativeMase === null ? null : (relativeSmape + relativeMase) / 2,
    bias: mean(points.map((point) => point.bias)),
    levels: (folds[0]?.forecast.intervals ?? []).map(({ level }, i) => {
      const scores = folds.map((fold) => {
        const { lower, upper } = fold.forecast.intervals[i]!;
        return intervalAccuracy(actualOf(y, fold), lower, upper, level);
      });
      return {
        level,
        coverage: mean(scores.map((score) => score.coverage)),
        msis: mean(scores.map((score, k) => ratio(score.intervalScore, scales[k]!.absolute))),
        pinball: mean(scores.map((score) => score.pinball)),
      };
    }),
  };
}

function actualOf(y: Float64Array, { origin, forecast }: FoldForecast): Float64Array {
  return y.subarray(origin, origin + forecast.mean.length);
}

/** Mean of the values that are defined; null when none is. */
function mean(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, v) => sum + v, 0) / defined.length;
}

function ratio(top: number | null, bottom: number | null): number | null {
  return top === null || bottom === null || bottom === 0 ? null : top / bottom;
}
