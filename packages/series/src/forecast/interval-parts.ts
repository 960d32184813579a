import type { FoldForecast } from './backtest/rolling-origins.ts';
import { calibrateFromFolds, conformalIntervals, type MeasuredCoverage } from './conformal.ts';
import type { Forecast, SeriesWarning } from './types.ts';
import { USUAL_BELIEF, type WidthBelief } from './width-factor.ts';

/** A forecast whose intervals are still to be made, from its own past errors or from those of many series. Plain data. */
export interface IntervalParts {
  /** h steps, with one interval of level `ONE_SIGMA`. */
  readonly base: Forecast;
  /** What it was made from. */
  readonly history: Float64Array;
  /** What the same model would have said at past origins, likewise with one interval. */
  readonly folds: readonly FoldForecast[];
  readonly m: number;
  readonly h: number;
  readonly levels: readonly number[];
}

/** `conformalIntervals` with what is believed of errors beforehand, and how they would have covered the past. */
export function makeIntervals(
  { base, history, folds, m, h, levels }: IntervalParts,
  belief: WidthBelief = USUAL_BELIEF,
): {
  readonly forecast: Forecast;
  readonly coverage: readonly MeasuredCoverage[];
  readonly warnings: readonly SeriesWarning[];
} {
  const calibration = calibrateFromFolds(history, folds, { m, h, levels }, belief);
  const made = conformalIntervals(base, history.length, calibration, levels, belief);
  return { ...made, coverage: calibration.coverage };
}
