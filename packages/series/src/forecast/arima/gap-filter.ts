import type { Arma } from './arma.ts';
import { StateCovariances, stateLength } from './autocovariance.ts';

/** Variance of what is not known at all at the start, errors having variance 1. */
const UNKNOWN = 1e8;
/** A one-step error with a larger variance only served to learn the start; it is no part of the likelihood. */
const STILL_UNKNOWN = 1e4;
const SETTLED = 1e-9;

/**
 * Kalman filter of an ARIMA series that may have gaps: r states of the ARMA part in Harvey's form, then the last values of the
 * series itself, as many as the differences need, of which nothing is known at the start.
 *
 * Differences over a gap are not defined, so here the undifferenced values are filtered. Without gaps the likelihood is that
 * of the differences (whitening-filter.ts), to 1e-6.
 *
 * Cost: a step costs some 4 (r + lags)² while variances change, O(lags) once they have settled.
 * Sources: Harvey (1989), 3.3 and 4.1; Harvey & Pierse (1984), JASA 79, 125–131, for gaps. The start follows R's `arima`.
 */
export class GapFilter {
  readonly #arma: Arma;
  readonly #delta: Float64Array;
  readonly #deltaLags: Int32Array;
  readonly #r: number;
  readonly #size: number;
  #p: Float64Array;
  #work: Float64Array;
  #settled = false;
  /** For each column, the predicted state: ARMA part, then the last values, newest first. */
  readonly states: readonly Float64Array[];
  /** False when the AR part is not stationary. */
  readonly stationary: boolean;

  /** @param delta see `differenceLags`. @param columns how many series go through together. */
  constructor(arma: Arma, delta: Float64Array, columns: number) {
    this.#arma = arma;
    this.#delta = delta;
    this.#deltaLags = Int32Array.from(
      Array.from(delta.keys()).filter((lag) => lag > 0 && delta[lag] !== 0),
    );
    const r = stateLength(arma);
    const size = r + delta.length - 1;
    this.#r = r;
    this.#size = size;
    this.#p = new Float64Array(size * size);
    this.#work = new Float64Array(size * size);
    this.states = Array.from({ length: columns }, () => new Float64Array(size));
    const covariances = new StateCovariances(arma);
    this.stationary = covariances.update(arma);
    if (this.stationary) this.#start(covariances.values);
  }

  /** An independent copy that goes on from here with the first column alone, regressors being taken out beforehand. */
  copy(): GapFilter {
    const copy = new GapFilter(this.#arma, this.#delta, 1);
    copy.#p.set(this.#p);
    copy.#settled = this.#settled;
    copy.states[0]!.set(this.states[0]!);
    return copy;
  }

  /** The stationary covariance from its first row, backwards: P = T·P·Tᵀ + R·Rᵀ. */
  #start(first: Float64Array): void {
    const { ar, ma } = this.#arma;
    const r = this.#r;
    const size = this.#size;
    const p = this.#p;
    for (let i = r - 1; i >= 0; i--) {
      for (let j = i; j >= 0; j--) {
        const a = ar[i + 1] ?? 0;
        const b = ar[j + 1] ?? 0;
        let value = a * b * first[0]! + (ma[i] ?? 0) * (ma[j] ?? 0);
        if (j + 1 < r) value += a * first[j + 1]!;
        if (i + 1 < r) value += b * first[i + 1]! + p[(i + 1) * size + j + 1]!;
        p[i * size + j] = value;
        p[j * size + i] = value;
      }
    }
    for (let i = r; i < size; i++) p[i * size + i] = UNKNOWN;
  }

  /** What is expected of the next value of a column. */
  expected(column = 0): number {
    const state = this.states[column]!;
    let sum = state[0]!;
    for (let l = 0; l < this.#deltaLags.length; l++) {
      const lag = this.#deltaLags[l]!;
      sum += this.#delta[lag]! * state[this.#r + lag - 1]!;
    }
    return sum;
  }

  /**
   * Takes one value of each column, all missing or none (the first decides).
   *
   * @param errors  one-step errors, written; 0 for a missing value and while the start is being learnt.
   * @returns the variance of the errors; NaN when they are no part of the likelihood.
   */
  step(values: ArrayLike<number>, errors: Float64Array): number {
    const missing = !Number.isFinite(values[0]!);
    if (this.#settled && !missing) return this.#settledStep(values, errors);
    if (this.#settled) this.#unsettle();
    const size = this.#size;
    const p = this.#p;
    let variance = Number.NaN;
    errors.fill(0);
    if (!missing) {
      const gain = this.#observed();
      variance = this.#alongObserved(gain);
      for (let c = 0; c < this.states.length; c++) {
        const state = this.states[c]!;
        const error = values[c]! - this.expected(c);
        errors[c] = error;
        for (let i = 0; i < size; i++) state[i]! += (gain[i]! * error) / variance;
      }
      for (let i = 0; i < size; i++) {
        const share = gain[i]! / variance;
        if (share === 0) continue;
        for (let j = 0; j < size; j++) p[i * size + j]! -= share * gain[j]!;
      }
    }
    for (let c = 0; c < this.states.length; c++) this.#moveState(c);
    this.#moveCovariance();
    this.#settled = this.#uncertainty() <= SETTLED;
    if (variance < STILL_UNKNOWN) return variance;
    errors.fill(0);
    return Number.NaN;
  }

  /** P·Zᵀ. */
  #observed(): Float64Array {
    const size = this.#size;
    const gain = this.#p.slice(0, size);
    for (let l = 0; l < this.#deltaLags.length; l++) {
      const lag = this.#deltaLags[l]!;
      const row = (this.#r + lag - 1) * size;
      for (let i = 0; i < size; i++) gain[i]! += this.#delta[lag]! * this.#p[row + i]!;
    }
    return gain;
  }

  #alongObserved(vector: Float64Array): number {
    let sum = vector[0]!;
    for (let l = 0; l < this.#deltaLags.length; l++) {
      const lag = this.#deltaLags[l]!;
      sum += this.#delta[lag]! * vector[this.#r + lag - 1]!;
    }
    return sum;
  }

  /** T·state. */
  #moveState(c: number): void {
    const { ar, arLags } = this.#arma;
    const r = this.#r;
    const state = this.states[c]!;
    const value = this.expected(c);
    const first = state[0]!;
    state.copyWithin(0, 1, r);
    state[r - 1] = 0;
    for (let l = 0; l < arLags.length; l++) state[arLags[l]! - 1]! += ar[arLags[l]!]! * first;
    if (this.#size === r) return;
    state.copyWithin(r + 1, r, this.#size - 1);
    state[r] = value;
  }

  /** T·P·Tᵀ + R·Rᵀ: rows first, then columns, each as a state moves. */
  #moveCovariance(): void {
    const size = this.#size;
    const r = this.#r;
    const { ma } = this.#arma;
    moveRows(this.#p, this.#work, size, r, this.#arma, this.#delta, this.#deltaLags);
    transpose(this.#work, size);
    moveRows(this.#work, this.#p, size, r, this.#arma, this.#delta, this.#deltaLags);
    const p = this.#p;
    for (let i = 0; i < Math.min(r, ma.length); i++) {
      for (let j = 0; j < Math.min(r, ma.length); j++) p[i * size + j]! += ma[i]! * ma[j]!;
    }
  }

  /**
   * Sum of the variances of the predicted state beyond those of the next error. The variance of one step does not tell: a gap
   * may matter again only a season later.
   */
  #uncertainty(): number {
    const { ma } = this.#arma;
    let sum = 0;
    for (let i = 0; i < this.#size; i++) {
      const own = i < ma.length ? ma[i]! * ma[i]! : 0;
      sum += this.#p[i * (this.#size + 1)]! - own;
    }
    return sum;
  }

  /** Nothing is uncertain now but the next error. */
  #settledStep(values: ArrayLike<number>, errors: Float64Array): number {
    const { ma, maLags } = this.#arma;
    for (let c = 0; c < this.states.length; c++) {
      const state = this.states[c]!;
      const error = values[c]! - this.expected(c);
      errors[c] = error;
      state[0]! += error;
      for (let l = 0; l < maLags.length; l++) {
        // Element j of the filtered state: what this error adds to the value j steps ahead.
        if (maLags[l]! < this.#r) state[maLags[l]!]! += ma[maLags[l]!]! * error;
      }
      this.#moveState(c);
    }
    return 1;
  }

  #unsettle(): void {
    const size = this.#size;
    const { ma } = this.#arma;
    this.#p.fill(0);
    for (let i = 0; i < ma.length; i++) {
      for (let j = 0; j < ma.length; j++) this.#p[i * size + j] = ma[i]! * ma[j]!;
    }
    this.#settled = false;
  }

  /** Vectors whose outer products add up to the covariance of the predicted state. */
  spread(): Float64Array[] {
    if (this.#settled) this.#unsettle();
    const size = this.#size;
    const p = this.#p.slice();
    const columns: Float64Array[] = [];
    // Cholesky with the largest pivot first, until nothing is left: the matrix is rarely of full rank.
    let limit = 0;
    for (let i = 0; i < size; i++) limit = Math.max(limit, 1e-12 * p[i * size + i]!);
    for (let k = 0; k < size; k++) {
      let pivot = 0;
      for (let i = 1; i < size; i++) if (p[i * size + i]! > p[pivot * size + pivot]!) pivot = i;
      const largest = p[pivot * size + pivot]!;
      if (!(largest > limit)) break;
      const column = new Float64Array(size);
      const root = Math.sqrt(largest);
      for (let i = 0; i < size; i++) column[i] = p[pivot * size + i]! / root;
      for (let i = 0; i < size; i++) {
        if (column[i] === 0) continue;
        for (let j = 0; j < size; j++) p[i * size + j]! -= column[i]! * column[j]!;
      }
      p[pivot * size + pivot] = 0;
      columns.push(column);
    }
    return columns;
  }
}

/** T times a matrix, row by row. */
function moveRows(
  from: Float64Array,
  to: Float64Array,
  size: number,
  r: number,
  { ar, arLags }: Arma,
  delta: Float64Array,
  deltaLags: Int32Array,
): void {
  to.set(from.subarray(size, r * size), 0);
  to.fill(0, (r - 1) * size, r * size);
  for (let l = 0; l < arLags.length; l++) {
    const row = (arLags[l]! - 1) * size;
    const weight = ar[arLags[l]!]!;
    for (let j = 0; j < size; j++) to[row + j]! += weight * from[j]!;
  }
  if (size === r) return;
  to.set(from.subarray(r * size, (size - 1) * size), (r + 1) * size);
  to.set(from.subarray(0, size), r * size);
  for (let l = 0; l < deltaLags.length; l++) {
    const row = (r + deltaLags[l]! - 1) * size;
    const weight = delta[deltaLags[l]!]!;
    for (let j = 0; j < size; j++) to[r * size + j]! += weight * from[row + j]!;
  }
}

function transpose(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const other = a[i * size + j]!;
      a[i * size + j] = a[j * size + i]!;
      a[j * size + i] = other;
    }
  }
}
