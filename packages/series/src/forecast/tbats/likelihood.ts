import type { TbatsForm } from './form.ts';
import { TbatsRecursion } from './recursion.ts';

// Mean square below which a fit of a series about 1 counts as perfect; keeps log(0) away.
const PERFECT = 1e-22;

/**
 * Likelihood of a TBATS form over one series, with its exact gradient: the adjoint of the recursion, run backwards, at about
 * the cost of the run itself whatever the number of parameters.
 */
export class TbatsLikelihood {
  readonly recursion: TbatsRecursion;
  readonly #y: Float64Array;
  readonly #form: TbatsForm;
  readonly #excess: Float64Array;
  readonly #errors: Float64Array;
  readonly #slopes: Float64Array;
  readonly #errorAdjoint: Float64Array;
  #sumOfSquares = 0;

  /** @param y n values, none missing, scaled to about 1. */
  constructor(y: Float64Array, form: TbatsForm, p: Float64Array) {
    this.recursion = new TbatsRecursion(form, p);
    this.#y = y;
    this.#form = form;
    this.#excess = new Float64Array(y.length);
    this.#errors = new Float64Array(y.length);
    this.#slopes = new Float64Array(y.length);
    this.#errorAdjoint = new Float64Array(y.length);
  }

  /** Σε² of the last `run`. */
  get sumOfSquares(): number {
    return this.#sumOfSquares;
  }

  /** n·log(Σε²): minus twice the log-likelihood, without its constant. Infinity when the run leaves all bounds. */
  run(p: Float64Array): number {
    const { recursion } = this;
    const { ar, ma } = recursion.layout;
    const n = this.#y.length;
    recursion.take(p);
    const state = recursion.firstState();
    let sum = 0;
    for (let t = 0; t < n; t++) {
      this.#slopes[t] = state.slope;
      const error = recursion.step(state, this.#y[t]!);
      let excess = error;
      for (let i = 1; i <= this.#form.p && i <= t; i++)
        excess += p[ar + i - 1]! * this.#excess[t - i]!;
      for (let i = 1; i <= this.#form.q && i <= t; i++)
        excess += p[ma + i - 1]! * this.#errors[t - i]!;
      this.#excess[t] = excess;
      this.#errors[t] = error;
      sum += error * error;
    }
    this.#sumOfSquares = sum;
    const result = n * Math.log(Math.max(sum, n * PERFECT));
    return Number.isFinite(result) ? result : Number.POSITIVE_INFINITY;
  }

  /** Gradient of the last `run` with respect to its parameters `p`. */
  gradient(p: Float64Array, gradient: Float64Array): void {
    const { layout, cos, sin, firstWave, phi } = this.recursion;
    const n = this.#y.length;
    const waves = cos.length;
    const hasTrend = layout.beta >= 0;
    const beta = hasTrend ? p[layout.beta]! : 0;
    const weight = this.#sumOfSquares > n * PERFECT ? (2 * n) / this.#sumOfSquares : 0;
    const errorAdjoint = this.#errorAdjoint;
    const cosine = new Float64Array(waves);
    const sine = new Float64Array(waves);
    let level = 0;
    let slope = 0;
    gradient.fill(0);
    for (let t = n - 1; t >= 0; t--) {
      let error = weight * this.#errors[t]!;
      for (let i = 1; i <= this.#form.q && t + i < n; i++) {
        error -= p[layout.ma + i - 1]! * errorAdjoint[t + i]!;
      }
      errorAdjoint[t] = error;
      let excess = error + p[0]! * level + beta * slope;
      for (let i = 1; i <= this.#form.p && t + i < n; i++) {
        excess -= p[layout.ar + i - 1]! * errorAdjoint[t + i]!;
      }
      for (let i = 1; i <= this.#form.p && i <= t; i++) {
        gradient[layout.ar + i - 1]! -= error * this.#excess[t - i]!;
      }
      for (let i = 1; i <= this.#form.q && i <= t; i++) {
        gradient[layout.ma + i - 1]! -= error * this.#errors[t - i]!;
      }
      const value = this.#excess[t]!;
      gradient[0]! += level * value;
      if (hasTrend) gradient[layout.beta]! += slope * value;
      for (let season = 0; season + 1 < firstWave.length; season++) {
        let sumU = 0;
        let sumV = 0;
        for (let j = firstWave[season]!; j < firstWave[season + 1]!; j++) {
          const u = cos[j]! * cosine[j]! - sin[j]! * sine[j]!;
          const v = sin[j]! * cosine[j]! + cos[j]! * sine[j]!;
          sumU += u;
          sumV += v;
          cosine[j] = u;
          sine[j] = v;
        }
        const at = layout.gamma + 2 * season;
        excess += p[at]! * sumU + p[at + 1]! * sumV;
        gradient[at]! += value * sumU;
        gradient[at + 1]! += value * sumV;
      }
      for (let j = 0; j < waves; j++) cosine[j]! -= excess;
      level -= excess;
      const trend = level + slope;
      if (layout.phi >= 0) gradient[layout.phi]! += this.#slopes[t]! * trend;
      slope = phi * trend;
    }
    gradient[layout.level] = level;
    if (hasTrend) gradient[layout.slope] = slope;
    for (let j = 0; j < waves; j++) {
      gradient[layout.waves + 2 * j] = cosine[j]!;
      gradient[layout.waves + 2 * j + 1] = sine[j]!;
    }
  }
}
