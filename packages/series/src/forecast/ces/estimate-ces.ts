import { quasiNewton } from '../../math/quasi-newton.ts';
import { classicalDecomposition } from '../../transform/classical-decomposition.ts';
import {
  CES_PARAMETERS,
  type CesSeasonality,
  type CesState,
  cesMean,
  copyCesState,
  moveCes,
  runCes,
} from './ces-filter.ts';

/** Estimated parameters of one kind. */
export interface CesEstimate {
  readonly kind: CesSeasonality;
  readonly parameters: Float64Array;
  /** States before the first value. */
  readonly start: CesState;
  /** Of the one-step errors of the series as given. */
  readonly sumOfSquares: number;
  /** Error of forecasts up to a season ahead (six steps without one) within the sample. */
  readonly multiStepError: number;
  readonly converged: boolean;
  readonly iterations: number;
}

/** α₀ for slow, usual and quick smoothing; with α₁ = 1 the smoothing weight is α₀ − 1. */
const START_REAL = [1.05, 1.3, 1.7];
/** α₁ above 1 carries a trend on, below 1 lets the level fade. */
const START_IMAGINARY = [0.99, 1, 1.01];
const START_SEASON = [0.05, 0.3];
const STEP = 1e-6;

/**
 * Least-squares estimate of one kind. The states before the first value are found by backcasting: the recursion runs to the end,
 * back, and forward again.
 *
 * @param y n values scaled to about 1, none missing; seasonal kinds need n ≥ 2m.
 * @returns null when no starting point is stable.
 */
export function estimateCes(y: Float64Array, kind: CesSeasonality, m: number): CesEstimate | null {
  const rough = roughStates(y, kind, m);
  const backcast = (p: Float64Array): CesState => {
    const state = copyCesState(rough);
    runCes(kind, p, state, y);
    runCes(kind, p, state, y, true);
    return state;
  };
  const cost = (p: Float64Array): number => {
    if (!isStable(kind, p, m)) return Number.POSITIVE_INFINITY;
    const value = y.length * Math.log(Math.max(runCes(kind, p, backcast(p), y), 1e-22 * y.length));
    return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  };
  const start = bestStart(kind, cost);
  if (start === null) return null;
  const minimum = quasiNewton((x, gradient) => differences(cost, x, gradient), start, {
    tolerance: 1e-4,
    maxIterations: 100,
  });
  const first = backcast(minimum.x);
  return {
    kind,
    parameters: minimum.x,
    start: first,
    sumOfSquares: runCes(kind, minimum.x, copyCesState(first), y),
    multiStepError: multiStepError(kind, minimum.x, copyCesState(first), y, m),
    converged: minimum.converged,
    iterations: minimum.iterations,
  };
}

const SHORT_LOOK_AHEAD = 6;

/**
 * Root mean square error of forecasts from every point of the later part of the series. Within one season each seasonal state is
 * used once, so only level and potential need to be carried ahead.
 */
function multiStepError(
  kind: CesSeasonality,
  p: Float64Array,
  state: CesState,
  y: Float64Array,
  m: number,
): number {
  const n = y.length;
  const h = m > 1 ? m : SHORT_LOOK_AHEAD;
  const from = Math.min(Math.max(4, 2 * m), Math.floor(n / 2));
  const { season } = state;
  let sum = 0;
  let count = 0;
  for (let t = 0; t < n; t++) {
    let { level, potential } = state;
    for (let i = 0; t >= from && i < h && t + i < n; i++) {
      const expected = level + (season.length > 0 ? season[(t + i) % m]! : 0);
      sum += (y[t + i]! - expected) ** 2;
      count++;
      [level, potential] = [level - (1 - p[1]!) * potential, level + (1 - p[0]!) * potential];
    }
    moveCes(kind, p, state, t, y[t]! - cesMean(kind, state, t));
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

function bestStart(kind: CesSeasonality, cost: (p: Float64Array) => number): Float64Array | null {
  let best: Float64Array | null = null;
  let least = Number.POSITIVE_INFINITY;
  const seasons =
    kind === 'partial'
      ? START_SEASON.map((beta) => [beta])
      : kind === 'full'
        ? START_REAL.map((beta) => [beta, 1])
        : [[]];
  for (const a0 of START_REAL) {
    for (const a1 of START_IMAGINARY) {
      for (const season of seasons) {
        const p = Float64Array.of(a0, a1, ...season);
        const value = cost(p);
        if (value >= least) continue;
        least = value;
        best = p;
      }
    }
  }
  return best;
}

/** Value and central differences; one-sided at the edge of what is allowed. */
function differences(
  cost: (p: Float64Array) => number,
  x: Float64Array,
  gradient: Float64Array,
): number {
  const value = cost(x);
  if (value === Number.POSITIVE_INFINITY) return value;
  const moved = Float64Array.from(x);
  for (let i = 0; i < x.length; i++) {
    moved[i] = x[i]! + STEP;
    let up = cost(moved);
    moved[i] = x[i]! - STEP;
    let down = cost(moved);
    moved[i] = x[i]!;
    let width = 2 * STEP;
    if (up === Number.POSITIVE_INFINITY) [up, width] = [value, STEP];
    if (down === Number.POSITIVE_INFINITY) [down, width] = [value, STEP];
    gradient[i] = up === down ? 0 : (up - down) / width;
  }
  return value;
}

/** Level, and season of the first values, with potentials near their balance at α₀ = 1.1. */
function roughStates(y: Float64Array, kind: CesSeasonality, m: number): CesState {
  const none = new Float64Array(0);
  const width = Math.min(Math.max(10, m), y.length);
  let level = 0;
  for (let t = 0; t < width; t++) level += y[t]! / width;
  const potential = level / 1.1;
  if (kind === 'none') return { level, potential, season: none, seasonPotential: none };
  if (kind === 'simple') {
    const season = y.slice(0, m);
    return { level: 0, potential: 0, season, seasonPotential: season.map((s) => s / 1.1) };
  }
  const season = Float64Array.from(classicalDecomposition(y, m, 'additive').indices);
  const seasonPotential = kind === 'full' ? season.map((s) => s / 1.1) : none;
  return { level, potential, season, seasonPotential };
}

/**
 * Whether the weight of an old value fades. For one complex state the eigenvalues say so; with a season beside it, the recursion
 * is run on zeros and must lose strength.
 */
function isStable(kind: CesSeasonality, p: Float64Array, m: number): boolean {
  if (!pairIsStable(p[0]!, p[1]!)) return false;
  if (kind === 'none' || kind === 'simple') return true;
  if (kind === 'partial' ? !(p[2]! > 0 && p[2]! < 1) : !pairIsStable(p[2]!, p[3]!)) return false;
  const season = Float64Array.from({ length: m }, (_, i) => (i % 3) - 1);
  const state: CesState = {
    level: 1,
    potential: 1,
    season,
    seasonPotential: kind === 'full' ? season.slice() : new Float64Array(0),
  };
  const rest = new Float64Array(3 * m);
  runCes(kind, p, state, rest);
  const before = runCes(kind, p, state, rest);
  return runCes(kind, p, state, rest) <= before;
}

/** Eigenvalues of F − g·wᵀ of a single complex state inside the unit circle. */
function pairIsStable(a0: number, a1: number): boolean {
  const [a, b, c, d] = [1 - a0 + a1, a1 - 1, 1 - a0 - a1, 1 - a0];
  const determinant = a * d - b * c;
  return Math.abs(determinant) < 1 && Math.abs(a + d) < 1 + determinant;
}

/**
 * Number of values that the series decides: smoothing parameters, variance, first level and first season. A state's potential
 * follows from it by backcasting and is not counted.
 */
export function cesParameterCount(kind: CesSeasonality, m: number): number {
  const states = { none: 1, simple: m, partial: m, full: m }[kind];
  return CES_PARAMETERS[kind].length + 1 + states;
}
