import type { RoughWaves } from './choose-waves.ts';
import { type TbatsForm, type TbatsLayout, tbatsLayout, waveCount } from './form.ts';

/** Free variables of one form, and where they belong. */
export interface FreePoint {
  readonly form: TbatsForm;
  readonly free: Float64Array;
}

const LOW = 1e-4;
const HIGH = 0.9999;
const PHI_LOW = 0.8;
const PHI_HIGH = 0.98;
/** γ₂ as a share of γ₁. */
const LARGEST_TURN = 0.5;
const CAUTIOUS_BETA = 0.2;
const LONGEST_CAUTION = 24;
/** Partial autocorrelations of the errors stay below this, away from unit roots. */
const LARGEST_PARTIAL = 0.97;

/**
 * Free variables ↔ parameters. Smoothing parameters go through logistic curves into 0 < α < 1, 0 < β < min(α, 0.2 / m) for the
 * longest season m up to 24 (as the cautious `fitEts`), 0.8 < φ < 0.98, 0 < γ₁ < (1 − α) / number of waves, 0 < γ₂ < γ₁ / 2;
 * without a trend the errors fade everywhere in there (test). Those of the errors are partial autocorrelations; states are
 * deviations from the rough ones in units of their standard errors.
 */
export class FreeVariables {
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
    const total = waveCount(form.seasons);
    this.#waves = form.seasons.map(() => total);
    const longest = Math.max(1, ...form.seasons.map(({ m }) => m));
    this.#betaLimit = CAUTIOUS_BETA / Math.min(longest, LONGEST_CAUTION);
  }

  /** Rough smoothing parameters, or those of a similar form; states at their origin. */
  start(from?: FreePoint): Float64Array {
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
