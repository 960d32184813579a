import type { Prediction } from '../create-fitted-model.ts';
import type { EtsForm } from './form.ts';
import type { EtsState, ParameterLayout } from './smoother.ts';

/** With multiplicative errors each step costs as much as there are before it; beyond this many they grow as a random walk's. */
const EXACT_STEPS = 2000;

/**
 * Mean and deviation of the next h steps from the states after n values.
 *
 * The variance is exact for additive errors and for multiplicative errors without a multiplicative season. With both, the
 * change of a season is added to that of level and slope, which neglects products of errors; against 20,000 simulated futures
 * with errors of 5 % the deviation is within 3 % (test). Source: Hyndman et al. (2008), section 6.2, classes 1 and 2.
 *
 * Deviations are finite: at most 1e154, the root of the largest double, times a multiplicative season.
 *
 * @param sigma standard deviation of the one-step errors: relative ones with multiplicative errors.
 */
export function predictEts(
  form: EtsForm,
  layout: ParameterLayout,
  parameters: Float64Array,
  state: EtsState,
  n: number,
  m: number,
  sigma: number,
  h: number,
): Prediction {
  const alpha = parameters[0]!;
  const beta = layout.beta < 0 ? 0 : parameters[layout.beta]!;
  const gamma = layout.gamma < 0 ? 0 : parameters[layout.gamma]!;
  const phi = layout.phi < 0 ? 1 : parameters[layout.phi]!;
  const mean = new Float64Array(h);
  const deviation = new Float64Array(h);
  // What an error does to the value j steps later: level, slope and, a whole season later, season together.
  const effect = new Float64Array(h);
  const theta = new Float64Array(h);
  let damping = 0;
  let power = 1;
  let variance = 1;
  for (let i = 0; i < h; i++) {
    power *= phi;
    damping += power;
    const step = i + 1;
    const additiveSeason = form.season === 'A';
    effect[i] = alpha + beta * damping + (step % m === 0 ? gamma : 0);
    const trend = state.level + damping * state.slope;
    const s = form.season === 'N' ? 0 : state.season[(n + i) % m]!;
    const base = additiveSeason ? trend + s : trend;
    mean[i] = form.season === 'M' ? trend * s : base;
    if (form.error === 'A') {
      if (i > 0) variance += effect[i - 1]! ** 2;
      deviation[i] = sigma * Math.sqrt(variance);
      continue;
    }
    if (i >= EXACT_STEPS) {
      deviation[i] = deviation[EXACT_STEPS - 1]! * Math.sqrt(step / EXACT_STEPS);
      continue;
    }
    let sum = base * base;
    for (let j = 1; j <= i; j++) sum += sigma * sigma * effect[j - 1]! ** 2 * theta[i - j]!;
    // Relative errors above 1, of a last value a million times the others, multiply beyond what a double holds.
    theta[i] = Math.min(sum, Number.MAX_VALUE);
    const spread = Math.max(0, theta[i]! * (1 + sigma * sigma) - base * base);
    deviation[i] =
      (form.season === 'M' ? Math.abs(s) : 1) * Math.sqrt(Math.min(spread, Number.MAX_VALUE));
  }
  return { mean, deviation };
}
