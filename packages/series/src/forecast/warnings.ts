import type { SeriesWarning, WarningCode } from './types.ts';

type Values = Readonly<Record<string, number>>;

const percent = (fraction: number) => `${Math.round(fraction * 1000) / 10} %`;

/** `1 row`, `2 rows`. */
const count = (n: number | undefined, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
const isAre = (n: number | undefined) => (n === 1 ? 'is' : 'are');
const wasWere = (n: number | undefined) => (n === 1 ? 'was' : 'were');
const hasHave = (n: number | undefined) => (n === 1 ? 'has' : 'have');

const TEXTS: Readonly<Record<WarningCode, (v: Values) => string>> = {
  'all-missing': (v) => `All ${v.n} values are missing, so nothing can be forecast.`,
  empty: () => 'The series has no values, so nothing can be forecast.',
  'single-value': () =>
    'There is one value only; it is repeated, and nothing is known of how far values vary: the intervals have no width.',
  'too-short-for-season': (v) =>
    `${count(v.n, 'value')} ${isAre(v.n)} too few for a season of ${v.m}; seasons are ignored.`,
  'too-short-for-backtest': (v) =>
    `${count(v.n, 'value')} ${isAre(v.n)} too few to test a forecast of ${count(v.h, 'step')}; the choice of model is not tested.`,
  'too-short-for-model': (v) =>
    `${count(v.n, 'value')} ${isAre(v.n)} too few for this model; a simpler one was used.`,
  constant: (v) => `All values equal ${v.value}; the forecast repeats it.`,
  'missing-filled': (v) =>
    `${v.filled} of ${count(v.n, 'value')} ${wasWere(v.filled)} missing and ${wasWere(v.filled)} filled in.`,
  'not-positive': () => 'Some values are not positive, so only additive forms were tried.',
  'not-converged': (v) =>
    `The estimation stopped after ${count(v.iterations, 'step')} before settling.`,
  'seasonal-naive-not-beaten': (v) =>
    `No model beat the seasonal naive forecast in ${count(v.folds, 'test')}, so that is used.`,
  'seasonal-naive-ahead': (v) =>
    `No model beat the seasonal naive forecast in ${count(v.folds, 'test')}; these are too few to rely on it alone.`,
  'models-left-out': (v) =>
    `${count(v.left, 'model')} ${wasWere(v.left)} not tried, because the back-test may take ${v.work} steps of work.`,
  'clamped-at-zero': (v) =>
    `${count(v.steps, 'forecast step')} below zero ${wasWere(v.steps)} set to zero.`,
  'intervals-from-model': (v) =>
    `${count(v.residuals, 'past error')} ${isAre(v.residuals)} too few for a level of ${percent(v.level!)}; its interval rests mostly on the model.`,
  'under-covered': (v) =>
    `The ${percent(v.level!)} interval held ${percent(v.coverage!)} of past values.`,
  'season-too-long': (v) =>
    `A season of ${v.m} is too long for this model (at most ${v.limit}); it was removed beforehand.`,
  'beyond-growth-limits': (v) =>
    `${v.beyond} of ${count(v.n, 'value')} ${v.beyond === 1 ? 'lies' : 'lie'} above the cap or below the floor, where the growth cannot reach; set these wider.`,
  'closed-seasons': (v) =>
    `${v.closed} of every ${count(v.m, 'value')} ${wasWere(v.closed)} always zero and ${isAre(v.closed)} forecast as zero.`,
  'outliers-replaced': (v) =>
    `${v.outliers} of ${count(v.n, 'value')} ${wasWere(v.outliers)} far from all around and ${wasWere(v.outliers)} replaced before fitting.`,
  'duplicates-combined': (v) =>
    `${count(v.rows, 'row')} fell on the time of another and ${wasWere(v.rows)} combined.`,
  'times-rounded': (v) =>
    `${count(v.rows, 'time')} lay beside the usual spacing and ${wasWere(v.rows)} moved to it.`,
  'irregular-times': (v) =>
    `The times of ${count(v.rows, 'value')} have no common spacing; they were gathered into ${count(v.n, 'period')}.`,
  gaps: (v) => `${v.gaps} of ${count(v.n, 'time')} ${hasHave(v.gaps)} no value.`,
  'closed-days': (v) =>
    `${count(v.days, 'holiday')} without values ${wasWere(v.days)} left out, as those to come are.`,
  'rows-out-of-order': (v) =>
    `${count(v.rows, 'row')} stood behind a later time and ${wasWere(v.rows)} put in order.`,
  'rows-without-time': (v) => `${count(v.rows, 'row')} without a time ${wasWere(v.rows)} left out.`,
  'rows-without-values': (v) =>
    `${count(v.rows, 'row')} behind the last value ${hasHave(v.rows)} none and ${v.rows === 1 ? 'counts' : 'count'} as the future.`,
  'columns-unused': (v) =>
    `${count(v.columns, 'further column')} ${wasWere(v.columns)} not used: the model takes none, or values to come are missing.`,
};

/** Builds a warning whose sentence is made from its numbers. */
export function warning(code: WarningCode, values: Values = {}): SeriesWarning {
  return { code, message: TEXTS[code](values), values };
}
