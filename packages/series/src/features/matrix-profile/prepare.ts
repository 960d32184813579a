import { requireWhole } from '../../invalid-input.ts';
import { LANES } from '../../kernels/matrix-profile.ts';
import { safeScale } from '../../math/safe-scale.ts';

/** How windows of one kind are compared. */
export const ORDINARY = 0;
/** All values equal: like every other constant window, half like any window that is not. */
export const CONSTANT = 1;
/** With a missing value: like nothing. */
export const MISSING = 2;

/** What every share of the work needs of a series: plain data that can be sent to a worker. */
export interface PreparedProfile {
  /** Length of a window, m. */
  readonly window: number;
  /** Number of windows, n − m + 1; 0 for a shorter series. */
  readonly count: number;
  /** Windows at most this far apart overlap too much to be compared: ⌈m / 4⌉. */
  readonly exclusion: number;
  /** The values less the first finite one; 0 where missing. */
  readonly x: Float64Array;
  /** Mean of each window. */
  readonly mean: Float64Array;
  /** Kind of each window. */
  readonly kind: Uint8Array;
  /** For the kernels, see kernels/matrix-profile.ts. */
  readonly edgeIn: Float64Array;
  readonly edgeOut: Float64Array;
  readonly inverse: Float64Array;
  /** Windows at which a running covariance has lost its digits and is begun anew: where an extreme value has just left. */
  readonly restarts: Int32Array;
}

/** A variance this much below one that has passed takes too few digits from the running covariance. */
const LOST_DIGITS = 1e-6;

/**
 * What the profile needs of each window: mean, deviation, whether it is constant or has missing values. Computed once, it can
 * be shared between threads that each take a slice of the diagonals.
 *
 * @param y      n values; what is not finite is missing.
 * @param window whole number ≥ 3: shapes of two values are all alike.
 * @throws InvalidInput (`window`)
 *
 * Cost: O(n·m), small beside the profile itself.
 */
export function prepareMatrixProfile(y: Float64Array, window: number): PreparedProfile {
  requireWhole('window', window, 3);
  const count = Math.max(0, y.length - window + 1);
  const { x, finite } = centre(y);
  const kind = kindsOf(x, finite, window, count);
  const mean = new Float64Array(count);
  const variance = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    mean[i] = meanOf(x, i, window);
    if (kind[i] !== ORDINARY) continue;
    variance[i] = varianceOf(x, i, window, mean[i]!);
    if (variance[i] === 0) kind[i] = CONSTANT;
  }
  const inverse = new Float64Array(count + LANES).fill(Number.NaN);
  for (let i = 0; i < count; i++) {
    if (kind[i] === ORDINARY) inverse[i] = 1 / Math.sqrt(variance[i]!);
  }
  const exclusion = Math.ceil(window / 4);
  const restarts = restartsOf(kind, variance);
  return {
    window,
    count,
    exclusion,
    x,
    mean,
    kind,
    inverse,
    restarts,
    ...edgesOf(x, window, count),
  };
}

/** Against the first value, not the mean: so no value depends on later ones. The scale matters for extreme sizes only. */
function centre(y: Float64Array): { x: Float64Array; finite: Uint8Array } {
  const n = y.length;
  const finite = new Uint8Array(n);
  let largest = 0;
  let first = -1;
  for (let t = 0; t < n; t++) {
    if (!Number.isFinite(y[t]!)) continue;
    finite[t] = 1;
    if (first < 0) first = t;
    largest = Math.max(largest, Math.abs(y[t]!));
  }
  const scale = safeScale(largest);
  const level = first < 0 ? 0 : y[first]! / scale;
  const x = new Float64Array(n);
  for (let t = 0; t < n; t++) if (finite[t] === 1) x[t] = y[t]! / scale - level;
  return { x, finite };
}

function kindsOf(x: Float64Array, finite: Uint8Array, window: number, count: number): Uint8Array {
  const kind = new Uint8Array(count);
  // How many values up to t are finite, and equal, without a break.
  let run = 0;
  let equal = 0;
  for (let t = 0; t < x.length; t++) {
    run = finite[t] === 1 ? run + 1 : 0;
    equal = run > 1 && x[t] === x[t - 1] ? equal + 1 : Math.min(run, 1);
    const start = t - window + 1;
    if (start < 0) continue;
    kind[start] = run < window ? MISSING : equal >= window ? CONSTANT : ORDINARY;
  }
  return kind;
}

function meanOf(x: Float64Array, from: number, length: number): number {
  let sum = 0;
  for (let t = from; t < from + length; t++) sum += x[t]!;
  return sum / length;
}

function varianceOf(x: Float64Array, from: number, length: number, mean: number): number {
  let sum = 0;
  for (let t = from; t < from + length; t++) sum += (x[t]! - mean) * (x[t]! - mean);
  return sum / length;
}

/** Source: Kamgar et al. (2019), Matrix Profile XV, eqs. for a covariance of windows moved by one, as halves of a product. */
function edgesOf(
  x: Float64Array,
  window: number,
  count: number,
): Pick<PreparedProfile, 'edgeIn' | 'edgeOut'> {
  const edgeIn = new Float64Array(count + LANES);
  const edgeOut = new Float64Array(count + LANES);
  const factor = Math.sqrt(window - 1) / window;
  for (let i = 1; i < count; i++) {
    const shared = meanOf(x, i, window - 1);
    edgeIn[i] = factor * (x[i + window - 1]! - shared);
    edgeOut[i] = factor * (x[i - 1]! - shared);
  }
  return { edgeIn, edgeOut };
}

function restartsOf(kind: Uint8Array, variance: Float64Array): Int32Array {
  const restarts: number[] = [];
  let largest = 0;
  for (let i = 0; i < kind.length; i++) {
    if (variance[i]! > largest) largest = variance[i]!;
    if (kind[i] !== ORDINARY || variance[i]! >= LOST_DIGITS * largest) continue;
    restarts.push(i);
    largest = variance[i]!;
  }
  return Int32Array.from(restarts);
}
