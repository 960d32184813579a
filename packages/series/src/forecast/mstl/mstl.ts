import { InvalidInput, requireWhole } from '../../invalid-input.ts';
import { stl } from '../../transform/stl.ts';

export interface MstlOptions {
  /** Season lengths in samples, each a whole number ≥ 2, in any order, none twice; at least one. */
  readonly seasons: readonly number[];
  /** How often each season is taken out anew with the others gone; default 2, 1 for a single season. */
  readonly rounds?: number;
  /** Whether outliers should count less; default false. */
  readonly robust?: boolean;
}

/** One season of a decomposition. */
export interface SeasonalPart {
  readonly m: number;
  /** n values. */
  readonly seasonal: Float64Array;
}

/** `y = trend + all seasonal parts + remainder`, n values each. */
export interface MstlDecomposition {
  readonly trend: Float64Array;
  /** Shortest season first. */
  readonly seasons: readonly SeasonalPart[];
  readonly remainder: Float64Array;
}

/** Over how many of its own lengths the i-th season may change its shape. */
const windowOf = (i: number) => 11 + 4 * Math.min(i, 5);

/**
 * Trend and several seasons by repeated STL: each season is estimated on the series without the others.
 *
 * @param y n values at equal spacing, oldest first, none missing; more than twice the longest season.
 * @throws InvalidInput (`seasons`, `rounds`, `y`).
 *
 * Cost: rounds · seasons · that of `stl`. Source: Bandara, Hyndman & Bergmeir (2021), arXiv 2107.13462, with its windows 11,
 *   15, 19, … Compare: R forecast 8.20 `mstl()`, which does the same.
 */
export function mstl(y: Float64Array, options: MstlOptions): MstlDecomposition {
  const seasons = sortedSeasons(options.seasons);
  const { rounds = 2, robust = false } = options;
  requireWhole('rounds', rounds, 1);
  const parts = seasons.map((m) => ({ m, seasonal: new Float64Array(y.length) }));
  const rest = Float64Array.from(y);
  let trend = new Float64Array(0);
  for (let round = 0; round < (seasons.length === 1 ? 1 : rounds); round++) {
    parts.forEach((part, i) => {
      for (let t = 0; t < rest.length; t++) rest[t]! += part.seasonal[t]!;
      const found = stl(rest, { m: part.m, seasonWindow: windowOf(i), robust });
      part.seasonal.set(found.seasonal);
      trend = Float64Array.from(found.trend);
      for (let t = 0; t < rest.length; t++) rest[t]! -= part.seasonal[t]!;
    });
  }
  return { trend, seasons: parts, remainder: rest.map((value, t) => value - trend[t]!) };
}

/** @throws InvalidInput (`seasons`). */
export function sortedSeasons(seasons: readonly number[]): number[] {
  if (seasons.length === 0) throw new InvalidInput('seasons', 'must hold at least one, got none');
  seasons.forEach((m, i) => {
    requireWhole(`seasons[${i}]`, m, 2);
    if (seasons.indexOf(m) !== i) throw new InvalidInput('seasons', `must not hold ${m} twice`);
  });
  return [...seasons].sort((a, b) => a - b);
}
