import { InvalidInput, requireWhole } from '../../invalid-input.ts';
import { medianInPlace } from '../../math/running-median.ts';

export interface ChangepointOptions {
  /** Whether a change is of the mean, or of mean and variance. Default `mean`. */
  readonly of?: 'mean' | 'mean-and-variance';
  /**
   * Cost of one more changepoint, > 0, in the unit of twice the log-likelihood. Default: 3 ln n for the mean, 4 ln n for both
   * (Schwarz's criterion counting the place as a parameter, and half as much again against chance).
   */
  readonly penalty?: number;
  /** Least points of a stretch, ≥ 1; 2 at least for the variance. Default 8. */
  readonly minimum?: number;
}

/** Median distance of neighbouring differences of white noise with spread 1: 0.6745 √2. */
const DIFFERENCE = 0.9538725524;

/**
 * The best places to cut a series into stretches of one mean (and variance), looked at as a whole: exact.
 *
 * @param y n values in any unit; one that is not finite takes the value before it.
 * @returns ascending places, each the first index of a new stretch; empty where nothing changes, and for fewer than twice the
 *          minimum.
 * @throws InvalidInput (`penalty`, `minimum`).
 *
 * Cost: O(n) where changes come at a constant rate, O(n²) where there is none.
 * Source: Killick, Fearnhead & Eckley (2012), JASA 107(500), "PELT". For the mean, the noise is estimated from neighbouring
 *   differences (median), which level changes do not inflate; correlated noise makes it too small, and changes too many.
 */
export function changepoints(y: Float64Array, options: ChangepointOptions = {}): Int32Array {
  const { of = 'mean', minimum = 8 } = options;
  const n = y.length;
  requireWhole('minimum', minimum, of === 'mean' ? 1 : 2);
  const parameters = of === 'mean' ? 3 : 4;
  const penalty = options.penalty ?? parameters * Math.log(Math.max(2, n));
  if (!(penalty > 0)) throw new InvalidInput('penalty', `must be above 0, got ${penalty}`);
  if (n < 2 * minimum) return new Int32Array(0);
  const z = standardised(y);
  if (z === null) return new Int32Array(0);
  return cut(n, minimum, penalty, of === 'mean' ? meanCost(z) : varianceCost(z));
}

type Cost = (from: number, to: number) => number;

/** Dynamic programme over last changepoints, leaving out those that can never win again. */
function cut(n: number, minimum: number, penalty: number, cost: Cost): Int32Array {
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const last = new Int32Array(n + 1);
  best[0] = -penalty;
  let candidates: number[] = [0];
  for (let to = minimum; to <= n; to++) {
    for (const from of candidates) {
      const total = best[from]! + cost(from, to) + penalty;
      if (total < best[to]!) {
        best[to] = total;
        last[to] = from;
      }
    }
    const limit = best[to]!;
    candidates = candidates.filter((from) => best[from]! + cost(from, to) <= limit);
    const entering = to + 1 - minimum;
    if (entering >= minimum && Number.isFinite(best[entering]!)) candidates.push(entering);
  }
  const places: number[] = [];
  for (let to = last[n]!; to > 0; to = last[to]!) places.push(to);
  return Int32Array.from(places.reverse());
}

/** Values around their median in units of the noise, no more than 10⁶ of them; null where nothing varies. */
function standardised(y: Float64Array): Float64Array | null {
  const values = new Float64Array(y.length);
  const firstFinite = y.findIndex(Number.isFinite);
  if (firstFinite === -1) return null;
  let before = y[firstFinite]!;
  for (let i = 0; i < y.length; i++) {
    if (Number.isFinite(y[i]!)) before = y[i]!;
    values[i] = before;
  }
  const size = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (size === 0) return null;
  for (let i = 0; i < values.length; i++) values[i]! /= size;
  const centre = medianInPlace(values.slice());
  const jumps = values.slice(1).map((value, i) => Math.abs(value - values[i]!));
  const spread = jumps.reduce((sum, jump) => sum + jump, 0) / jumps.length;
  if (spread === 0) return null;
  // Where more than half of the neighbours are equal their median says nothing, and the mean jump has to do.
  const noise = Math.max(medianInPlace(jumps) / DIFFERENCE, 1e-3 * spread);
  return values.map((value) => Math.max(-1e6, Math.min(1e6, (value - centre) / noise)));
}

function sums(z: Float64Array): { sum: Float64Array; squares: Float64Array } {
  const sum = new Float64Array(z.length + 1);
  const squares = new Float64Array(z.length + 1);
  for (let i = 0; i < z.length; i++) {
    sum[i + 1] = sum[i]! + z[i]!;
    squares[i + 1] = squares[i]! + z[i]! ** 2;
  }
  return { sum, squares };
}

function meanCost(z: Float64Array): Cost {
  const { sum, squares } = sums(z);
  return (from, to) => {
    const total = sum[to]! - sum[from]!;
    return Math.max(0, squares[to]! - squares[from]! - (total * total) / (to - from));
  };
}

/** Rounding and rounded values must not make a stretch of equal values infinitely likely. */
const LEAST_VARIANCE = 1e-4;

function varianceCost(z: Float64Array): Cost {
  const { sum, squares } = sums(z);
  return (from, to) => {
    const n = to - from;
    const mean = (sum[to]! - sum[from]!) / n;
    const variance = (squares[to]! - squares[from]!) / n - mean * mean;
    return n * Math.log(Math.max(LEAST_VARIANCE, variance));
  };
}
