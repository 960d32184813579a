import { seasonalityTest } from '../stats/seasonality.ts';
import { classicalDecomposition, type SeasonType } from './classical-decomposition.ts';

/** A series with its repeating part taken out, and what is needed to put it back. */
export interface SeasonalAdjustment {
  readonly type: SeasonType | 'none';
  /** n values without the seasonal effect. */
  readonly adjusted: Float64Array;
  /** m values, `indices[t % m]` belongs to time t; empty when `type` is `none`. */
  readonly indices: Float64Array;
}

type Season = Pick<SeasonalAdjustment, 'type' | 'indices'>;

/**
 * Takes the season out when the seasonality test finds one: by division, as the M4 benchmarks do, or by subtraction where
 * the values do not allow that (negative ones, a season of zeros alone, an index below 0.01).
 *
 * @param y n values, none missing.
 * @param m season length ≥ 1.
 */
export function seasonallyAdjust(y: Float64Array, m: number): SeasonalAdjustment {
  if (!seasonalityTest(y, m).seasonal) {
    return { type: 'none', adjusted: Float64Array.from(y), indices: new Float64Array(0) };
  }
  if (canDivide(y, m)) {
    const { indices } = classicalDecomposition(y, m, 'multiplicative');
    // An index near zero would blow the adjusted values up.
    if (indices.every((index) => index > 0.01)) return adjustBy(y, indices, 'multiplicative');
  }
  return adjustBy(y, classicalDecomposition(y, m, 'additive').indices, 'additive');
}

/** Whether a multiplicative decomposition is defined: no negative value, and no stretch of m zeros. */
function canDivide(y: Float64Array, m: number): boolean {
  let zeros = 0;
  for (let t = 0; t < y.length; t++) {
    if (y[t]! < 0) return false;
    zeros = y[t] === 0 ? zeros + 1 : 0;
    if (zeros >= m) return false;
  }
  return true;
}

/** Takes known seasonal indices out of a series; `indices[t % m]` belongs to time t. */
export function adjustBy(
  y: Float64Array,
  indices: Float64Array,
  type: SeasonType | 'none',
): SeasonalAdjustment {
  const adjusted = Float64Array.from(y);
  for (let t = 0; t < y.length; t++) adjusted[t] = deseasonalised(y[t]!, { type, indices }, t);
  return { type, adjusted, indices };
}

/** Puts the season back into values that begin at time `start`, in place. */
export function reseasonalise(
  values: Float64Array,
  { type, indices }: Season,
  start: number,
): void {
  if (type === 'none') return;
  for (let i = 0; i < values.length; i++) {
    values[i] = reseasonalised(values[i]!, { type, indices }, start + i);
  }
}

/** One value of time t with the season taken out. */
export function deseasonalised(value: number, { type, indices }: Season, t: number): number {
  if (type === 'none') return value;
  const index = indices[t % indices.length]!;
  return type === 'multiplicative' ? value / index : value - index;
}

/** One value of time t with the season put back. */
export function reseasonalised(value: number, { type, indices }: Season, t: number): number {
  if (type === 'none') return value;
  const index = indices[t % indices.length]!;
  return type === 'multiplicative' ? value * index : value + index;
}
