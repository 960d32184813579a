/** Why the estimates of a model should not be used as numbers; stable codes, the words belong to the reader's page. */
export type FitProblemCode =
  /** No customer at all. */
  | 'no-customers'
  /** Nobody bought a second time, so nothing says how often or how long people buy. */
  | 'no-repeat-purchases'
  /** Fewer repeat buyers than parameters can be estimated from. */
  | 'too-few-repeat-buyers'
  /** All customers have the same history. */
  | 'identical-customers'
  /** All first purchases are on the last day: no time was observed. */
  | 'no-time-observed'
  /** Nobody seems to leave: the model without leaving is as likely. P(alive) would be 1 for everybody. */
  | 'no-dropout'
  /** Customers leave at once or never: the distribution of leaving has run to its two ends. */
  | 'polarised-dropout'
  /** Everybody leaves at the same rate: the distribution of leaving has run into a point. */
  | 'homogeneous-dropout'
  /** Everybody buys at the same rate: the distribution of rates has run into a point. */
  | 'homogeneous-rates'
  /** Everybody spends the same: the distribution of values has run into a point. */
  | 'homogeneous-values'
  /** The spread of values has no mean (q ≤ 1): a new customer's value would be infinite. */
  | 'infinite-mean'
  /** A parameter's standard error is so large that the data say little about it. */
  | 'not-identified'
  /** The search for the maximum ended without one. */
  | 'not-converged';

export interface FitProblem {
  readonly code: FitProblemCode;
  /** The numbers behind the code. */
  readonly values: Readonly<Record<string, number>>;
}

export function problem(
  code: FitProblemCode,
  values: Readonly<Record<string, number>> = {},
): FitProblem {
  return { code, values };
}

/** Repeat buyers below which no model is estimated: some for each of up to four parameters. */
export const LEAST_REPEAT_BUYERS = 10;
/**
 * Standard error of a logarithm above which a parameter counts as unknown: its 95 % interval then spans a factor of 2,500.
 */
export const LARGEST_LOG_ERROR = 2;
