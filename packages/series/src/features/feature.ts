import type { DeviceForm } from './device-form.ts';
import type { LotteryDraws } from './lottery/draws.ts';
import type { SharedSeries } from './shared-series.ts';

/** The fourteen pipelines. */
export type PipelineId =
  | 'basic'
  | 'rolling'
  | 'lags'
  | 'trend'
  | 'autocorrelation'
  | 'tsfresh'
  | 'tsfel'
  | 'catch22'
  | 'antropy'
  | 'matrix-profile'
  | 'anomaly'
  | 'calendar'
  | 'lottery'
  | 'static';

/** What the catalogue says about one feature. */
export interface FeatureInfo {
  /** The peer's own name where there is a peer, so that people can switch. */
  readonly name: string;
  /** A short name where the peer's is unusable as a column name. */
  readonly alias?: string;
  /** What it computes, in one or two plain sentences or a formula in the vocabulary of the package (y, t, n, m). */
  readonly formula: string;
  /** Paper, book or documentation page it follows. */
  readonly source: string;
  readonly parameters?: Readonly<Record<string, FeatureParameter>>;
  /** Unit of the value in terms of the input: `y`, `y²`, `samples`, `bits`, `1` for a plain number. */
  readonly unit: string;
  /** How the work grows with the length of the series. */
  readonly cost: 'n' | 'n log n' | 'n·window' | 'n²';
  /** What happens to missing values: left out before, or kept as gaps. */
  readonly missing: 'dropped' | 'kept';
  /** Whether the value at t uses nothing after t; false for a summary of a whole series. */
  readonly pointInTime: boolean;
}

export type FeatureParameter = number | string | boolean | readonly number[];

/** A number; several in a fixed order, or the names of such; null where the feature is not defined for the series. */
export type FeatureValue = number | readonly number[] | readonly string[] | null;

/** One feature of a whole series. NaN means that it is not defined for the series; it never throws for data. */
export interface SummaryFeature extends FeatureInfo {
  compute(series: SharedSeries): number | readonly number[] | readonly string[];
}

/** A series with the times of its values, for features by time. */
export interface TimedSeries {
  /** n values, oldest first; NaN is missing. */
  readonly y: Float64Array;
  /** Days since 1970-01-01 of each value, where the series has dates. */
  readonly days?: Int32Array;
  /** The whole draws that the values belong to, where it is a series of lottery numbers. */
  readonly draws?: LotteryDraws;
}

/**
 * Takes in the next value of a series (and its day, where it has days) and gives the columns at it. The array is used again at
 * the next value.
 */
export type ColumnPush = (value: number, day: number) => Float64Array;

/** Several columns computed together, each with one value for every point of the series. */
export interface ColumnGroup {
  readonly columns: readonly FeatureInfo[];
  /** One array of n values for each of `columns`, in their order; NaN where not defined. */
  compute(series: TimedSeries): readonly Float64Array[];
  /** Starts the incremental form, where there is one: the same values, one at a time. */
  stream?(): ColumnPush;
  /** How a GPU computes them, where one can. */
  readonly device?: DeviceForm;
}

/** Parameters of a set with their defaults; a caller may override each with a value of the same type. */
export type SetParameters = Readonly<Record<string, FeatureParameter>>;

interface NamedSet {
  /** What people type: `catch22`, `tsfresh-efficient`. */
  readonly name: string;
  readonly pipeline: PipelineId;
  /** Raise it when any value of the set changes, so that stored results are computed again. */
  readonly version: number;
  readonly defaults: SetParameters;
}

/** Features of a whole series (or of a window of it). */
export interface SummarySet extends NamedSet {
  readonly kind: 'summary';
  features(parameters: SetParameters): readonly SummaryFeature[];
}

/** Features by time. */
export interface ColumnSet extends NamedSet {
  readonly kind: 'columns';
  groups(parameters: SetParameters): readonly ColumnGroup[];
}

export type FeatureSet = SummarySet | ColumnSet;
