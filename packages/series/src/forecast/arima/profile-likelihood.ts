import type { ArmaPolynomials } from './arma.ts';

/** Makes columns white for given polynomials; see whitening-filter.ts. Returns the logarithm of the determinant, or NaN. */
export type Whiten = (arma: ArmaPolynomials, white: readonly Float64Array[]) => number;

/** Columns are of size one; a smaller variance is rounding, and its logarithm means nothing. */
const LEAST_VARIANCE = 1e-24;

export interface ColumnCounts {
  /** Length of the columns. */
  readonly length: number;
  /** The series, then indicators of gaps, then the regressors. */
  readonly columns: number;
  /** How many observations the columns stand for. */
  readonly used: number;
  readonly indicators: number;
}

/**
 * Gaussian likelihood of a regression with ARMA errors as a function of the ARMA coefficients alone: the best regression
 * coefficients and the best error variance for them are put in, as both have a closed form.
 *
 * Twice the negative logarithm is then, up to a constant, n · log(S) with S the sum of squares of
 * `white residual · (determinant)^(1 / 2n)`: a sum of squares, so it can be minimised by Gauss–Newton steps.
 *
 * Source: for the sum-of-squares form, Ansley (1979), Biometrika 66, 59–65.
 */
export class ProfileLikelihood {
  readonly #arma: ArmaPolynomials;
  readonly #whiten: Whiten;
  readonly #white: readonly Float64Array[];
  readonly #used: number;
  readonly #indicators: number;
  /** Regression coefficients of the last evaluation, one per column but the first. */
  readonly slopes: Float64Array;
  logDeterminant = 0;
  sumOfSquares = Number.POSITIVE_INFINITY;

  constructor(
    arma: ArmaPolynomials,
    whiten: Whiten,
    { length, columns, used, indicators }: ColumnCounts,
  ) {
    this.#arma = arma;
    this.#whiten = whiten;
    this.#used = used;
    this.#indicators = indicators;
    this.#white = Array.from({ length: columns }, () => new Float64Array(length));
    this.slopes = new Float64Array(columns - 1);
  }

  /** Sum of squares at unbounded coefficients, the residuals into `out`. Infinity where there is no likelihood. */
  residuals(x: Float64Array, out: Float64Array): number {
    this.#arma.setUnbounded(x);
    return this.evaluate(out);
  }

  /** The same at the coefficients that the polynomials hold. */
  evaluate(out: Float64Array): number {
    const white = this.#white;
    const target = white[0]!;
    this.logDeterminant = this.#whiten(this.#arma, white);
    if (!Number.isFinite(this.logDeterminant)) return Number.POSITIVE_INFINITY;
    const squares = projectOut(white, this.slopes);
    for (let i = 0; i < this.#indicators; i++) this.logDeterminant += Math.log(squares[i]!);
    const scale = Math.exp(this.logDeterminant / (2 * this.#used));
    let sum = 0;
    for (let t = 0; t < target.length; t++) {
      const value = target[t]!;
      sum += value * value;
      out[t] = value * scale;
    }
    this.sumOfSquares = sum;
    const scaled = sum * scale * scale;
    return Number.isFinite(scaled) ? scaled : Number.POSITIVE_INFINITY;
  }

  /** Of the last evaluation; exact when the columns were whitened exactly. */
  get logLikelihood(): number {
    const n = this.#used;
    const variance = Math.max(LEAST_VARIANCE, this.sumOfSquares / n);
    return -0.5 * (n * (1 + Math.log(2 * Math.PI * variance)) + this.logDeterminant);
  }
}

/**
 * Takes columns 1 … k out of column 0 by least squares (modified Gram–Schmidt); all are overwritten.
 *
 * @returns k sums of squares: of what each column adds to those before it.
 */
export function projectOut(columns: readonly Float64Array[], slopes: Float64Array): Float64Array {
  const k = columns.length - 1;
  const squares = new Float64Array(k);
  if (k === 0) return squares;
  const n = columns[0]!.length;
  const triangle = new Float64Array((k + 1) * (k + 1));
  for (let i = 1; i <= k; i++) {
    const a = columns[i]!;
    let square = 0;
    for (let t = 0; t < n; t++) square += a[t]! * a[t]!;
    squares[i - 1] = square;
    // A regressor that those before it explain, or that never moves, has no coefficient of its own.
    const free = square > 1e-18 * n;
    for (let c = i + 1; c <= k + 1; c++) {
      const b = columns[c % (k + 1)]!;
      let along = 0;
      for (let t = 0; t < n; t++) along += a[t]! * b[t]!;
      const share = free ? along / square : 0;
      triangle[i * (k + 1) + (c % (k + 1))] = share;
      if (share !== 0) for (let t = 0; t < n; t++) b[t]! -= share * a[t]!;
    }
  }
  for (let i = k; i >= 1; i--) {
    let slope = triangle[i * (k + 1)]!;
    for (let c = i + 1; c <= k; c++) slope -= triangle[i * (k + 1) + c]! * slopes[c - 1]!;
    slopes[i - 1] = slope;
  }
  return squares;
}
