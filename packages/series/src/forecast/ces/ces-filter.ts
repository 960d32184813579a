/**
 * What moves: `none` a level alone; `simple` one level for each season; `partial` a level and an ordinary season; `full` a level
 * and a season that are both complex.
 */
export type CesSeasonality = 'none' | 'simple' | 'partial' | 'full';

/** Smoothing parameters: α₀, α₁ and, for `partial`, β; for `full`, β₀, β₁. */
export const CES_PARAMETERS: Readonly<Record<CesSeasonality, readonly string[]>> = {
  none: ['alpha0', 'alpha1'],
  simple: ['alpha0', 'alpha1'],
  partial: ['alpha0', 'alpha1', 'beta'],
  full: ['alpha0', 'alpha1', 'beta0', 'beta1'],
};

/** Complex states between two values: the real part is the level or season, the imaginary one its potential. */
export interface CesState {
  level: number;
  potential: number;
  /** Element t % m belongs to time t; empty for `none`. */
  readonly season: Float64Array;
  /** Empty for `none` and `partial`. */
  readonly seasonPotential: Float64Array;
}

export function copyCesState(state: CesState): CesState {
  const { season, seasonPotential } = state;
  return { ...state, season: season.slice(), seasonPotential: seasonPotential.slice() };
}

/** Mean of the value at time t. */
export function cesMean(kind: CesSeasonality, state: CesState, t: number): number {
  if (kind === 'none') return state.level;
  const season = state.season[t % state.season.length]!;
  return kind === 'simple' ? season : state.level + season;
}

/** Moves the states by the error of the value at time t. Eqs. 10, 16 and 18 of the source named in `fitCes`. */
export function moveCes(
  kind: CesSeasonality,
  p: Float64Array,
  state: CesState,
  t: number,
  error: number,
): void {
  const a0 = p[0]!;
  const a1 = p[1]!;
  const { level, potential } = state;
  if (kind !== 'simple') {
    state.level = level - (1 - a1) * potential + (a0 - a1) * error;
    state.potential = level + (1 - a0) * potential + (a0 + a1) * error;
  }
  if (kind === 'none') return;
  const at = t % state.season.length;
  const season = state.season[at]!;
  if (kind === 'partial') {
    state.season[at] = season + p[2]! * error;
    return;
  }
  const b0 = kind === 'simple' ? a0 : p[2]!;
  const b1 = kind === 'simple' ? a1 : p[3]!;
  const other = state.seasonPotential[at]!;
  state.season[at] = season - (1 - b1) * other + (b0 - b1) * error;
  state.seasonPotential[at] = season + (1 - b0) * other + (b0 + b1) * error;
}

/** Runs through a series from its first value on, or from its last one back. Returns the sum of the squared errors. */
export function runCes(
  kind: CesSeasonality,
  p: Float64Array,
  state: CesState,
  y: Float64Array,
  backwards = false,
): number {
  const n = y.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const t = backwards ? n - 1 - i : i;
    const error = y[t]! - cesMean(kind, state, t);
    sum += error * error;
    moveCes(kind, p, state, t, error);
  }
  return sum;
}
