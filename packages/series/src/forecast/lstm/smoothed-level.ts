import { minimumBetween } from '../../math/golden-section.ts';
import {
  deseasonalised,
  reseasonalised,
  type SeasonalAdjustment,
} from '../../transform/seasonal-adjustment.ts';

/**
 * Exponential smoothing that goes before the network: a season that is taken out, and a level that follows. What the network
 * sees, and is to predict, is by how much values miss the level, in deviations. Untrained it predicts the mean miss, which is
 * simple exponential smoothing with a drift. Plain data.
 */
export interface Smoothing extends Pick<SeasonalAdjustment, 'type' | 'indices'> {
  /** Season length, for the place within it. */
  readonly m: number;
  /** Share of a miss by which the level moves. */
  readonly alpha: number;
  /** Mean and deviation of the misses. */
  readonly centre: number;
  readonly scale: number;
}

/** Where a run of the smoothing stands: before the value of time t. */
export interface SmoothedState {
  t: number;
  level: number;
  /** The last miss, in deviations from the mean one. */
  last: number;
}

/** Numbers a step: the last miss, and the place in the season on a circle. */
export function inputCount({ m }: Pick<Smoothing, 'm'>): number {
  return m > 1 ? 3 : 1;
}

/** Smoothing of a seasonally adjusted series: α for the least squared misses of the first `end` values, and their moments. */
export function smoothingOf(
  { adjusted, type, indices }: SeasonalAdjustment,
  m: number,
  end: number,
): Smoothing {
  const squaresOf = (alpha: number) => {
    let level = adjusted[0]!;
    let squares = 0;
    for (let t = 1; t < end; t++) {
      const miss = adjusted[t]! - level;
      squares += miss * miss;
      level += alpha * miss;
    }
    return squares;
  };
  const alpha = minimumBetween(squaresOf, 0, 1, 11, 1e-3);
  const misses = new Float64Array(end - 1);
  let level = adjusted[0]!;
  for (let t = 1; t < end; t++) {
    misses[t - 1] = adjusted[t]! - level;
    level += alpha * misses[t - 1]!;
  }
  const centre = misses.reduce((sum, miss) => sum + miss / misses.length, 0);
  const variance = misses.reduce((sum, miss) => sum + (miss - centre) ** 2 / misses.length, 0);
  return { type, indices, m, alpha, centre, scale: Math.sqrt(variance) || 1 };
}

/** The state after the first value, which is taken as the level. */
export function stateAfterFirst(value: number, smoothing: Smoothing): SmoothedState {
  return { t: 1, level: deseasonalised(value, smoothing, 0), last: 0 };
}

export function writeInputs(
  { t, last }: SmoothedState,
  { m }: Smoothing,
  out: Float64Array,
  at: number,
): void {
  out[at] = last;
  if (m === 1) return;
  const angle = (2 * Math.PI * (t % m)) / m;
  out[at + 1] = Math.sin(angle);
  out[at + 2] = Math.cos(angle);
}

/** The value that a miss, in deviations, means. */
export function valueFor(miss: number, { t, level }: SmoothedState, smoothing: Smoothing): number {
  return reseasonalised(level + smoothing.centre + smoothing.scale * miss, smoothing, t);
}

/** Moves the state by the value of its time; returns by how much that missed, in deviations. */
export function takeValue(value: number, state: SmoothedState, smoothing: Smoothing): number {
  const miss = deseasonalised(value, smoothing, state.t) - state.level;
  state.level += smoothing.alpha * miss;
  state.last = (miss - smoothing.centre) / smoothing.scale;
  state.t++;
  return state.last;
}

/** Unit of the values for one of the adjusted series at time t. */
export function unitAt(t: number, { type, indices }: Smoothing): number {
  return type === 'multiplicative' ? indices[t % indices.length]! : 1;
}
