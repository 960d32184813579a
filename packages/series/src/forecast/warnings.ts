import type { SeriesWarning, WarningCode } from './types.ts';

type Values = Readonly<Record<string, number>>;

const percent = (fraction: number) => `${Math.round(fraction * 1000) / 10} %`;

const TEXTS: Readonly<Record<WarningCode, (v: Values) => string>> = {
  'all-missing': (v) => `All ${v.n} values are missing, so nothing can be forecast.`,
  empty: () => 'The series has no values, so nothing can be forecast.',
  'single-value': () =>
    'There is one value only; it is repeated, and nothing is known of how far values vary: the intervals have no width.',
  'too-short-for-season': (v) =>
    `${v.n} values are too few for a season of ${v.m}; seasons are ignored.`,
  'too-short-for-backtest': (v) =>
    `${v.n} values are too few to test a forecast of ${v.h} steps; the choice of model is not tested.`,
  'too-short-for-model': (v) => `${v.n} values are too few for this model; a simpler one was used.`,
  constant: (v) => `All values equal ${v.value}; the forecast repeats it.`,
  'missing-filled': (v) => `${v.filled} of ${v.n} values were missing and were filled in.`,
  'not-positive': () => 'Some values are not positive, so only additive forms were tried.',
  'not-converged': (v) => `The estimation stopped after ${v.iterations} steps before settling.`,
  'seasonal-naive-not-beaten': (v) =>
    `No model beat the seasonal naive forecast in ${v.folds} tests, so that is used.`,
  'seasonal-naive-ahead': (v) =>
    `No model beat the seasonal naive forecast in ${v.folds} tests; these are too few to rely on it alone.`,
  'models-left-out': (v) =>
    `${v.left} models were not tried, because the back-test may take ${v.work} steps of work.`,
  'clamped-at-zero': (v) => `${v.steps} forecast steps below zero were set to zero.`,
  'intervals-from-model': (v) =>
    `${v.residuals} past errors are too few for a level of ${percent(v.level!)}; its interval rests mostly on the model.`,
  'under-covered': (v) =>
    `The ${percent(v.level!)} interval held ${percent(v.coverage!)} of past values.`,
  'season-too-long': (v) =>
    `A season of ${v.m} is too long for this model (at most ${v.limit}); it was removed beforehand.`,
  'beyond-growth-limits': (v) =>
    `${v.beyond} of ${v.n} values lie above the cap or below the floor, where the growth cannot reach; set these wider.`,
  'closed-seasons': (v) =>
    `${v.closed} of every ${v.m} values were always zero; they are forecast as zero.`,
  'outliers-replaced': (v) =>
    `${v.outliers} of ${v.n} values were far from all around them and were replaced before fitting.`,
  'duplicates-combined': (v) => `${v.rows} rows fell on the time of another and were combined.`,
  'times-rounded': (v) => `${v.rows} times lay beside the usual spacing and were moved to it.`,
  'irregular-times': (v) =>
    `The times of ${v.rows} values have no common spacing; they were gathered into ${v.n} periods.`,
  gaps: (v) => `${v.gaps} of ${v.n} times have no value.`,
  'closed-days': (v) => `${v.days} holidays without values were left out, as those to come are.`,
  'rows-out-of-order': (v) => `${v.rows} rows stood behind a later time and were put in order.`,
  'rows-without-time': (v) => `${v.rows} rows have no time and were left out.`,
  'rows-without-values': (v) =>
    `${v.rows} rows behind the last value have none; they count as the future.`,
  'columns-unused': (v) =>
    `${v.columns} further columns were not used: the model takes none, or values to come are missing.`,
};

/** Builds a warning whose sentence is made from its numbers. */
export function warning(code: WarningCode, values: Values = {}): SeriesWarning {
  return { code, message: TEXTS[code](values), values };
}
