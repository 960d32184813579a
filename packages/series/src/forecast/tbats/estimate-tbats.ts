import { quasiNewton } from '../../math/quasi-newton.ts';
import { createRandom } from '../../math/random.ts';
import type { RoughWaves } from './choose-waves.ts';
import { type TbatsForm, tbatsParameterCount } from './form.ts';
import { FreeVariables } from './free-variables.ts';
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

/** For rounding, and for the turning of lengths within a stretch. */
const FADING_SLACK = 1e-2;
/** Of the longest season: slow waves exchange strength over several of them. */
const STRETCH = 6;
const MOST_ITERATIONS = 150;
const FEWEST_ITERATIONS = 30;
/** Values times states that one estimate may pass through: bounds its time at some tenths of a second for a thousand values. */
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
