/** A function of several variables: writes its gradient at `x` into `gradient`, returns its value (Infinity = not allowed). */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** False when the iteration limit came first. */
  readonly converged: boolean;
}

export interface QuasiNewtonOptions {
  readonly maxIterations?: number;
  /** Stop when three steps in a row gain less than this. */
  readonly tolerance?: number;
}

/**
 * Local minimum of a smooth function by BFGS with a backtracking line search (Nocedal & Wright 2006, algorithm 6.1, with the
 * Armijo condition only; an update whose curvature is not positive is skipped). A step into a region where the function is
 * Infinity is halved until it is allowed again.
 *
 * @param x0 starting point, where the function must be finite; not modified.
 *
 * Cost: one call of `f` per trial step and O(d²) per iteration; all memory is taken once.
 */
export function quasiNewton(
  f: Differentiable,
  x0: Float64Array,
  { maxIterations = 200, tolerance = 1e-6 }: QuasiNewtonOptions = {},
): Minimum {
  const d = x0.length;
  let x = Float64Array.from(x0);
  let g = new Float64Array(d);
  let value = f(x, g);
  let xNext = new Float64Array(d);
  let gNext = new Float64Array(d);
  const direction = new Float64Array(d);
  const hy = new Float64Array(d);
  const inverse = new Float64Array(d * d);
  resetToIdentity(inverse, d);
  let small = 0;
  let fresh = true;

  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let slope = descend(inverse, g, direction);
    if (!(slope < 0)) {
      // Rounding can spoil the matrix: start again from steepest descent.
      resetToIdentity(inverse, d);
      fresh = true;
      slope = descend(inverse, g, direction);
      if (!(slope < 0)) return { x, value, iterations: iteration, converged: true };
    }
    let step = fresh ? Math.min(1, 0.25 / Math.sqrt(-slope)) : 1;
    let next = Number.POSITIVE_INFINITY;
    let tries = 0;
    for (; tries < 30; tries++) {
      for (let i = 0; i < d; i++) xNext[i] = x[i]! + step * direction[i]!;
      next = f(xNext, gNext);
      if (next <= value + 1e-4 * step * slope) break;
      step *= tries < 2 ? 0.5 : 0.25;
    }
    if (tries === 30) {
      if (fresh) return { x, value, iterations: iteration, converged: true };
      resetToIdentity(inverse, d);
      fresh = true;
      continue;
    }
    fresh = updateInverse(inverse, x, xNext, g, gNext, hy, fresh) ? false : fresh;
    small = value - next < tolerance ? small + 1 : 0;
    [x, xNext] = [xNext, x];
    [g, gNext] = [gNext, g];
    value = next;
    if (small === 3) return { x, value, iterations: iteration + 1, converged: true };
  }
  return { x, value, iterations: maxIterations, converged: false };
}

function resetToIdentity(matrix: Float64Array, d: number): void {
  matrix.fill(0);
  for (let i = 0; i < d; i++) matrix[i * d + i] = 1;
}

/** Writes −H·g into `direction`; returns its slope along the gradient. */
function descend(inverse: Float64Array, g: Float64Array, direction: Float64Array): number {
  const d = g.length;
  let slope = 0;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    const row = i * d;
    for (let j = 0; j < d; j++) sum += inverse[row + j]! * g[j]!;
    direction[i] = -sum;
    slope -= sum * g[i]!;
  }
  return slope;
}

/** The BFGS update of the inverse Hessian in place. False when it was skipped. */
function updateInverse(
  inverse: Float64Array,
  x: Float64Array,
  xNext: Float64Array,
  g: Float64Array,
  gNext: Float64Array,
  hy: Float64Array,
  fresh: boolean,
): boolean {
  const d = x.length;
  let sy = 0;
  let yy = 0;
  for (let i = 0; i < d; i++) {
    const yi = gNext[i]! - g[i]!;
    sy += (xNext[i]! - x[i]!) * yi;
    yy += yi * yi;
  }
  if (!(sy > 1e-12 * yy) || yy === 0) return false;
  if (fresh) {
    const scale = sy / yy;
    for (let i = 0; i < d * d; i++) inverse[i]! *= scale;
  }
  let yhy = 0;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    const row = i * d;
    for (let j = 0; j < d; j++) sum += inverse[row + j]! * (gNext[j]! - g[j]!);
    hy[i] = sum;
    yhy += sum * (gNext[i]! - g[i]!);
  }
  const a = (1 + yhy / sy) / sy;
  for (let i = 0; i < d; i++) {
    const si = xNext[i]! - x[i]!;
    const hyi = hy[i]!;
    const row = i * d;
    for (let j = 0; j < d; j++) {
      const sj = xNext[j]! - x[j]!;
      inverse[row + j]! += a * si * sj - (hyi * sj + si * hy[j]!) / sy;
    }
  }
  return true;
}
