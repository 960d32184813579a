import type { Arma } from './arma.ts';
import { StateCovariances, stateLength } from './autocovariance.ts';

/**
 * Where the variance of the one-step error exceeds that of the errors themselves by less than this share, the filter has
 * settled: the gain no longer changes, and what remains is lost in the likelihood (n · 1e-9 at most).
 */
const SETTLED = 1e-9;

/** What the filter knows after the last value. */
export interface FilterEnd {
  /** For each column the predicted state: element i is what is known so far of the value i + 1 steps ahead. */
  readonly states: readonly Float64Array[];
  /** Variance of the next one-step error, errors of the process having variance 1. 1 when settled. */
  readonly variance: number;
  /** How the state moves with a one-step error of 1, times `variance`. */
  readonly gain: Float64Array;
  /** Direction and weight of the last change of the state's covariance: see `advance` below. */
  readonly change: Float64Array;
  readonly weight: number;
}

/**
 * Turns stationary ARMA series into independent values of equal variance: their one-step errors, each over the square root of
 * its variance. All columns have the same law, so the work on variances is done once for all of them.
 *
 * This is the Kalman filter of Harvey's state form from its exact start. The covariance matrix of the state itself is never
 * formed: its change from one step to the next has rank one, so two vectors carry all there is to know (Chandrasekhar's
 * recursions), and a step costs O(r) instead of O(r²), r being the length of the state. Once the variance has settled a step
 * costs as much as there are lags.
 *
 * Sources: Morf, Sidhu & Kailath (1974), IEEE Trans. Autom. Control 19; for ARMA: Pearlman (1980), Biometrika 67; Mélard (1984),
 *   Applied Statistics 33, algorithm 197. Checked by: gap-filter.ts, which is the plain Kalman filter.
 */
export class WhiteningFilter {
  readonly #n: number;
  readonly #r: number;
  readonly #covariances: StateCovariances;
  readonly #gain: Float64Array;
  readonly #change: Float64Array;
  readonly #ahead: readonly Float64Array[];

  /** @param columns how many series of `n` values go through together. */
  constructor(arma: Arma, n: number, columns: number) {
    const r = stateLength(arma);
    this.#n = n;
    this.#r = r;
    this.#covariances = new StateCovariances(arma);
    this.#gain = new Float64Array(r);
    // Element t + i is element i of the vector at step t, so that shifting it costs nothing.
    this.#change = new Float64Array(n + r + 1);
    this.#ahead = Array.from({ length: columns }, () => new Float64Array(n + r + 1));
  }

  /**
   * @param columns series of n values each, none missing.
   * @param white   the results, one array of n values for each column.
   * @param raw     if given, the one-step errors of the first column before they are divided.
   * @returns the sum of the logarithms of the n variances, errors of the process having variance 1; NaN when the AR part is
   *          not stationary.
   */
  run(
    arma: Arma,
    columns: readonly Float64Array[],
    white: readonly Float64Array[],
    raw?: Float64Array,
  ): number {
    const n = this.#n;
    const r = this.#r;
    const gain = this.#gain;
    const change = this.#change;
    const { ar, arLags } = arma;
    const start = this.#covariances.values;
    if (!this.#covariances.update(arma)) return Number.NaN;
    for (const ahead of this.#ahead) ahead.fill(0);
    change.fill(0);
    let variance = start[0]!;
    // T·P·Z: the covariance of the next state with the present value.
    for (let i = 0; i < r; i++) gain[i] = i + 1 < r ? start[i + 1]! : 0;
    for (let l = 0; l < arLags.length; l++) gain[arLags[l]! - 1]! += ar[arLags[l]!]! * variance;
    change.set(gain);
    const ratio = -1 / (variance * variance);
    let logarithms = 0;
    let t = 0;
    for (; t < n && variance - 1 > SETTLED; t++) {
      logarithms += Math.log(variance);
      const scale = 1 / Math.sqrt(variance);
      for (let c = columns.length - 1; c >= 0; c--) {
        const ahead = this.#ahead[c]!;
        const expected = ahead[t]!;
        const error = columns[c]![t]! - expected;
        white[c]![t] = error * scale;
        if (raw !== undefined && c === 0) raw[t] = error;
        for (let l = 0; l < arLags.length; l++)
          ahead[t + arLags[l]!]! += ar[arLags[l]!]! * expected;
        addMultiple(ahead, t + 1, gain, error / variance);
      }
      variance = advance(arma, gain, change, t, variance, ratio);
    }
    this.#settled(arma, columns, white, t);
    if (raw !== undefined) raw.set(white[0]!.subarray(t), t);
    this.#variance = variance;
    this.#weight = ratio * variance;
    return logarithms;
  }

  #variance = 1;
  #weight = 0;

  #settled(
    { ar, ma, arLags, maLags }: Arma,
    columns: readonly Float64Array[],
    white: readonly Float64Array[],
    from: number,
  ): void {
    for (let c = 0; c < columns.length; c++) {
      const ahead = this.#ahead[c]!;
      const column = columns[c]!;
      const out = white[c]!;
      for (let t = from; t < column.length; t++) {
        const value = column[t]!;
        const error = value - ahead[t]!;
        out[t] = error;
        for (let l = 0; l < arLags.length; l++) ahead[t + arLags[l]!]! += ar[arLags[l]!]! * value;
        for (let l = 0; l < maLags.length; l++) ahead[t + maLags[l]!]! += ma[maLags[l]!]! * error;
      }
    }
  }

  /** The state after the last value of the last run. */
  end(arma: Arma): FilterEnd {
    const n = this.#n;
    const r = this.#r;
    const settled = this.#variance - 1 <= SETTLED;
    const gain = this.#gain.slice();
    if (settled)
      for (let i = 0; i < r; i++) gain[i] = (arma.ar[i + 1] ?? 0) + (arma.ma[i + 1] ?? 0);
    return {
      states: this.#ahead.map((ahead) => ahead.slice(n, n + r)),
      variance: settled ? 1 : this.#variance,
      gain,
      change: settled ? new Float64Array(r) : this.#change.slice(n, n + r),
      weight: this.#weight,
    };
  }
}

function addMultiple(to: Float64Array, at: number, from: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i++) to[at + i]! += from[i]! * factor;
}

/**
 * One step of the variances. The state's covariance changed last by `ratio · variance · change · changeᵀ` (ratio < 0).
 *
 * @param change element `at + i` is element i; afterwards element `at + 1 + i` is that of the next step.
 * @returns the next variance.
 */
export function advance(
  { ar, arLags }: Arma,
  gain: Float64Array,
  change: Float64Array,
  at: number,
  variance: number,
  ratio: number,
): number {
  const first = change[at]!;
  if (first === 0) return variance;
  const nextVariance = variance * (1 + ratio * first * first);
  for (let l = 0; l < arLags.length; l++) change[at + arLags[l]!]! += ar[arLags[l]!]! * first;
  const up = ratio * variance * first;
  const down = first / nextVariance;
  for (let i = 0; i < gain.length; i++) {
    const moved = change[at + 1 + i]!;
    const next = gain[i]! + up * moved;
    gain[i] = next;
    change[at + 1 + i] = moved - next * down;
  }
  return nextVariance;
}
