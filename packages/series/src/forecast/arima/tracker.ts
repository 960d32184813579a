import type { Prediction } from '../create-fitted-model.ts';
import type { Arma } from './arma.ts';
import type { GapFilter } from './gap-filter.ts';
import { advance, type FilterEnd } from './whitening-filter.ts';

/** The end of a series without regressors, errors having variance 1: knows what comes next and takes what came. */
export interface Tracker {
  expected(): number;
  /** Moves on by one value; one that is not finite is missing. */
  take(value: number): void;
  /** h steps ahead; deviations in units of that of the errors. */
  predict(h: number): Prediction;
  copy(): Tracker;
}

/** Terms of the uncertain start that are still counted; later ones are smaller than what a plot can show. */
const MOST_TERMS = 1000;

/** The end of a series without gaps: two vectors hold the variances (whitening-filter.ts). A step costs O(r). */
export class GaplessTracker implements Tracker {
  readonly #arma: Arma;
  readonly #delta: Float64Array;
  readonly #state: Float64Array;
  readonly #past: Float64Array;
  readonly #gain: Float64Array;
  readonly #change: Float64Array;
  #variance: number;
  readonly #ratio: number;

  /** @param past the last values, newest first, as many as the differences need. */
  constructor(arma: Arma, delta: Float64Array, end: FilterEnd, past: Float64Array) {
    this.#arma = arma;
    this.#delta = delta;
    this.#state = end.states[0]!.slice();
    this.#past = past.slice();
    this.#gain = end.gain.slice();
    this.#change = new Float64Array(end.change.length + 1);
    this.#change.set(end.change);
    this.#variance = end.variance;
    this.#ratio = end.weight / end.variance;
  }

  copy(): GaplessTracker {
    const end = {
      states: [this.#state],
      variance: this.#variance,
      gain: this.#gain,
      change: this.#change.subarray(0, this.#state.length),
      weight: this.#ratio * this.#variance,
    };
    return new GaplessTracker(this.#arma, this.#delta, end, this.#past);
  }

  expected(): number {
    let sum = this.#state[0]!;
    for (let lag = 1; lag < this.#delta.length; lag++) {
      sum += this.#delta[lag]! * this.#past[lag - 1]!;
    }
    return sum;
  }

  /** A missing value counts as the expected one, and as known. */
  take(value: number): void {
    const { ar, arLags } = this.#arma;
    const state = this.#state;
    const r = state.length;
    const expected = this.expected();
    const error = Number.isFinite(value) ? value - expected : 0;
    const first = state[0]!;
    state.copyWithin(0, 1);
    state[r - 1] = 0;
    for (let l = 0; l < arLags.length; l++) state[arLags[l]! - 1]! += ar[arLags[l]!]! * first;
    const share = error / this.#variance;
    for (let i = 0; i < r; i++) state[i]! += this.#gain[i]! * share;
    if (this.#past.length > 0) {
      this.#past.copyWithin(1, 0);
      this.#past[0] = expected + error;
    }
    this.#variance = advance(this.#arma, this.#gain, this.#change, 0, this.#variance, this.#ratio);
    this.#change.copyWithin(0, 1);
    this.#change[r] = 0;
  }

  predict(h: number): Prediction {
    return predictFrom(this.#arma, this.#delta, h, this.#state, this.#past, this.#spread(h));
  }

  /** P = R·Rᵀ + what the start left uncertain, which is the sum of all changes still to come. */
  #spread(h: number): Float64Array[] {
    const r = this.#state.length;
    const own = new Float64Array(r + this.#past.length);
    own.set(this.#arma.ma);
    const spread = [own];
    const gain = this.#gain.slice();
    const terms = Math.min(MOST_TERMS, Math.ceil(2e6 / (h + r)));
    const change = new Float64Array(terms + r + 1);
    change.set(this.#change);
    let variance = this.#variance;
    for (let k = 0; k < terms && variance - 1 > 1e-6; k++) {
      const weight = Math.sqrt(-this.#ratio * variance);
      const term = new Float64Array(own.length);
      for (let i = 0; i < r; i++) term[i] = change[k + i]! * weight;
      spread.push(term);
      variance = advance(this.#arma, gain, change, k, variance, this.#ratio);
    }
    return spread;
  }
}

/** The end of a series with gaps. A step costs O((r + lags)²) until the variances have settled. */
export class GapTracker implements Tracker {
  readonly #arma: Arma;
  readonly #delta: Float64Array;
  readonly #filter: GapFilter;
  readonly #r: number;
  readonly #errors = new Float64Array(1);

  constructor(arma: Arma, delta: Float64Array, filter: GapFilter) {
    this.#arma = arma;
    this.#delta = delta;
    this.#filter = filter;
    this.#r = filter.states[0]!.length - (delta.length - 1);
  }

  copy(): GapTracker {
    return new GapTracker(this.#arma, this.#delta, this.#filter.copy());
  }

  expected(): number {
    return this.#filter.expected();
  }

  take(value: number): void {
    this.#filter.step([value], this.#errors);
  }

  predict(h: number): Prediction {
    const state = this.#filter.states[0]!;
    const spread = this.#filter.spread();
    const r = this.#r;
    return predictFrom(this.#arma, this.#delta, h, state.subarray(0, r), state.subarray(r), spread);
  }
}

function predictFrom(
  arma: Arma,
  delta: Float64Array,
  h: number,
  state: Float64Array,
  past: Float64Array,
  spread: readonly Float64Array[],
): Prediction {
  const r = state.length;
  const mean = ahead(arma, delta, h, state, past);
  // What an error of 1 in one step does to those after it: each later error adds the same, one step later.
  const shock = new Float64Array(r);
  shock.set(arma.ma);
  const weights = ahead(arma, delta, h, shock, new Float64Array(past.length));
  const variance = new Float64Array(h);
  for (const column of spread) {
    const effect = ahead(arma, delta, h, column.subarray(0, r), column.subarray(r));
    for (let i = 0; i < h; i++) variance[i]! += effect[i]! * effect[i]!;
  }
  let later = 0;
  for (let i = 0; i < h; i++) {
    variance[i]! += later;
    later += weights[i]! * weights[i]!;
  }
  return { mean, deviation: variance.map(Math.sqrt) };
}

/** The next h values if no more errors came. */
function ahead(
  { ar, arLags }: Arma,
  delta: Float64Array,
  h: number,
  state: Float64Array,
  past: Float64Array,
): Float64Array {
  const lost = delta.length - 1;
  const w = new Float64Array(h + state.length);
  w.set(state);
  const y = new Float64Array(lost + h);
  for (let j = 0; j < lost; j++) y[lost - 1 - j] = past[j]!;
  for (let i = 0; i < h; i++) {
    const value = w[i]!;
    for (let l = 0; l < arLags.length && i + arLags[l]! < w.length; l++) {
      w[i + arLags[l]!]! += ar[arLags[l]!]! * value;
    }
    let sum = value;
    for (let lag = 1; lag <= lost; lag++) {
      if (delta[lag] !== 0) sum += delta[lag]! * y[lost + i - lag]!;
    }
    y[lost + i] = sum;
  }
  return y.subarray(lost).slice();
}
