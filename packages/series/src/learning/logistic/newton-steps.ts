import { choleskyInPlace } from '../../math/cholesky.ts';

/** Standardised columns, a 0/1 target and weights; the intercept is the last coefficient everywhere. */
export interface LogisticProblem {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  /** Penalties on the coefficients but not on the intercept: ridge · Σβ²/2 + lasso · Σ|β|. */
  readonly ridge: number;
  readonly lasso: number;
}

export interface LogisticSolution {
  readonly coefficients: Float64Array;
  /** Second derivatives of the unpenalised loss, (k + 1)² by rows. */
  readonly information: Float64Array;
  readonly logLikelihood: number;
  readonly iterations: number;
  /** `diverged`: the loss settled and the coefficients did not, so some go to infinity. */
  readonly end: 'settled' | 'diverged' | 'exhausted';
}

const MOST_STEPS = 100;
/** Settled when the penalised loss falls by less than this share of itself and no score moves by much. */
const TOLERANCE = 1e-12;
const STILL = 1e-7;
/** A Newton step under separation lengthens scores by about 1 for ever. */
const RUNAWAY = 0.05;

/**
 * Coefficients of least penalised loss: Newton's steps, halved where they overshoot; under a lasso each step's quadratic is
 * solved column by column.
 *
 * Source: iteratively reweighted least squares, McCullagh & Nelder (1989), 4.4; coordinate descent, Friedman, Hastie &
 *   Tibshirani (2010), J. Stat. Software 33(1).
 */
export function solveLogistic(problem: LogisticProblem): LogisticSolution {
  const { columns, target, weights, ridge, lasso } = problem;
  const size = columns.length + 1;
  const n = target.length;
  let coefficients = new Float64Array(size);
  coefficients[size - 1] = startIntercept(target, weights);
  let scores = scoresOf(columns, coefficients, n);
  let loss = penalised(problem, coefficients, scores);
  const information = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  let end: LogisticSolution['end'] = 'exhausted';
  let iterations = 0;
  while (iterations < MOST_STEPS && end === 'exhausted') {
    iterations++;
    derivatives(problem, scores, gradient, information);
    const step =
      lasso > 0
        ? lassoStep(problem, coefficients, gradient, information)
        : newtonStep(coefficients, gradient, information, ridge);
    let share = 1;
    let next = coefficients;
    let nextScores = scores;
    let nextLoss = loss;
    for (let halvings = 0; halvings < 30; halvings++, share /= 2) {
      next = coefficients.map((value, k) => value + share * step[k]!);
      nextScores = scoresOf(columns, next, n);
      nextLoss = penalised(problem, next, nextScores);
      if (nextLoss <= loss * (1 + 1e-14)) break;
    }
    let moved = 0;
    for (let i = 0; i < n; i++) moved = Math.max(moved, Math.abs(nextScores[i]! - scores[i]!));
    const fall = loss - nextLoss;
    const flat = fall <= TOLERANCE * Math.max(loss, 1e-8);
    if (moved < STILL && flat) end = 'settled';
    else if (lasso === 0 && ridge === 0 && moved > RUNAWAY && fall < 1e-7 * Math.max(1, loss))
      end = 'diverged';
    [coefficients, scores, loss] = [next, nextScores, nextLoss];
  }
  derivatives(problem, scores, gradient, information);
  return { coefficients, information, logLikelihood: -plainLoss(problem, scores), iterations, end };
}

function startIntercept(target: Float64Array, weights: Float64Array | null): number {
  let ones = 0.5;
  let all = 1;
  for (let i = 0; i < target.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    ones += weight * target[i]!;
    all += weight;
  }
  return Math.log(ones / (all - ones));
}

function scoresOf(
  columns: readonly Float64Array[],
  coefficients: Float64Array,
  n: number,
): Float64Array {
  const scores = new Float64Array(n).fill(coefficients[columns.length]!);
  for (let k = 0; k < columns.length; k++) {
    const values = columns[k]!;
    const value = coefficients[k]!;
    if (value === 0) continue;
    for (let i = 0; i < n; i++) scores[i]! += value * values[i]!;
  }
  return scores;
}

function plainLoss({ target, weights }: LogisticProblem, scores: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const x = target[i] === 1 ? -scores[i]! : scores[i]!;
    const loss = x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    sum += weights === null ? loss : weights[i]! * loss;
  }
  return sum;
}

function penalised(
  problem: LogisticProblem,
  coefficients: Float64Array,
  scores: Float64Array,
): number {
  let penalty = 0;
  for (let k = 0; k < problem.columns.length; k++) {
    const value = coefficients[k]!;
    penalty += (problem.ridge * value * value) / 2 + problem.lasso * Math.abs(value);
  }
  return plainLoss(problem, scores) + penalty;
}

/** Gradient of the unpenalised loss and its second derivatives. */
function derivatives(
  { columns, target, weights }: LogisticProblem,
  scores: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
): void {
  const n = target.length;
  const k = columns.length;
  const size = k + 1;
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const p = 1 / (1 + Math.exp(-scores[i]!));
    const weight = weights === null ? 1 : weights[i]!;
    residual[i] = weight * (p - target[i]!);
    curvature[i] = weight * p * (1 - p);
  }
  const scaled = new Float64Array(n);
  const ones = new Float64Array(n).fill(1);
  for (let a = 0; a < size; a++) {
    const left = a < k ? columns[a]! : ones;
    let slope = 0;
    for (let i = 0; i < n; i++) {
      slope += left[i]! * residual[i]!;
      scaled[i] = left[i]! * curvature[i]!;
    }
    gradient[a] = slope;
    for (let b = 0; b <= a; b++) {
      const right = b < k ? columns[b]! : ones;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += scaled[i]! * right[i]!;
      information[a * size + b] = sum;
      information[b * size + a] = sum;
    }
  }
}

/** −(H + ridge)⁻¹ · (gradient + ridge · β); where the curvature has vanished, a little is added. */
function newtonStep(
  coefficients: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
  ridge: number,
): Float64Array {
  const size = coefficients.length;
  const right = gradient.map(
    (slope, a) => -(slope + (a < size - 1 ? ridge * coefficients[a]! : 0)),
  );
  let extra = 0;
  let most = 0;
  for (let a = 0; a < size; a++) most = Math.max(most, information[a * size + a]!);
  for (;;) {
    const factor = information.slice();
    for (let a = 0; a < size; a++) factor[a * size + a]! += (a < size - 1 ? ridge : 0) + extra;
    if (choleskyInPlace(factor, size)) return solveWithFactor(factor, right);
    extra = extra === 0 ? Math.max(1e-12 * most, 1e-12) : 10 * extra;
  }
}

/** x of L·Lᵀ·x = right. */
export function solveWithFactor(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const x = right.slice();
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) x[i]! -= factor[i * size + j]! * x[j]!;
    x[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) x[i]! -= factor[j * size + i]! * x[j]!;
    x[i]! /= factor[i * size + i]!;
  }
  return x;
}

/** The step to the minimum of the quadratic with both penalties, column by column. */
function lassoStep(
  { columns, ridge, lasso }: LogisticProblem,
  start: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
): Float64Array {
  const size = start.length;
  const step = new Float64Array(size);
  // Slope of the quadratic's unpenalised part at the present step.
  const slope = gradient.slice();
  for (let sweep = 0; sweep < 1000; sweep++) {
    let most = 0;
    for (let a = 0; a < size; a++) {
      const curvature = information[a * size + a]!;
      const isIntercept = a === columns.length;
      const divisor = curvature + (isIntercept ? 0 : ridge);
      if (!(divisor > 0)) continue;
      const now = start[a]! + step[a]!;
      const pull = curvature * now - slope[a]!;
      const next = isIntercept ? pull / divisor : soften(pull, lasso) / divisor;
      const move = next - now;
      if (move === 0) continue;
      step[a]! += move;
      for (let b = 0; b < size; b++) slope[b]! += information[a * size + b]! * move;
      most = Math.max(most, Math.abs(move) * Math.sqrt(curvature));
    }
    if (most < 1e-10) break;
  }
  return step;
}

function soften(value: number, by: number): number {
  return value > by ? value - by : value < -by ? value + by : 0;
}
