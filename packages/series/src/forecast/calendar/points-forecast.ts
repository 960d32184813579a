import type { AdditiveOptions } from '../additive/options.ts';
import type { AutoParts } from '../auto-forecast.ts';
import type { Scores } from '../backtest/scores.ts';
import type { IntervalParts } from '../interval-parts.ts';
import type { LstmOptions } from '../lstm/fit-lstm.ts';
import type { Forecast, SeriesWarning } from '../types.ts';
import type { ModelContext, PointModel } from './point-models.ts';
import type { RegularOptions, RegularSeries } from './regular-series.ts';

export interface ForecastPointsOptions extends Omit<RegularOptions, 'h'> {
  /** Steps ahead, 1 to 10,000. */
  readonly h: number;
  /** Default `auto`. */
  readonly model?: PointModel;
  /** Levels of the intervals; default 0.8 and 0.95. */
  readonly levels?: readonly number[];
  /**
   * Intervals from past errors (`conformal`) or as the model has them (`model`). Default: `model` for `prophet`, which
   * simulates them, `conformal` for all others; `auto` has no other.
   */
  readonly intervals?: 'conformal' | 'model';
  /** Whether the quantity cannot be negative; `auto` (default): when no value is. */
  readonly nonNegative?: boolean | 'auto';
  /** Whether the quantity is counted in whole numbers: interval ends are rounded outwards. Default false. */
  readonly integer?: boolean;
  /** For `prophet`: growth, events (holidays) and the like. Events count for steps up to a day. */
  readonly additive?: Omit<AdditiveOptions, 'regressors' | 'timeZone' | 'nonNegative'> &
    Pick<ModelContext, 'cap' | 'floor'>;
  readonly lstm?: Pick<LstmOptions, 'seed' | 'shouldStop'>;
  /** Told how much of the work is done, 0..1. */
  readonly onProgress?: (done: number) => void;
}

/** A model at several past origins beside the seasonal naive. */
export interface PointsBacktest {
  /** Steps ahead that were tested. */
  readonly h: number;
  /** Number of past origins. */
  readonly origins: number;
  readonly model: Scores;
  readonly seasonalNaive: Scores;
  /** How often past values fell into intervals made as these are; null where too few could be tested. */
  readonly coverage: readonly { readonly level: number; readonly coverage: number | null }[];
}

/** A forecast of values at any times, with everything needed to judge it. Plain data. */
export interface PointsForecast {
  readonly status: 'ok';
  /** As a statistician writes it. */
  readonly model: string;
  readonly asked: PointModel;
  /** What was forecast from. */
  readonly series: RegularSeries;
  /** Mean and intervals at `series.future.t`. */
  readonly forecast: Forecast;
  /** What the widths of the intervals come from: past errors of so many series, or the model itself. */
  readonly intervals: { readonly kind: 'conformal' | 'model'; readonly series: number };
  /** null where the series is too short to test. */
  readonly backtest: PointsBacktest | null;
  /** For `prophet`: trend, seasons, events and regressors, in the unit of y; they add up to the mean. */
  readonly components: Readonly<Record<string, Float64Array>> | null;
  readonly warnings: readonly SeriesWarning[];
}

/**
 * A forecast of values at any times, all but its intervals: those may be made from past errors of other series too. Plain data:
 * it can be sent between threads or stored.
 */
export interface PointsDraft
  extends Pick<PointsForecast, 'status' | 'asked' | 'series' | 'components' | 'warnings'> {
  readonly made: AutoDraft | ModelDraft;
  readonly nonNegative: boolean;
  readonly integer: boolean;
}

export interface AutoDraft {
  readonly kind: 'auto';
  readonly parts: AutoParts;
}

export interface ModelDraft {
  readonly kind: 'model';
  readonly model: string;
  /** Of it the mean counts where there are `parts`. */
  readonly forecast: Forecast;
  /** null where the intervals are the model's own. */
  readonly parts: IntervalParts | null;
  readonly backtest: PointsBacktest | null;
}
