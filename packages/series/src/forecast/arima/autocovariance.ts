import type { Arma } from './arma.ts';

/** Beyond this variance (errors have variance 1) no digits are left for the rest. */
const MOST_VARIANCE = 1e12;

/** Length of the state of an ARMA process: max(AR degree, MA degree + 1). */
export function stateLength({ ar, ma }: Arma): number {
  return Math.max(ar.length - 1, ma.length);
}

/**
 * Covariances of the state of an ARMA process with its present value, errors having variance 1.
 *
 * State element i of Harvey's form is what the past and present add to the value i steps ahead, values between not counted:
 * Σ_{j>i} ar[j] w[t + i − j] + Σ_{j≥i} ma[j] e[t + i − j]. Element 0 is w[t] itself, and its covariance the variance of w.
 *
 * Cost: O(degree²) for the AR part; for the rest the length of the state times the number of lags.
 * Sources: the autoregression's autocovariances by Levinson's recursion backwards and forwards (Brockwell & Davis 1991, 5.2);
 *   state form: Harvey (1989), 3.3.
 */
export class StateCovariances {
  readonly #gamma: Float64Array;
  readonly #filtered: Float64Array;
  readonly #psi: Float64Array;
  readonly #partials: Float64Array;
  readonly #predictor: Float64Array;
  readonly #previous: Float64Array;
  /** One value per state element, as of the last `update`. */
  readonly values: Float64Array;

  constructor(arma: Arma) {
    const p = arma.ar.length - 1;
    const q = arma.ma.length - 1;
    const r = stateLength(arma);
    this.#gamma = new Float64Array(r + q + 1);
    this.#filtered = new Float64Array(r + q + 1);
    this.#psi = new Float64Array(q + 1);
    this.#partials = new Float64Array(p + 1);
    this.#predictor = new Float64Array(p + 1);
    this.#previous = new Float64Array(p + 1);
    this.values = new Float64Array(r);
  }

  /** @returns false when the AR part is not stationary, or so near to the edge that the variance exceeds 1e12. */
  update(arma: Arma): boolean {
    const { ar, ma, arLags, maLags } = arma;
    const { values } = this;
    const gamma = this.#gamma;
    const filtered = this.#filtered;
    const psi = this.#psi;
    const r = values.length;
    const q = ma.length - 1;
    if (!this.#autoregression(ar, r + q)) return false;
    // γ(k) = Σⱼ ma[j] Σᵢ ma[i] γ_x(k + j − i), x being the autoregression alone.
    if (q > 0) {
      for (let k = 0; k <= r + q; k++) {
        let sum = gamma[k]!;
        for (let l = 0; l < maLags.length; l++) {
          const i = maLags[l]!;
          sum += ma[i]! * gamma[k < i ? i - k : k - i]!;
        }
        filtered[k] = sum;
      }
      for (let k = 0; k <= r; k++) {
        let sum = filtered[k]!;
        for (let l = 0; l < maLags.length; l++) sum += ma[maLags[l]!]! * filtered[k + maLags[l]!]!;
        gamma[k] = sum;
      }
    }
    for (let k = 0; k <= q; k++) {
      let sum = ma[k]!;
      for (let l = 0; l < arLags.length && arLags[l]! <= k; l++) {
        sum += ar[arLags[l]!]! * psi[k - arLags[l]!]!;
      }
      psi[k] = sum;
    }
    for (let i = 0; i < r; i++) {
      let sum = i === 0 ? 1 : i <= q ? ma[i]! : 0;
      for (let l = 0; l < maLags.length; l++) {
        const j = maLags[l]!;
        if (j > i) sum += ma[j]! * psi[j - i]!;
      }
      for (let l = 0; l < arLags.length; l++) {
        const j = arLags[l]!;
        if (j > i) sum += ar[j]! * gamma[j - i]!;
      }
      values[i] = sum;
    }
    return values[0]! > 0 && values[0]! <= MOST_VARIANCE;
  }

  /** Autocovariances 0 … last of the autoregression with errors of variance 1, into `gamma`. */
  #autoregression(ar: Float64Array, last: number): boolean {
    const gamma = this.#gamma;
    const p = ar.length - 1;
    const partials = this.#partials;
    const predictor = this.#predictor;
    const previous = this.#previous;
    predictor.set(ar);
    let variance = 1;
    for (let k = p; k >= 1; k--) {
      const partial = predictor[k]!;
      const left = 1 - partial * partial;
      if (!(left > 0)) return false;
      partials[k] = partial;
      variance /= left;
      if (partial === 0) continue;
      for (let j = 1; j < k; j++) previous[j] = predictor[j]!;
      for (let j = 1; j < k; j++) {
        predictor[j] = (previous[j]! + partial * previous[k - j]!) / left;
      }
    }
    if (!(variance <= MOST_VARIANCE)) return false;
    gamma[0] = variance;
    for (let k = 1; k <= p; k++) {
      const partial = partials[k]!;
      let sum = partial * variance;
      for (let j = 1; j < k; j++) sum += predictor[j]! * gamma[k - j]!;
      gamma[k] = sum;
      variance *= 1 - partial * partial;
      if (partial !== 0) {
        for (let j = 1; j < k; j++) previous[j] = predictor[j]!;
        for (let j = 1; j < k; j++) predictor[j] = previous[j]! - partial * previous[k - j]!;
      }
      predictor[k] = partial;
    }
    for (let k = p + 1; k <= last; k++) {
      let sum = 0;
      for (let j = 1; j <= p; j++) sum += ar[j]! * gamma[k - j]!;
      gamma[k] = sum;
    }
    return true;
  }
}
