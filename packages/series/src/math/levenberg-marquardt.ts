import { choleskyInPlace } from './cholesky.ts';

/**
 * Writes the n residuals at `x` into `out`; returns their sum of squares, or Infinity where `x` is not allowed.
 */
export type ResidualFunction = (x: Float64Array, out: Float64Array) => number;

export interface LeastSquaresOptions {
  /** Most rounds, each with one derivative of d calls; default 100. */
  readonly maxIterations?: number;
  /** Stop when two steps in a row lower the sum of squares by less than this share of it; default 1e-10. */
  readonly tolerance?: number;
}

export interface LeastSquaresMinimum {
  readonly x: Float64Array;
  readonly sumOfSquares: number;
  readonly iterations: number;
  /** Calls of the residual function. */
  readonly calls: number;
  /** False when the iteration limit came first. */
  readonly converged: boolean;
}

const STEP = 1e-6;
const MOST_DAMPING = 1e12;

/**
 * Local minimum of a sum of squares of smooth functions of d variables, by damped Gauss–Newton steps with derivatives from
 * forward differences (steps of 1e-6, so variables should be of size one).
 *
 * @param x0 starting point, where the function must be finite; not modified.
 * @param n  number of residuals.
 *
 * Cost: per round d + 1 to d + 3 calls, O(n·d²) and O(d³). About 5 to 10 rounds where the model fits.
 * Source: Levenberg (1944), Marquardt (1963), J. SIAM 11, 431–441, with his scaling by the diagonal.
 */
export function levenbergMarquardt(
  residuals: ResidualFunction,
  x0: Float64Array,
  n: number,
  { maxIterations = 100, tolerance = 1e-10 }: LeastSquaresOptions = {},
): LeastSquaresMinimum {
  const d = x0.length;
  let x = Float64Array.from(x0);
  let next = new Float64Array(d);
  let r = new Float64Array(n);
  let rNext = new Float64Array(n);
  const jacobian = Array.from({ length: d }, () => new Float64Array(n));
  const gram = new Float64Array(d * d);
  const right = new Float64Array(d);
  const damped = new Float64Array(d * d);
  const step = new Float64Array(d);
  let value = residuals(x, r);
  let calls = 1;
  let damping = 1e-3;
  let small = 0;
  let iterations = 0;
  if (d === 0) return { x, sumOfSquares: value, iterations, calls, converged: true };

  while (iterations < maxIterations) {
    iterations++;
    calls += differentiate(residuals, x, r, jacobian, next);
    normalEquations(jacobian, r, gram, right);
    let found = false;
    while (damping < MOST_DAMPING) {
      if (dampedStep(gram, right, damping, damped, step)) {
        for (let i = 0; i < d; i++) next[i] = x[i]! + step[i]!;
        calls++;
        const trial = residuals(next, rNext);
        if (trial < value) {
          small = value - trial < tolerance * value ? small + 1 : 0;
          value = trial;
          [x, next] = [next, x];
          [r, rNext] = [rNext, r];
          damping = Math.max(damping / 10, 1e-9);
          found = true;
          break;
        }
        // A step that promises next to nothing and gives nothing: this is the minimum.
        if (promised(gram, right, step) < tolerance * value) {
          return { x, sumOfSquares: value, iterations, calls, converged: true };
        }
      }
      damping *= 10;
    }
    if (!found || small === 2) {
      return { x, sumOfSquares: value, iterations, calls, converged: true };
    }
  }
  return { x, sumOfSquares: value, iterations, calls, converged: false };
}

/** Forward differences, or backward ones where forward is not allowed. Returns the calls it took. */
function differentiate(
  residuals: ResidualFunction,
  x: Float64Array,
  r: Float64Array,
  jacobian: readonly Float64Array[],
  at: Float64Array,
): number {
  let calls = 0;
  at.set(x);
  for (let i = 0; i < x.length; i++) {
    const column = jacobian[i]!;
    let h = STEP;
    at[i] = x[i]! + h;
    calls++;
    let value = residuals(at, column);
    if (!Number.isFinite(value)) {
      h = -STEP;
      at[i] = x[i]! + h;
      calls++;
      value = residuals(at, column);
    }
    if (Number.isFinite(value)) {
      for (let t = 0; t < column.length; t++) column[t] = (column[t]! - r[t]!) / h;
    } else column.fill(0);
    at[i] = x[i]!;
  }
  return calls;
}

/** JᵀJ and −Jᵀr. */
function normalEquations(
  jacobian: readonly Float64Array[],
  r: Float64Array,
  gram: Float64Array,
  right: Float64Array,
): void {
  const d = right.length;
  for (let i = 0; i < d; i++) {
    const a = jacobian[i]!;
    let along = 0;
    for (let t = 0; t < a.length; t++) along += a[t]! * r[t]!;
    right[i] = -along;
    for (let j = 0; j <= i; j++) {
      const b = jacobian[j]!;
      let sum = 0;
      for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
      gram[i * d + j] = sum;
      gram[j * d + i] = sum;
    }
  }
}

/** Solves (G + damping · diag G) · step = right. A variable without influence stays where it is. */
function dampedStep(
  gram: Float64Array,
  right: Float64Array,
  damping: number,
  work: Float64Array,
  step: Float64Array,
): boolean {
  const d = right.length;
  work.set(gram);
  let largest = 0;
  for (let i = 0; i < d; i++) largest = Math.max(largest, gram[i * d + i]!);
  if (!(largest > 0)) return false;
  for (let i = 0; i < d; i++) {
    work[i * d + i] = gram[i * d + i]! * (1 + damping) + 1e-15 * largest;
  }
  if (!choleskyInPlace(work, d)) return false;
  for (let i = 0; i < d; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= work[i * d + k]! * step[k]!;
    step[i] = sum / work[i * d + i]!;
  }
  for (let i = d - 1; i >= 0; i--) {
    let sum = step[i]!;
    for (let k = i + 1; k < d; k++) sum -= work[k * d + i]! * step[k]!;
    step[i] = sum / work[i * d + i]!;
  }
  return step.every(Number.isFinite);
}

/** By how much the linear model says the sum of squares would fall. */
function promised(gram: Float64Array, right: Float64Array, step: Float64Array): number {
  const d = right.length;
  let sum = 0;
  for (let i = 0; i < d; i++) {
    sum += 2 * step[i]! * right[i]!;
    for (let j = 0; j < d; j++) sum -= step[i]! * gram[i * d + j]! * step[j]!;
  }
  return sum;
}
