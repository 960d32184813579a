import {
  draftPoints,
  type ForecastPointsOptions,
  finishPoints,
  InvalidInput,
  type PointsBacktest,
  type PointsDraft,
  type PointsForecast,
  type PointsPool,
  type SeriesWarning,
  stepLabel,
  type TimedPoints,
} from '@kizashi/series';
import type { Locale } from '../errors.ts';
import type { TimeKind } from '../series-source/contract.ts';
import { timeText } from '../series-source/time-text.ts';
import { warningText } from './warning-texts.ts';

/** Numbers by level in percent: `"95"`, `"99.5"`. */
export type ByLevel<T> = Readonly<Record<string, T>>;

type ScoreName = 'mae' | 'rmse' | 'mape' | 'smape' | 'mase' | 'owa' | 'bias';

/** Measures of the past; null where one is not defined. Fractions, and units of the values for MAE, RMSE and bias. */
export interface BacktestReply extends Readonly<Record<ScoreName, number | null>> {
  readonly h: number;
  readonly origins: number;
  readonly coverage: ByLevel<number | null>;
  readonly seasonalNaive: Readonly<Record<ScoreName, number | null>>;
}

/** One series forecast, as `kizashi forecast FILE --json` prints it. */
export interface SeriesForecast {
  /** As a statistician writes it. */
  readonly model: string;
  /** `day`, `business-day`, `month` … */
  readonly step: string;
  /** Season length in steps; 1 for none. */
  readonly season: number;
  /** Number of values, gaps included. */
  readonly n: number;
  /** `2000-10-05`, `2000-10-05T03:00:00Z`, or the number of an index. */
  readonly t: readonly (string | number)[];
  readonly mean: readonly number[];
  readonly lower: ByLevel<readonly number[]>;
  readonly upper: ByLevel<readonly number[]>;
  /** Past errors of so many series made the widths (1: its own), or the model did. */
  readonly intervals: PointsForecast['intervals'];
  readonly backtest: BacktestReply | null;
  /** What the mean is the sum of, for models that say so. */
  readonly components?: Readonly<Record<string, readonly number[]>>;
  readonly warnings: readonly ToldWarning[];
}

/** A series that could not be forecast, and why. */
export interface SeriesRefused {
  readonly model: null;
  readonly t: readonly [];
  readonly mean: readonly [];
  readonly lower: ByLevel<never>;
  readonly upper: ByLevel<never>;
  readonly backtest: null;
  readonly warnings: readonly ToldWarning[];
}

export interface ToldWarning {
  readonly code: string;
  readonly message: string;
}

export type FileForecast = SeriesForecast | SeriesRefused;

/** A fact about a series with its numbers, not yet in anybody's words. */
export type UntoldWarning =
  | SeriesWarning
  | { readonly code: 'values-refused'; readonly message: string };

/** A forecast whose warnings are in nobody's language yet. */
export type UntoldForecast =
  | (Omit<SeriesForecast, 'warnings'> & { readonly warnings: readonly UntoldWarning[] })
  | (Omit<SeriesRefused, 'warnings'> & { readonly warnings: readonly UntoldWarning[] });

/** Says it in a reader's language. */
export function toldForecast(forecast: UntoldForecast, locale: Locale): FileForecast {
  const warnings = forecast.warnings.map((warning) => ({
    code: warning.code,
    message: warningText(warning, locale),
  }));
  return { ...forecast, warnings };
}

/** A forecast without its intervals: widths may be learnt from other series of the file. Plain data. */
export interface SeriesDraft {
  readonly status: 'ok';
  readonly kind: TimeKind;
  readonly draft: PointsDraft;
}

/** @throws InvalidInput for an option; what is wrong with the values alone is told in the answer */
export function draftSeries(
  points: TimedPoints,
  { kind, unsorted }: { readonly kind: TimeKind; readonly unsorted: number },
  options: ForecastPointsOptions,
): SeriesDraft | UntoldForecast {
  const { timeZone } = options;
  // The file was sorted while it was read.
  const sorted = unsorted > 0 ? [rowsSorted(unsorted)] : [];
  try {
    const draft = draftPoints(points, {
      ...options,
      timeKind: kind === 'index' ? 'index' : 'time',
      // A date is a date everywhere: it is kept as its midnight in UTC.
      ...(kind === 'date' || timeZone === undefined ? { timeZone: 'UTC' } : { timeZone }),
    });
    const warnings = [...sorted, ...draft.warnings];
    return draft.status === 'ok'
      ? { status: 'ok', kind, draft: { ...draft, warnings } }
      : refused(warnings);
  } catch (error) {
    if (!(error instanceof InvalidInput && /^(y|t)(\[|$)/.test(error.argument))) throw error;
    return refused([...sorted, { code: 'values-refused', message: error.message }]);
  }
}

function rowsSorted(rows: number): SeriesWarning {
  const message = `${rows} rows stood behind a later time and were put in order.`;
  return { code: 'rows-out-of-order', message, values: { rows } };
}

/** @param pool what was learnt from all series that are alike; null: its own past errors count */
export function finishSeries(
  { kind, draft }: SeriesDraft,
  pool: PointsPool | null,
): UntoldForecast {
  const result = finishPoints(draft, pool);
  const { series, forecast, components, intervals } = result;
  const byLevel = (end: 'lower' | 'upper') =>
    Object.fromEntries(forecast.intervals.map((one) => [percent(one.level), [...one[end]]]));
  return {
    model: result.model,
    step: stepLabel(series.step),
    season: series.m,
    n: series.y.length,
    t: Array.from(series.future.t, (time) => (kind === 'index' ? time : timeText(time, kind))),
    mean: [...forecast.mean],
    lower: byLevel('lower'),
    upper: byLevel('upper'),
    intervals,
    backtest: result.backtest && backtestReply(result.backtest),
    ...(components && {
      components: Object.fromEntries(
        Object.entries(components).map(([name, values]) => [name, [...values]]),
      ),
    }),
    warnings: result.warnings,
  };
}

function refused(warnings: readonly UntoldWarning[]): UntoldForecast {
  return { model: null, t: [], mean: [], lower: {}, upper: {}, backtest: null, warnings };
}

function backtestReply(backtest: PointsBacktest): BacktestReply {
  const { h, origins, model, seasonalNaive, coverage: measured } = backtest;
  const { mae, rmse, mape, smape, mase, owa, bias } = model;
  const naive = seasonalNaive;
  return {
    h,
    origins,
    ...{ mae, rmse, mape, smape, mase, owa, bias },
    coverage: Object.fromEntries(measured.map(({ level, coverage }) => [percent(level), coverage])),
    seasonalNaive: {
      mae: naive.mae,
      rmse: naive.rmse,
      mape: naive.mape,
      smape: naive.smape,
      mase: naive.mase,
      owa: naive.owa,
      bias: naive.bias,
    },
  };
}

/** 0.95 → `95`. */
function percent(level: number): string {
  return String(Number((level * 100).toPrecision(12)));
}
