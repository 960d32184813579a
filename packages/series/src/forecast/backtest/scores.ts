import { errorScale, intervalAccuracy, pointAccuracy } from '../../stats/accuracy.ts';
import { naive2Forecast } from '../naive2.ts';
import type { FoldForecast } from './rolling-origins.ts';

/** Scores of an interval at one level over all folds; null where not defined. */
export interface LevelScores {
  readonly level: number;
  /** Share of actual values inside. */
  readonly coverage: number | null;
  /** Mean width, unit of y. */
  readonly width: number | null;
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

/** What the scores of one fold are relative to; the same for all models, so it is made once. */
export interface FoldYardstick {
  readonly actual: Float64Array;
  /** Mean absolute and squared error of the seasonal naive method within the training part. */
  readonly scale: { readonly absolute: number | null; readonly squared: number | null };
  readonly naive2: { readonly mae: number | null; readonly smape: number | null };
  /** How much the fold counts. */
  readonly weight: number;
}

/**
 * Yardsticks of folds of `h` steps at the given origins.
 *
 * @param weights one for each origin; default: all equal.
 */
export function foldYardsticks(
  y: Float64Array,
  origins: readonly number[],
  {
    m,
    h,
    weights,
  }: { readonly m: number; readonly h: number; readonly weights?: readonly number[] },
): FoldYardstick[] {
  return origins.map((origin, i) => {
    const known = y.subarray(0, origin);
    const actual = y.subarray(origin, origin + h);
    return {
      actual,
      scale: errorScale(known, m),
      naive2: pointAccuracy(actual, naive2Forecast(known, m, actual.length)),
      weight: weights?.[i] ?? 1,
    };
  });
}

/** Scores a model's folds against what happened. */
export function scoreFolds(
  folds: readonly FoldForecast[],
  yardsticks: readonly FoldYardstick[],
): Scores {
  const points = folds.map(({ forecast }, i) =>
    pointAccuracy(yardsticks[i]!.actual, forecast.mean),
  );
  const mean = (values: readonly (number | null)[]) => weightedMean(values, yardsticks);
  const absolute = yardsticks.map(({ scale }) => scale.absolute);
  const mase = mean(points.map(({ mae }, i) => ratio(mae, absolute[i]!)));
  const smape = mean(points.map((point) => point.smape));
  const mse = mean(points.map(({ rmse }) => rmse && rmse ** 2));
  const msse = mean(
    points.map(({ rmse }, i) => ratio(rmse && rmse ** 2, yardsticks[i]!.scale.squared)),
  );
  const relativeSmape = ratio(smape, mean(yardsticks.map(({ naive2 }) => naive2.smape)));
  const relativeMase = ratio(
    mase,
    mean(yardsticks.map(({ naive2 }, i) => ratio(naive2.mae, absolute[i]!))),
  );
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
      const scores = folds.map(({ forecast }, k) => {
        const { lower, upper } = forecast.intervals[i]!;
        return intervalAccuracy(yardsticks[k]!.actual, lower, upper, level);
      });
      return {
        level,
        coverage: mean(scores.map((score) => score.coverage)),
        width: mean(scores.map((score) => score.width)),
        msis: mean(scores.map((score, k) => ratio(score.intervalScore, absolute[k]!))),
        pinball: mean(scores.map((score) => score.pinball)),
      };
    }),
  };
}

/** Mean of the values that are defined; null when none is. */
function weightedMean(
  values: readonly (number | null)[],
  yardsticks: readonly FoldYardstick[],
): number | null {
  let sum = 0;
  let total = 0;
  values.forEach((value, i) => {
    if (value === null) return;
    sum += value * yardsticks[i]!.weight;
    total += yardsticks[i]!.weight;
  });
  return total === 0 ? null : sum / total;
}

function ratio(top: number | null, bottom: number | null): number | null {
  return top === null || bottom === null || bottom === 0 ? null : top / bottom;
}
