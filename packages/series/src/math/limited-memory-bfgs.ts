import type { Differentiable, Minimum } from './quasi-newton.ts';
import { type Trial, wolfeStep } from './wolfe-line-search.ts';

export interface LimitedMemoryOptions {
  /** Pairs of steps and gradient changes that are remembered; default 5. */
  readonly memory?: number;
  /** Length of the first step, in gradients; default 0.001. */
  readonly firstStep?: number;
  readonly maxIterations?: number;
}

/** One remembered step. */
interface Pair {
  readonly move: Float64Array;
  readonly turn: Float64Array;
  /** move · turn */
  readonly curvature: number;
}

/** Stan's limits, of the gain, the gradient and the step; the last two are shares of the function's size. */
const LEAST_GAIN = 1e-12;
const LEAST_GRADIENT = 1e-8;
const LEAST_MOVE = 1e-8;
const LEAST_RELATIVE_GAIN = 1e4 * Number.EPSILON;
const LEAST_EXPECTED_GAIN = 1e7 * Number.EPSILON;

/**
 * Local minimum by L-BFGS (Nocedal & Wright 2006, algorithm 7.5), with the defaults and stopping rules of Stan's optimiser
 * (reference manual, "Optimization"; `tol_obj`, `tol_rel_obj`, `tol_grad`, `tol_rel_grad`, `tol_param`). For a function with
 * kinks it ends near the minimum, not at it: where exactly follows from these rules. Use it to end where Stan ends, and
 * `quasiNewton` for anything else.
 *
 * @param x0 starting point, where the function must be finite; not modified.
 *
 * Cost: one or two calls of `f` an iteration, and 4 · memory · d products.
 */
export function limitedMemoryBfgs(
  f: Differentiable,
  x0: Float64Array,
  options: LimitedMemoryOptions = {},
): Minimum {
  const { memory = 5, firstStep = 1e-3, maxIterations = 10_000 } = options;
  const d = x0.length;
  const pairs: Pair[] = [];
  const gradient = new Float64Array(d);
  const x = Float64Array.from(x0);
  let now: Omit<Trial, 'step' | 'slope'> = { x, gradient, value: f(x, gradient) };
  let direction = descent(gradient, pairs);
  let step = firstStep;
  for (let iteration = 1; ; iteration++) {
    const search = (first: number) => {
      const from = now;
      const line = {
        value: from.value,
        slope: dot(from.gradient, direction),
        at: (length: number): Trial => {
          const there = from.x.map((value, i) => value + length * direction[i]!);
          const slopes = new Float64Array(d);
          const value = f(there, slopes);
          return { step: length, x: there, gradient: slopes, value, slope: dot(slopes, direction) };
        },
      };
      return { line, trial: line.slope < 0 ? wolfeStep(line, first) : null };
    };
    let fresh = pairs.length === 0;
    let { line, trial } = search(step);
    if (trial === null && !fresh) {
      // What was remembered may mislead: start again from steepest descent.
      pairs.length = 0;
      fresh = true;
      direction = descent(now.gradient, pairs);
      ({ line, trial } = search(firstStep));
    }
    if (trial === null)
      return { x: now.x, value: now.value, iterations: iteration, converged: true };

    const move = trial.x.map((value, i) => value - now.x[i]!);
    const turn = trial.gradient.map((value, i) => value - now.gradient[i]!);
    pairs.push({ move, turn, curvature: dot(move, turn) });
    if (pairs.length > memory) pairs.shift();
    const gain = now.value - trial.value;
    const size = Math.max(Math.abs(trial.value), Math.abs(now.value), 1);
    now = trial;
    const next = descent(now.gradient, pairs);
    const expected = -dot(next, now.gradient);
    const converged =
      Math.abs(gain) < LEAST_GAIN ||
      Math.abs(gain) < LEAST_RELATIVE_GAIN * size ||
      Math.sqrt(dot(now.gradient, now.gradient)) < LEAST_GRADIENT ||
      expected < LEAST_EXPECTED_GAIN * Math.max(Math.abs(now.value), 1) ||
      Math.sqrt(dot(move, move)) < LEAST_MOVE;
    if (converged || iteration >= maxIterations) {
      return { x: now.x, value: now.value, iterations: iteration, converged };
    }
    step = firstTry(
      line.slope,
      gain,
      trial,
      fresh ? scaleOf(pairs) : 1,
      dot(now.gradient, direction),
    );
    direction = next;
  }
}

/**
 * The next first step: where the cubic through the last two points has its minimum, and a little more, at most 1.
 *
 * @param scale after a step of steepest descent, what the new scale of the inverse Hessian makes of its length.
 */
function firstTry(slope: number, gain: number, last: Trial, scale: number, slopeThere: number) {
  return Math.min(
    1,
    1.01 * cubicMinimum(slope * scale, last.step / scale, -gain, slopeThere * scale),
  );
}

/** Inverse Hessian of the last step alone. */
function scaleOf(pairs: readonly Pair[]): number {
  const { turn, curvature } = pairs.at(-1)!;
  return curvature / dot(turn, turn);
}

/** Where in (0, 1] the cubic through (0, 0) with slope `s0` and (x, value) with slope `s1` is least. */
function cubicMinimum(s0: number, x: number, value: number, s1: number): number {
  const c3 = (6 * x * (s0 + s1) - 12 * value) / x ** 3;
  const c2 = (6 * value) / x ** 2 - (4 * s0 + 2 * s1) / x;
  const at = (p: number) => p * (p * ((p * c3) / 3 + c2) * 0.5 + s0);
  const root = Math.sqrt(c2 * c2 - 2 * s0 * c3);
  let best = 1e-12;
  for (const place of [1, -(c2 + root) / c3, -(c2 - root) / c3]) {
    if (place > 1e-12 && place <= 1 && at(place) < at(best)) best = place;
  }
  return best;
}

/** −H·g by the two loops of algorithm 7.4. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const p = gradient.map((value) => -value);
  const d = p.length;
  const weights = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { move, turn, curvature } = pairs[k]!;
    const weight = dot(move, p) / curvature;
    weights[k] = weight;
    for (let i = 0; i < d; i++) p[i]! -= weight * turn[i]!;
  }
  if (pairs.length > 0) {
    const scale = scaleOf(pairs);
    for (let i = 0; i < d; i++) p[i]! *= scale;
  }
  for (let k = 0; k < pairs.length; k++) {
    const { move, turn, curvature } = pairs[k]!;
    const weight = weights[k]! - dot(turn, p) / curvature;
    for (let i = 0; i < d; i++) p[i]! += weight * move[i]!;
  }
  return p;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
