import type { EtsForm } from './form.ts';
import type { EtsState, ParameterLayout } from './smoother.ts';

/** What carries a form on: everything that does not change from value to value. */
export interface EtsRule {
  readonly form: EtsForm;
  readonly layout: ParameterLayout;
  readonly parameters: Float64Array;
  /**
   * Where later values drive a level, season or mean of a multiplicative form to zero or below, it is held here: a positive
   * number well below anything in the series the form was fitted to.
   */
  readonly floor: number;
}

/** States of a form between two values; changed in place by `stepEts`. */
export interface RunningState extends EtsState {
  level: number;
  slope: number;
  /** Element `t % m` belongs to time t. */
  readonly season: Float64Array;
}

/** The states before the first value. */
export function firstState({ layout, parameters: p }: EtsRule): RunningState {
  return {
    level: p[layout.level]!,
    slope: layout.slope < 0 ? 0 : p[layout.slope]!,
    season: layout.season < 0 ? new Float64Array(0) : p.slice(layout.season, layout.length),
  };
}

/** Mean of the value at time t. */
export function nextMean({ form, layout, parameters, floor }: EtsRule, s: RunningState, t: number) {
  const q = s.level + (layout.phi < 0 ? 1 : parameters[layout.phi]!) * s.slope;
  if (form.season === 'N') return q;
  const index = s.season[t % s.season.length]!;
  return form.season === 'A' ? q + index : Math.max(q, floor) * Math.max(index, floor);
}

/**
 * The recursion of `Smoother` for one value, which never stops: for values that were not there at the estimation.
 *
 * @param value of time t, scaled like the series of the estimation.
 * @returns the error of the one-step mean; relative with multiplicative errors.
 */
export function stepEts(rule: EtsRule, state: RunningState, t: number, value: number): number {
  const { form, layout, parameters: p, floor } = rule;
  const mean = nextMean(rule, state, t);
  const phi = layout.phi < 0 ? 1 : p[layout.phi]!;
  const beta = layout.beta < 0 ? 0 : p[layout.beta]!;
  let q = state.level + phi * state.slope;
  let delta = value - q;
  if (form.season !== 'N') {
    const at = t % state.season.length;
    const gamma = p[layout.gamma]!;
    const s = state.season[at]!;
    if (form.season === 'A') {
      delta -= s;
      state.season[at] = s + gamma * delta;
    } else {
      const index = Math.max(s, floor);
      q = Math.max(q, floor);
      delta = value / index - q;
      state.season[at] = index + gamma * (value / q - index);
    }
  }
  state.level = q + p[0]! * delta;
  state.slope = phi * state.slope + beta * delta;
  return form.error === 'M' ? (value - mean) / Math.max(mean, floor) : value - mean;
}
