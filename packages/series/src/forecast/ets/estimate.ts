import { quasiNewton } from '../../math/quasi-newton.ts';
import type { EtsForm } from './form.ts';
import { initialStates } from './initial-states.ts';
import { Smoother } from './smoother.ts';

/** Estimated parameters of one form, in the layout of its smoother. */
export interface EtsEstimate {
  readonly form: EtsForm;
  readonly parameters: Float64Array;
  /** −2 log-likelihood of the scaled series, without the constant. */
  readonly deviance: number;
  /** Error of forecasts up to a season ahead within the sample, scaled like the series. */
  readonly multiStepError: number;
  readonly converged: boolean;
  readonly iterations: number;
}

const LOW = 1e-4;
const HIGH = 0.9999;
const PHI_LOW = 0.8;
const PHI_HIGH = 0.98;
const TOLERANCE = 1e-4;
const SHORTEST_LOOK_AHEAD = 6;
/** How many values, or one season, tell the early states. */
const EARLY = 3;

/**
 * Maximum-likelihood estimate of one form: smoothing parameters within the usual region and all initial states together.
 *
 * @param y     series scaled to about 1, none missing.
 * @param m     season length; the forms without a season use it only to know how far ahead to look.
 * @param betaLimit upper bound of beta beside beta < alpha; 1 leaves the usual region as it is.
 * @param starts from how many starting points, of different beta or phi, to search. One finds the global maximum nearly always.
 * @returns null when no starting point is allowed (for example a negative level with multiplicative errors).
 */
export function estimateEts(
  y: Float64Array,
  form: EtsForm,
  m: number,
  betaLimit: number,
  starts = 1,
): EtsEstimate | null {
  const smoother = new Smoother(y, form, m);
  const mapping = new ParameterMapping(smoother, y, form, m, betaLimit);
  const natural = mapping.natural;
  const naturalGradient = new Float64Array(natural.length);
  const minima = bestStarts(smoother, mapping, starts).map((start) =>
    quasiNewton(
      (x, gradient) => {
        mapping.toNatural(x);
        const value = smoother.run(natural);
        if (value === Number.POSITIVE_INFINITY) return value;
        smoother.gradient(natural, naturalGradient);
        mapping.pullBack(naturalGradient, gradient);
        return value;
      },
      start,
      { tolerance: TOLERANCE, maxIterations: 300 },
    ),
  );
  const first = minima[0];
  if (first === undefined) return null;
  const minimum = minima.reduce((best, next) => (next.value < best.value ? next : best), first);
  mapping.toNatural(minimum.x);
  smoother.run(natural);
  const h = Math.max(m, SHORTEST_LOOK_AHEAD);
  const from = Math.min(Math.max(4, 2 * m), Math.floor(y.length / 2));
  return {
    form,
    parameters: Float64Array.from(natural),
    deviance: minimum.value,
    multiStepError: smoother.multiStepError(natural, h, from),
    converged: minimum.converged,
    iterations: minimum.iterations,
  };
}

const START_ALPHAS = [0.05, 0.2, 0.5, 0.8, 0.97];
const START_BETA_SHARES = [0.03, 0.3, 0.9];
const START_GAMMA_SHARES = [0.03, 0.3];
const START_GAMMA_SHARES_OF_MANY = [0.03, 0.3, 0.9];
const START_PHI_SHARES = [0.9, 0.1];

interface Start {
  readonly x: Float64Array;
  readonly value: number;
}

/**
 * Of a small grid of smoothing parameters: with the rough initial states the best one of each beta; where more than one start
 * is asked for, the best one of each beta, gamma and phi, also with the states of the first values alone. The best first.
 */
function bestStarts(smoother: Smoother, mapping: ParameterMapping, count: number): Float64Array[] {
  const { layout } = smoother;
  const one = count === 1;
  const found: Start[] = [];
  const betas = layout.beta < 0 ? [0] : START_BETA_SHARES;
  const phis = layout.phi < 0 ? [0] : one ? START_PHI_SHARES.slice(0, 1) : START_PHI_SHARES;
  const gammas = layout.gamma < 0 ? [0] : START_GAMMA_SHARES_OF_MANY;
  const gammaGroups = one ? [START_GAMMA_SHARES] : gammas.map((gamma) => [gamma]);
  const states = one || layout.slope < 0 ? [mapping.rough] : [mapping.rough, mapping.early()];
  for (const from of states) {
    for (const phi of phis) {
      for (const beta of betas) {
        for (const group of gammaGroups) {
          found.push(bestWith(smoother, mapping, from, { beta, phi, gammas: group }));
        }
      }
    }
  }
  return found
    .filter(({ value }) => value < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.value - b.value)
    .slice(0, count)
    .map(({ x }) => x);
}

/** Over all alphas and the given gammas. */
function bestWith(
  smoother: Smoother,
  mapping: ParameterMapping,
  states: Float64Array,
  shares: { readonly beta: number; readonly phi: number; readonly gammas: readonly number[] },
): Start {
  const { layout } = smoother;
  const x = Float64Array.from(states);
  let best: Start = { x, value: Number.POSITIVE_INFINITY };
  if (layout.beta >= 0) x[layout.beta] = logit(shares.beta);
  if (layout.phi >= 0) x[layout.phi] = logit(shares.phi);
  for (const alpha of START_ALPHAS) {
    for (const gamma of shares.gammas) {
      x[0] = logit(alpha);
      if (layout.gamma >= 0) x[layout.gamma] = logit(gamma);
      mapping.toNatural(x);
      const value = smoother.run(mapping.natural);
      if (value < best.value) best = { x: Float64Array.from(x), value };
    }
  }
  return best;
}

/**
 * Free variables ↔ parameters. Smoothing parameters go through a logistic curve into the usual region 0 < α < 1, 0 < β < α,
 * 0 < γ < 1 − α, 0.8 < φ < 0.98, which lies inside the admissible one (checked in the test), so no step leaves it. States
 * are deviations from the rough ones in units of the noise, so that all variables have similar curvature. One season
 * follows from the others.
 */
class ParameterMapping {
  /** The parameters of the last `toNatural`. */
  readonly natural: Float64Array;
  /** Number of free variables. */
  readonly size: number;
  /** Free variables of the rough initial states; the smoothing parameters in the middle. */
  readonly rough: Float64Array;
  /** The same with level and slope of the first values alone: the start of a series that bends later. Of forms with a trend. */
  readonly early: () => Float64Array;
  readonly #smoother: Smoother;
  readonly #betaLimit: number;
  readonly #origin: Float64Array;
  readonly #units: Float64Array;

  constructor(smoother: Smoother, y: Float64Array, form: EtsForm, m: number, betaLimit: number) {
    const { layout } = smoother;
    this.#smoother = smoother;
    this.#betaLimit = betaLimit;
    this.natural = new Float64Array(layout.length);
    this.size = layout.season < 0 ? layout.length : layout.length - 1;
    this.#origin = new Float64Array(layout.length);
    this.#units = new Float64Array(layout.length);
    const states = initialStates(y, form, m);
    const noise = noiseScale(y, form.season === 'N' ? 1 : m);
    this.#origin[layout.level] = states.level;
    this.#units[layout.level] = noise;
    if (layout.slope >= 0) {
      this.#origin[layout.slope] = states.slope;
      this.#units[layout.slope] = noise / 10;
    }
    for (let i = 0; i < states.season.length; i++) {
      this.#origin[layout.season + i] = states.season[i]!;
      const unit = form.season === 'M' ? noise / Math.max(Math.abs(states.level), noise) : noise;
      this.#units[layout.season + i] = unit;
    }
    this.rough = new Float64Array(this.size);
    this.early = () => {
      const early = initialStates(y, form, m, Math.max(EARLY, m));
      const x = new Float64Array(this.size);
      x[layout.level] = (early.level - states.level) / this.#units[layout.level]!;
      x[layout.slope] = (early.slope - states.slope) / this.#units[layout.slope]!;
      return x;
    };
  }

  toNatural(x: Float64Array): void {
    const { layout } = this.#smoother;
    const p = this.natural;
    const alpha = LOW + (HIGH - LOW) * logistic(x[0]!);
    p[0] = alpha;
    if (layout.beta >= 0) p[layout.beta] = this.#betaTop(alpha) * share(x[layout.beta]!);
    if (layout.gamma >= 0) p[layout.gamma] = (1 - alpha) * share(x[layout.gamma]!);
    if (layout.phi >= 0) p[layout.phi] = PHI_LOW + (PHI_HIGH - PHI_LOW) * logistic(x[layout.phi]!);
    for (let i = layout.level; i < this.size; i++)
      p[i] = this.#origin[i]! + this.#units[i]! * x[i]!;
    if (layout.season >= 0) {
      let rest = this.#origin[this.size]!;
      for (let i = layout.season; i < this.size; i++) rest -= this.#units[i]! * x[i]!;
      p[this.size] = rest;
    }
  }

  /** Chain rule: gradient by parameters → gradient by free variables, at the last `toNatural`. */
  pullBack(byNatural: Float64Array, gradient: Float64Array): void {
    const { layout } = this.#smoother;
    const p = this.natural;
    const alpha = p[0]!;
    let byAlpha = byNatural[0]!;
    if (layout.beta >= 0) {
      const top = this.#betaTop(alpha);
      const part = p[layout.beta]! / top;
      if (top === alpha) byAlpha += byNatural[layout.beta]! * part;
      gradient[layout.beta] = byNatural[layout.beta]! * top * shareSlope(part);
    }
    if (layout.gamma >= 0) {
      const part = p[layout.gamma]! / (1 - alpha);
      byAlpha -= byNatural[layout.gamma]! * part;
      gradient[layout.gamma] = byNatural[layout.gamma]! * (1 - alpha) * shareSlope(part);
    }
    if (layout.phi >= 0) {
      const part = (p[layout.phi]! - PHI_LOW) / (PHI_HIGH - PHI_LOW);
      gradient[layout.phi] = byNatural[layout.phi]! * (PHI_HIGH - PHI_LOW) * part * (1 - part);
    }
    const part = (alpha - LOW) / (HIGH - LOW);
    gradient[0] = byAlpha * (HIGH - LOW) * part * (1 - part);
    const last = layout.season < 0 ? 0 : byNatural[this.size]!;
    for (let i = layout.level; i < this.size; i++) {
      const isSeason = layout.season >= 0 && i >= layout.season;
      gradient[i] = this.#units[i]! * (byNatural[i]! - (isSeason ? last : 0));
    }
  }

  #betaTop(alpha: number): number {
    return Math.min(alpha, this.#betaLimit);
  }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** A free variable as a share of an interval, both ends left out. */
function share(x: number): number {
  return LOW + (HIGH - LOW) * logistic(x);
}

function shareSlope(value: number): number {
  const part = (value - LOW) / (HIGH - LOW);
  return (HIGH - LOW) * part * (1 - part);
}

/** Typical size of the change from one season to the next; 1e-6 of the level at least. */
function noiseScale(y: Float64Array, lag: number): number {
  const n = y.length;
  let sum = 0;
  for (let t = lag; t < n; t++) sum += (y[t]! - y[t - lag]!) ** 2;
  return Math.max(1e-6, Math.sqrt(sum / Math.max(1, n - lag)) / 2);
}
