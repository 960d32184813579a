/** Stable codes, so that a page can say the same in its reader's language. */
export type LearningWarningCode =
  | 'no-rows'
  | 'rows-left-out'
  | 'constant-target'
  | 'one-class'
  | 'stopped-early'
  | 'validation-too-small'
  | 'separated'
  | 'columns-depend'
  | 'not-converged'
  | 'few-distinct-rows'
  | 'no-clusters'
  | 'sampled'
  | 'column-constant'
  | 'columns-identical'
  | 'column-is-target'
  | 'predicts-too-well'
  | 'missing-tells-target'
  | 'known-after-cut'
  | 'names-rows';

type Values = Readonly<Record<string, number>>;

/** A fact about the data or the fit that its reader should know. Plain data. */
export interface LearningWarning {
  readonly code: LearningWarningCode;
  /** One English sentence with the numbers in it. */
  readonly message: string;
  /** Names of the columns that it is about. */
  readonly columns: readonly string[];
  /** The numbers of the sentence, for a translated text. */
  readonly values: Values;
}

const three = (value: number | undefined) => (value ?? Number.NaN).toPrecision(3);

const TEXTS: Readonly<Record<LearningWarningCode, (v: Values, columns: string) => string>> = {
  'no-rows': () => 'There is no row with a known target, so nothing was learned.',
  'rows-left-out': (v) => `${v.left} of ${v.n} rows have no target and were left out.`,
  'constant-target': () => 'The target has one value only; it is predicted for every row.',
  'one-class': () => 'All rows are of one class; it is predicted for every row.',
  'stopped-early': (v) =>
    `No better on the validation rows after ${v.kept} rounds; ${v.tried} were tried.`,
  'validation-too-small': (v) =>
    `${v.n} rows are too few to keep some for validation; all rounds were kept.`,
  separated: (v, columns) =>
    `The classes can be told apart without error${columns === '' ? '' : `, mostly by ${columns}`}: coefficients grow without bound, so they were held by a ridge of ${v.ridge}. Their errors mean little.`,
  'columns-depend': (_, columns) =>
    `${columns} can be computed from other columns and got a coefficient of 0.`,
  'not-converged': (v) => `The estimation stopped after ${v.iterations} steps before settling.`,
  'few-distinct-rows': (v) =>
    `Only ${v.distinct} of the rows differ from each other, so there are at most as many clusters, not ${v.k}.`,
  'no-clusters': (v) =>
    `One cluster describes these rows as well as several (gap ${three(v.gap)}).`,
  sampled: (v) => `Measured on ${v.sample} of ${v.n} rows, drawn at random.`,
  'column-constant': (_, columns) => `${columns} has one value only and tells nothing.`,
  'columns-identical': (_, columns) => `${columns} hold the same values row by row.`,
  'column-is-target': (_, columns) => `${columns} is the target under another name.`,
  'predicts-too-well': (v, columns) =>
    `${columns} alone tells the target with a strength of ${three(v.strength)} of 1: was it known at the time of the prediction?`,
  'missing-tells-target': (v, columns) =>
    `Whether ${columns} is missing tells the target with a strength of ${three(v.strength)} of 1: it may be filled in afterwards.`,
  'known-after-cut': (v, columns) =>
    `${columns} holds times after the row's own cut in ${v.rows} of ${v.n} rows: they were not known then.`,
  'names-rows': (v, columns) =>
    `${columns} has ${v.distinct} categories in ${v.n} rows: it names rows and does not describe them.`,
};

/** Builds a warning whose sentence is made from its numbers. */
export function learningWarning(
  code: LearningWarningCode,
  values: Values = {},
  columns: readonly string[] = [],
): LearningWarning {
  return { code, message: TEXTS[code](values, columns.join(', ')), columns, values };
}
