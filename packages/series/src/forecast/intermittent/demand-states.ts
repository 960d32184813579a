/** Which estimator of a demand rate. */
export type DemandVariant = 'croston' | 'sba' | 'tsb';

/** How an estimator moves. */
export interface DemandRule {
  readonly variant: DemandVariant;
  /** Smoothing weight of the sizes, in (0, 1). */
  readonly alpha: number;
  /** Smoothing weight of the intervals, or, for `tsb`, of the probability of a demand; in (0, 1). */
  readonly beta: number;
}

/** Smoothed size and interval (or probability) after some periods. */
export interface DemandState {
  /** `NaN` before the first demand. */
  size: number;
  /** Periods per demand. */
  interval: number;
  /** Demands per period. */
  probability: number;
  /** Periods since the last demand, or since the start. */
  since: number;
}

export function firstDemandState(): DemandState {
  return { size: Number.NaN, interval: Number.NaN, probability: Number.NaN, since: 0 };
}

/** Expected demand of any one of the next periods; `NaN` before the first demand. */
export function demandRate({ variant, beta }: DemandRule, state: DemandState): number {
  if (variant === 'tsb') return state.probability * state.size;
  return ((variant === 'sba' ? 1 - beta / 2 : 1) * state.size) / state.interval;
}

/** Takes one period's demand; changes `state`. The first demand gives the first size and interval. */
export function stepDemand({ alpha, beta }: DemandRule, state: DemandState, demand: number): void {
  state.since++;
  if (Number.isNaN(state.size)) {
    if (demand === 0) return;
    state.size = demand;
    state.interval = state.since;
    state.probability = 1 / state.since;
    state.since = 0;
    return;
  }
  state.probability += beta * ((demand === 0 ? 0 : 1) - state.probability);
  if (demand === 0) return;
  state.size += alpha * (demand - state.size);
  state.interval += beta * (state.since - state.interval);
  state.since = 0;
}
