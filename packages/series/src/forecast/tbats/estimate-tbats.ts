import { quasiNewton } from '../../math/quasi-newton.ts';
import { createRandom } from '../../math/random.ts';
import type { RoughWaves } from './choose-waves.ts';
import { type TbatsForm, type TbatsLayout, tbatsLayout, tbatsParameterCount } from './form.ts';
import { TbatsLikelihood } from './likelihood.ts';
import { TbatsRecursion } from './recursion.ts';

/** Estimated parameters of one form. */
export interface TbatsEstimate {
  readonly form: TbatsForm;
  readonly parameters: Float64Array;
  /** Free variables they came from: where the search for a similar form may begin. */
  readonly free: Float64Array;
  readonly sumOfSquares: number;
  readonly logLikelihood: number;
  readonly aicc: number;
  readonly converged: boolean;
  readonly iterations: number;
}

const LOW = 1e-4;
const HIGH = 0.9999;
const PHI_LOW = 0.8;
const PHI_HIGH = 0.98;
/** γ₂ as a share of γ₁. */
const LARGEST_TURN = 0.5;
/** For rounding, and for the turning of lengths within a stretch. */
const FADING_SLACK = 1e-2;
/** Of the longest season: slow waves exchange strength over several of them. */
const STRETCH = 6;
const CAUTIOUS_BETA = 0.2;
const LONGEST_CAUTION = 24;
/** Partial autocorrelations of the errors stay below this, away from unit roots. */
const LARGEST_PARTIAL = 0.97;
const MOST_ITERATIONS = 150;
const FEWEST_ITERATIONS = 30;
/** Values times states that one estimate may pass through: bounds its time at about a second. */
const WORK = 6e6;

/**
 * Maximum-likelihood estimate of one form: all parameters and first states together.
 *
 * @param y     n values scaled to about 1, none missing.
 * @param start an estimate of a form with the same trend and seasons to begin from; default rough values.
 * @returns null when there are too few values, or the errors of the result would not fade.
 */
export function estimateTbats(
  y: Float64Array,
  form: TbatsForm,
  rough: RoughWaves,
  start?: TbatsEstimate,
): TbatsEstimate | null {
  const n = y.length;
  const k = tbatsParameterCount(form);
  if (k >= n - 1) return null;
  const mapping = new FreeVariables(form, rough);
  const { natural } = mapping;
  const likelihood = new TbatsLikelihood(y, form, natural);
  const naturalGradient = new Float64Array(natural.length);
  const minimum = quasiNewton(
    (x, gradient) => {
      mapping.toNatural(x);
      const value = likelihood.run(natural);
      if (value === Number.POSITIVE_INFINITY) return value;
      likelihood.gradient(natural, naturalGradient);
      mapping.pullBack(x, naturalGradient, gradient);
      return value;
    },
    mapping.start(start),
    { tolerance: 1e-3, maxIterations: iterationsFor(n * natural.length) },
  );
  mapping.toNatural(minimum.x);
  likelihood.run(natural);
  const parameters = Float64Array.from(natural);
  if (!Number.isFinite(minimum.value) || !errorsFade(form, parameters)) return null;
  const variance = Math.max(likelihood.sumOfSquares / n, 1e-22);
  const logLikelihood = (-n / 2) * (Math.log(2 * Math.PI * variance) + 1);
  return {
    form,
    parameters,
    free: minimum.x,
    sumOfSquares: likelihood.sumOfSquares,
    logLikelihood,
    aicc: -2 * logLikelihood + 2 * k + (2 * k * (k + 1)) / (n - k - 1),
    converged: minimum.converged,
    iterations: minimum.iterations,
  };
}

function iterationsFor(size: number): number {
  return Math.max(FEWEST_ITERATIONS, Math.min(MOST_ITERATIONS, Math.floor(WORK / size)));
}

/**
 * Whether what an error left in the states dies away: the recursion is run on zeros from seeded states, whose largest length must
 * not grow from one stretch to the next. States of waves that never change keep theirs.
 */
export function errorsFade(form: TbatsForm, parameters: Float64Array): boolean {
  const recursion = new TbatsRecursion(form, parameters);
  const random = createRandom(1);
  const state = recursion.firstState();
  state.level = random() - 0.5;
  state.slope = 0;
  for (let j = 0; j < state.cosine.length; j++) {
    state.cosine[j] = random() - 0.5;
    state.sine[j] = random() - 0.5;
  }
  const longest = Math.max(10, ...form.seasons.map(({ m }) => STRETCH * m));
  const largest = () => {
    let most = 0;
    for (let t = 0; t < longest; t++) {
      recursion.step(state, 0);
      let sum = state.level ** 2 + state.slope ** 2;
      for (const value of state.cosine) sum += value * value;
      for (const value of state.sine) sum += value * value;
      most = Math.max(most, sum);
    }
    return most;
  };
  largest();
  const before = largest();
  return largest() <= before * (1 + FADING_SLACK);
}

/**
 * Free variables ↔ parameters. Smoothing parameters go through logistic curves into 0 < α < 1, 0 < β < min(α, 0.2 / m) for the
 * longest season m up to 24 (as the cautious `fitEts`), 0.8 < φ < 0.98, 0 < γ₁ < (1 − α) / number of waves, 0 < γ₂ < γ₁ / 2;
 * without a trend the errors fade everywhere in there (test). Those of the errors are partial autocorrelations; states are
 * deviations from the rough ones in units of their standard errors.
 */
class FreeVariables {
  /** The parameters of the last `toNatural`. */
  readonly natural: Float64Array;
  readonly #form: TbatsForm;
  readonly #layout: TbatsLayout;
  readonly #origin: Float64Array;
  readonly #units: Float64Array;
  readonly #alpha: number;
  readonly #betaLimit: number;
  readonly #waves: readonly number[];

  constructor(form: TbatsForm, rough: RoughWaves) {
    this.#form = form;
    this.#layout = tbatsLayout(form);
    this.#alpha = rough.alpha;
    const layout = this.#layout;
    const { length } = layout;
    this.natural = new Float64Array(length);
    this.#origin = new Float64Array(length);
    this.#units = new Float64Array(length);
    const states = rough.states[layout.slope < 0 ? 'level' : 'line'];
    this.#origin[layout.level] = states.level;
    this.#units[layout.level] = states.levelUnit;
    if (layout.slope >= 0) {
      this.#origin[layout.slope] = states.slope;
      this.#units[layout.slope] = states.slopeUnit;
    }
    this.#origin.set(states.waves, layout.waves);
    this.#units.set(states.waveUnits, layout.waves);
    const total = form.seasons.reduce((sum, { harmonics }) => sum + harmonics.length, 0);
    this.#waves = form.seasons.map(() => total);
    const longest = Math.max(1, ...form.seasons.map(({ m }) => m));
    this.#betaLimit = CAUTIOUS_BETA / Math.min(longest, LONGEST_CAUTION);
  }

  /** Rough smoothing parameters, or those of a similar form; states at their origin. */
  start(from?: TbatsEstimate): Float64Array {
    const layout = this.#layout;
    const x = new Float64Array(layout.length);
    x[0] = logit(this.#alpha);
    if (layout.beta >= 0) x[layout.beta] = logit(0.05);
    if (layout.phi >= 0) x[layout.phi] = logit(0.8);
    for (let i = 0; i < this.#form.seasons.length; i++) {
      x[layout.gamma + 2 * i] = logit(0.05);
      x[layout.gamma + 2 * i + 1] = logit(0.1);
    }
    if (from === undefined) return x;
    const theirs = tbatsLayout(from.form);
    x.set(from.free.subarray(0, theirs.ar));
    x.set(from.free.subarray(theirs.level), layout.level);
    return x;
  }

  toNatural(x: Float64Array): void {
    const layout = this.#layout;
    const p = this.natural;
    const alpha = LOW + (HIGH - LOW) * logistic(x[0]!);
    p[0] = alpha;
    if (layout.beta >= 0) p[layout.beta] = this.#betaTop(alpha) * logistic(x[layout.beta]!);
    if (layout.phi >= 0) p[layout.phi] = PHI_LOW + (PHI_HIGH - PHI_LOW) * logistic(x[layout.phi]!);
    this.#waves.forEach((waves, i) => {
      const at = layout.gamma + 2 * i;
      p[at] = ((1 - alpha) / waves) * logistic(x[at]!);
      p[at + 1] = p[at]! * LARGEST_TURN * logistic(x[at + 1]!);
    });
    fromPartials(x, p, layout.ar, this.#form.p, 1);
    fromPartials(x, p, layout.ma, this.#form.q, -1);
    for (let i = layout.level; i < p.length; i++) p[i] = this.#origin[i]! + this.#units[i]! * x[i]!;
  }

  /** Chain rule at `x`, the argument of the last `toNatural`. */
  pullBack(x: Float64Array, byNatural: Float64Array, gradient: Float64Array): void {
    const layout = this.#layout;
    const p = this.natural;
    const alpha = p[0]!;
    let byAlpha = byNatural[0]!;
    if (layout.beta >= 0) {
      const share = logistic(x[layout.beta]!);
      const top = this.#betaTop(alpha);
      if (top === alpha) byAlpha += byNatural[layout.beta]! * share;
      gradient[layout.beta] = byNatural[layout.beta]! * top * share * (1 - share);
    }
    if (layout.phi >= 0) {
      const part = logistic(x[layout.phi]!);
      gradient[layout.phi] = byNatural[layout.phi]! * (PHI_HIGH - PHI_LOW) * part * (1 - part);
    }
    this.#waves.forEach((waves, i) => {
      const at = layout.gamma + 2 * i;
      const share = logistic(x[at]!);
      const part = logistic(x[at + 1]!);
      const turn = LARGEST_TURN * part;
      const byGain = byNatural[at]! + byNatural[at + 1]! * turn;
      byAlpha -= (byGain * share) / waves;
      gradient[at] = ((byGain * (1 - alpha)) / waves) * share * (1 - share);
      gradient[at + 1] = byNatural[at + 1]! * p[at]! * turn * (1 - part);
    });
    const part = logistic(x[0]!);
    gradient[0] = byAlpha * (HIGH - LOW) * part * (1 - part);
    throughPartials(x, byNatural, gradient, layout.ar, this.#form.p, 1);
    throughPartials(x, byNatural, gradient, layout.ma, this.#form.q, -1);
    for (let i = layout.level; i < p.length; i++) gradient[i] = this.#units[i]! * byNatural[i]!;
  }

  #betaTop(alpha: number): number {
    return Math.min(alpha, this.#betaLimit);
  }
}

/** Up to two coefficients of a stable polynomial from partial autocorrelations: r₁(1 − r₂) and r₂. */
function fromPartials(x: Float64Array, p: Float64Array, at: number, order: number, sign: number) {
  const first = LARGEST_PARTIAL * Math.tanh(x[at] ?? 0);
  const second = order < 2 ? 0 : LARGEST_PARTIAL * Math.tanh(x[at + 1]!);
  if (order > 0) p[at] = sign * first * (1 - second);
  if (order > 1) p[at + 1] = sign * second;
}

function throughPartials(
  x: Float64Array,
  byNatural: Float64Array,
  gradient: Float64Array,
  at: number,
  order: number,
  sign: number,
): void {
  if (order === 0) return;
  const tanh1 = Math.tanh(x[at]!);
  const tanh2 = order < 2 ? 0 : Math.tanh(x[at + 1]!);
  const first = LARGEST_PARTIAL * tanh1;
  const second = LARGEST_PARTIAL * tanh2;
  gradient[at] = sign * byNatural[at]! * (1 - second) * LARGEST_PARTIAL * (1 - tanh1 * tanh1);
  if (order < 2) return;
  const bySecond = byNatural[at + 1]! - byNatural[at]! * first;
  gradient[at + 1] = sign * bySecond * LARGEST_PARTIAL * (1 - tanh2 * tanh2);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}
