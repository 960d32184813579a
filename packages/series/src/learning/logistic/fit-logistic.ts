import { requireFraction, requirePositive } from '../../invalid-input.ts';
import { choleskyInPlace, invertByCholesky } from '../../math/cholesky.ts';
import { normalCdf, normalHalfWidth } from '../../math/normal.ts';
import { lossFor } from '../boosting/losses.ts';
import { knownRows } from '../known-target.ts';
import { designColumns, designOf, type Standardised, standardise } from '../table/design.ts';
import type { FeatureTable } from '../table/feature-table.ts';
import { type LearningWarning, learningWarning } from '../warnings.ts';
import type { Coefficient, LogisticModel } from './logistic-model.ts';
import { type LogisticSolution, solveLogistic } from './newton-steps.ts';

/** Penalties, level of the intervals and weights. */
export interface LogisticOptions {
  /** Penalty ridge · Σβ²/2 on the coefficients of standardised columns; default 0. scikit-learn's C is its inverse. */
  readonly ridge?: number;
  /** Penalty lasso · Σ|β| on the same: makes coefficients exactly 0; no standard errors then. Default 0. */
  readonly lasso?: number;
  /** Of the intervals, default 0.95. */
  readonly level?: number;
  /** n weights ≥ 0 of the rows. */
  readonly weights?: Float64Array;
}

/** Held by this much where the classes are separated. */
const RESCUE = 1;

/**
 * Logistic regression by maximum likelihood, with standard errors and intervals; ridge and lasso as asked.
 *
 * @param table  n rows. Missing quantities are filled by their mean and marked by a column of their own; see `designOf`.
 * @param target n values 0 or 1; rows with one that is not finite are left out, with a warning.
 * @returns a model for every input. `status` says where maximum likelihood has no answer: `separated` (the classes can be told
 *   apart without error, so a ridge of 1 was used), `one-class`, `no-rows`, `not-converged`. Columns that depend on others have
 *   the coefficient 0, with a warning.
 * @throws InvalidInput (`target`, `ridge`, `lasso`, `level`, `weights`, `columns`)
 *
 * Cost: O(n · k²) a step, some 6 steps. Errors under a ridge are those of the biased estimate, (H+λ)⁻¹H(H+λ)⁻¹.
 * Precision: statsmodels 0.13.5 `Logit` to 1e-8 (coefficients, errors, intervals); scikit-learn 1.2.1 to 1e-5 with penalties.
 * Source: McCullagh & Nelder (1989); Albert & Anderson (1984), Biometrika 71(1), for separation, which is recognised by the
 *   loss settling while scores keep growing; le Cessie & van Houwelingen (1992), Applied Statistics 41(1), for ridge.
 */
export function fitLogistic(
  table: FeatureTable,
  target: Float64Array,
  { ridge = 0, lasso = 0, level = 0.95, weights }: LogisticOptions = {},
): LogisticModel {
  requirePositive('ridge', ridge, true);
  requirePositive('lasso', lasso, true);
  requireFraction('level', level);
  const known = knownRows(table, target, weights ?? null);
  lossFor('binary', known.target, 0.5);
  const design = designOf(known.table);
  const standard = standardise(designColumns(design, known.table));
  const penalty = { ridge, lasso };
  const used = usableColumns(standard, penalty);
  const name = (k: number) => design[k]!.name;
  // Without rows every column is constant, which says nothing of it.
  const constants = known.target.length === 0 ? [] : used.constant;
  const warnings = [
    ...known.warnings,
    ...constants.map((k) => learningWarning('column-constant', {}, [name(k)])),
    ...(used.dependent.length > 0
      ? [learningWarning('columns-depend', {}, used.dependent.map(name))]
      : []),
  ];
  const problem = {
    columns: used.columns.map((k) => standard.columns[k]!),
    target: known.target,
    weights: known.weights,
  };
  const {
    base: [base = 0],
    mean,
  } = constantModel(known.target, known.weights);
  const constant = { names: table.names, design, level, nullLogLikelihood: -mean };
  const finish = (
    status: LogisticModel['status'],
    fitted: { coefficients: readonly Coefficient[]; intercept: Coefficient },
    rest: {
      ridge: number;
      logLikelihood: number;
      iterations: number;
      more?: readonly LearningWarning[];
    },
  ): LogisticModel => ({
    model: 'logistic',
    status,
    ...constant,
    ...fitted,
    lasso,
    ridge: rest.ridge,
    logLikelihood: rest.logLikelihood,
    iterations: rest.iterations,
    warnings: [...warnings, ...(rest.more ?? [])],
  });
  const first = known.target[0];
  if (first === undefined || known.target.every((y) => y === first)) {
    const none = design.map(({ name: its }) => bare(its, 0));
    const more = first === undefined ? [] : [learningWarning('one-class')];
    const fitted = { coefficients: none, intercept: bare('intercept', base) };
    const rest = { ridge, logLikelihood: constant.nullLogLikelihood, iterations: 0, more };
    return finish(first === undefined ? 'no-rows' : 'one-class', fitted, rest);
  }
  let solution = solveLogistic({ ...problem, ...penalty });
  let held = ridge;
  let status: LogisticModel['status'] = solution.end === 'exhausted' ? 'not-converged' : 'ok';
  const more: LearningWarning[] = [];
  if (ridge === 0 && lasso === 0 && isSeparated(solution, problem.columns, known.target)) {
    const runaways = separatingColumns(solution, used.columns).map(name);
    more.push(learningWarning('separated', { ridge: RESCUE }, runaways));
    status = 'separated';
    held = RESCUE;
    solution = solveLogistic({ ...problem, ridge: RESCUE, lasso: 0 });
  } else if (status === 'not-converged') {
    more.push(learningWarning('not-converged', { iterations: solution.iterations }));
  }
  const errors = lasso > 0 || status !== 'ok' ? null : covariance(solution, held);
  const fitted = inUnits(
    solution,
    errors,
    used.columns,
    standard,
    design.map(({ name: its }) => its),
    level,
  );
  return finish(status, fitted, {
    ridge: held,
    logLikelihood: solution.logLikelihood,
    iterations: solution.iterations,
    more,
  });
}

function constantModel(target: Float64Array, weights: Float64Array | null) {
  const loss = lossFor('binary', target, 0.5);
  const base = loss.base(target, weights);
  const total = weights === null ? target.length : weights.reduce((sum, weight) => sum + weight, 0);
  return {
    base,
    mean: total * loss.mean(target, weights, [new Float64Array(target.length).fill(base[0]!)]),
  };
}

/** Columns that differ between rows and, without a penalty to settle it, do not follow from those before them. */
function usableColumns(
  { columns, deviations }: Standardised,
  { ridge, lasso }: { ridge: number; lasso: number },
) {
  const n = columns[0]?.length ?? 0;
  const constant: number[] = [];
  const dependent: number[] = [];
  const used: number[] = [];
  // Rows of a growing Cholesky factor of the correlations.
  const rows: Float64Array[] = [];
  for (let k = 0; k < columns.length; k++) {
    if (deviations[k] === 0) {
      constant.push(k);
      continue;
    }
    const row = new Float64Array(rows.length + 1);
    let rest = 1;
    if (ridge === 0 && lasso === 0) {
      rows.forEach((before, j) => {
        const other = columns[used[j]!]!;
        let sum = 0;
        for (let i = 0; i < n; i++) sum += columns[k]![i]! * other[i]!;
        let value = sum / n;
        for (let l = 0; l < j; l++) value -= row[l]! * before[l]!;
        row[j] = value / before[j]!;
        rest -= row[j]! ** 2;
      });
      if (rest < 1e-10 || used.length + 2 > n) {
        dependent.push(k);
        continue;
      }
      row[rows.length] = Math.sqrt(rest);
      rows.push(row);
    }
    used.push(k);
  }
  return { columns: used, constant, dependent };
}

/** Whether scores go to infinity: all on their right sides, or growing while the loss has settled. */
function isSeparated(
  { end, coefficients }: LogisticSolution,
  columns: readonly Float64Array[],
  target: Float64Array,
): boolean {
  if (end === 'diverged') return true;
  let lowestOne = Number.POSITIVE_INFINITY;
  let highestZero = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < target.length; i++) {
    let score = coefficients[columns.length]!;
    for (let k = 0; k < columns.length; k++) score += coefficients[k]! * columns[k]![i]!;
    if (target[i] === 1) lowestOne = Math.min(lowestOne, score);
    else highestZero = Math.max(highestZero, score);
  }
  return columns.length > 0 && lowestOne > highestZero;
}

/** The columns that run away: with coefficients of at least half the largest. */
function separatingColumns({ coefficients }: LogisticSolution, used: readonly number[]): number[] {
  const sizes = used.map((_, k) => Math.abs(coefficients[k]!));
  const most = Math.max(...sizes);
  return used.filter((_, k) => sizes[k]! >= most / 2);
}

/** (H+λ)⁻¹·H·(H+λ)⁻¹ by rows; null where H+λ has no inverse. */
function covariance(
  { information, coefficients }: LogisticSolution,
  ridge: number,
): Float64Array | null {
  const size = coefficients.length;
  const inverse = information.slice();
  for (let a = 0; a < size - 1; a++) inverse[a * size + a]! += ridge;
  if (!choleskyInPlace(inverse.slice(), size)) return null;
  invertByCholesky(inverse, size);
  if (ridge === 0) return inverse;
  return product(product(inverse, information, size), inverse, size);
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    let sum = 0;
    for (let l = 0; l < size; l++)
      sum += a[Math.floor(at / size) * size + l]! * b[l * size + (at % size)]!;
    return sum;
  });
}

const bare = (name: string, value: number): Coefficient => ({
  name,
  value,
  error: null,
  lower: null,
  upper: null,
  p: null,
});

/** Coefficients, errors and intervals in the units of the columns. */
function inUnits(
  { coefficients }: LogisticSolution,
  variance: Float64Array | null,
  used: readonly number[],
  { means, deviations }: Standardised,
  names: readonly string[],
  level: number,
) {
  const size = coefficients.length;
  const width = normalHalfWidth(level);
  const withError = (name: string, value: number, square: number | null): Coefficient => {
    if (square === null || !(square >= 0) || !Number.isFinite(square)) return bare(name, value);
    const error = Math.sqrt(square);
    const p = error > 0 ? 2 * normalCdf(-Math.abs(value / error)) : 1;
    return { name, value, error, lower: value - width * error, upper: value + width * error, p };
  };
  const place = new Map(used.map((k, at) => [k, at]));
  // The intercept of the columns as they are: a linear form of the standardised coefficients.
  const form = new Float64Array(size);
  form[size - 1] = 1;
  for (const [k, at] of place) form[at] = -means[k]! / deviations[k]!;
  let intercept = 0;
  let square = 0;
  for (let a = 0; a < size; a++) {
    intercept += form[a]! * coefficients[a]!;
    for (let b = 0; variance !== null && b < size; b++)
      square += form[a]! * form[b]! * variance[a * size + b]!;
  }
  return {
    intercept: withError('intercept', intercept, variance === null ? null : square),
    coefficients: names.map((name, k) => {
      const at = place.get(k);
      if (at === undefined) return bare(name, 0);
      const own = variance === null ? null : variance[at * size + at]! / deviations[k]! ** 2;
      return withError(name, coefficients[at]! / deviations[k]!, own);
    }),
  };
}
