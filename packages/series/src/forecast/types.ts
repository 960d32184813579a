/** The shapes that every forecasting model of this library shares. Plain data except `FittedModel`. */

/** One interval: with probability `level` the future value lies in [lower[i], upper[i]]. */
export interface PredictionInterval {
  /** Nominal probability, a fraction in (0, 1). */
  readonly level: number;
  /** h values, in the unit of `y`. */
  readonly lower: Float64Array;
  /** h values, in the unit of `y`; never below `lower`. */
  readonly upper: Float64Array;
}

/** Point forecast and its intervals; element i is step i + 1 after the last observation. Plain data. */
export interface Forecast {
  readonly mean: Float64Array;
  /** One entry per asked level, in the order asked. */
  readonly intervals: readonly PredictionInterval[];
}

/** Stable codes, so that a page can say the same in its reader's language. */
export type WarningCode =
  | 'all-missing'
  | 'empty'
  | 'single-value'
  | 'too-short-for-season'
  | 'too-short-for-backtest'
  | 'too-short-for-model'
  | 'constant'
  | 'missing-filled'
  | 'not-positive'
  | 'not-converged'
  | 'seasonal-naive-not-beaten'
  | 'seasonal-naive-ahead'
  | 'models-left-out'
  | 'clamped-at-zero'
  | 'intervals-from-model'
  | 'under-covered'
  | 'season-too-long'
  | 'beyond-growth-limits'
  | 'closed-seasons'
  | 'outliers-replaced'
  | 'duplicates-combined'
  | 'times-rounded'
  | 'irregular-times'
  | 'gaps'
  | 'closed-days'
  | 'rows-out-of-order'
  | 'rows-without-time'
  | 'rows-without-values'
  | 'columns-unused';

/** A fact about the data or the fit that the reader of a forecast should know. */
export interface SeriesWarning {
  readonly code: WarningCode;
  /** One English sentence with the numbers in it. */
  readonly message: string;
  /** The numbers of the sentence, for a translated text. */
  readonly values: Readonly<Record<string, number>>;
}

/**
 * A model that was fitted to a series and can therefore predict. There is no unfitted model object: `fitX(y, options)`
 * returns this, so "not fitted yet" cannot happen.
 */
export interface FittedModel {
  /** As a statistician writes it: `ETS(M,Ad,M)`, `Theta`, `Seasonal naive`. */
  readonly name: string;
  /** One-step-ahead values, length n, unit of `y`. `NaN` where the model has no past to predict from. */
  readonly fitted: Float64Array;
  /** `y − fitted`, length n; `NaN` where `y` was missing or `fitted` is `NaN`. */
  readonly residuals: Float64Array;
  /** Estimated values by name, e.g. `{ alpha: 0.3 }`. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Gaussian log-likelihood, or null where the model defines none. */
  readonly logLikelihood: number | null;
  /** Corrected Akaike criterion, comparable only among models of the same family on the same `y`. */
  readonly aicc: number | null;
  readonly warnings: readonly SeriesWarning[];
  /**
   * @param h      whole number ≥ 1, steps ahead.
   * @param levels fractions in (0, 1); none by default. The intervals follow from the model's own error law.
   * @throws InvalidInput (`h`, `levels`).
   */
  forecast(h: number, levels?: readonly number[]): Forecast;
  /**
   * The same parameters applied to another stretch of the same series (usually: with newer values), without estimating
   * anything again. Cheap: one pass. Used for rolling origins between two fits.
   */
  applyTo(y: Float64Array): FittedModel;
  /**
   * A copy of the model's end state that takes further values one at a time, in constant time and without estimating
   * anything again; the model itself stays as it is. Absent where the model has no such form.
   */
  follow?(): ModelFollower;
}

/**
 * A fitted model on a running series. It changes with every `update` and belongs to one caller. After the values
 * v₁ … v_k, none missing, `forecast` gives what `applyTo` of the longer series would give, up to rounding.
 */
export interface ModelFollower {
  /** Number of values seen: those the model was fitted or applied to, and those of `update` since. */
  readonly n: number;
  /** Forecast of the next value. */
  readonly expected: number;
  /**
   * Takes the next value of the series. One that is not finite counts as missing: the states move as if `expected` had come,
   * and the spread of the errors stays as it was.
   *
   * @returns `value − expected`, in the unit of `y`; `NaN` for a missing value.
   * @throws InvalidInput (`value`) beyond ±1e150.
   */
  update(value: number): number;
  /** As in `FittedModel`. */
  forecast(h: number, levels?: readonly number[]): Forecast;
}

/** Fits one model to one training stretch; what a back-test calls at each origin. */
export type Fit = (y: Float64Array) => FittedModel;
