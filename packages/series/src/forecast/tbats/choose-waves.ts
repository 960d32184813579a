import { leastSquares } from '../../math/least-squares.ts';
import { triangularise } from '../../math/orthogonal.ts';
import { type WaveSeason, waveCount } from './form.ts';

/** A rough model of a series: a level that moves by a fixed share of the errors, and waves that do not change. */
export interface RoughWaves {
  readonly alpha: number;
  readonly seasons: readonly WaveSeason[];
}

/** Where the states start, and how sure that is. */
export interface RoughStates {
  readonly level: number;
  /** 0 without a trend. */
  readonly slope: number;
  /** Two for each wave. */
  readonly waves: Float64Array;
  /** Standard errors of level, slope and waves. */
  readonly levelUnit: number;
  readonly slopeUnit: number;
  readonly waveUnits: Float64Array;
}

const ALPHAS = [0.02, 0.1, 0.3, 0.6, 0.9];
/** Waves of each season that are enough to judge alpha by. */
const FIRST_WAVES = 4;
/** Most waves of a season: the pattern is then drawn in pieces of a fortieth of its length. Bounds the work. */
const MOST_WAVES = 20;
/** Standard errors of a perfect fit of a series about 1 are no smaller, so that a search can move. */
const LEAST_UNIT = 1e-9;

/**
 * How many waves each season needs, by AICc.
 *
 * With alpha given and everything else at rest, the errors are those of a regression on waves that went through the same filter;
 * one orthogonal elimination then gives the sum of squares for every number of waves. Shorter seasons come first; a longer one
 * leaves out the waves that a shorter one has.
 *
 * @param y n values, none missing. @param lengths season lengths ≥ 2, ascending, at most n / 2.
 * @returns the seasons that have any wave.
 *
 * Cost: O(n·k²) for k columns in all. Compare: R's `tbats()` fits the whole model for each number in turn.
 */
export function chooseWaves(y: Float64Array, lengths: readonly number[]): RoughWaves {
  const all = withoutRepeats(lengths.map((m) => ({ m, harmonics: range(mostWaves(m, y.length)) })));
  const some = all.map(({ m, harmonics }) => ({ m, harmonics: harmonics.slice(0, FIRST_WAVES) }));
  let alpha = ALPHAS[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of ALPHAS) {
    const columns = filteredColumns(y.length, some, true, candidate);
    const sums = remainders([...columns, filtered(y, candidate)]);
    if (sums.at(-1)! >= least) continue;
    least = sums.at(-1)!;
    alpha = candidate;
  }
  const chosen: WaveSeason[] = [];
  for (const season of all) {
    const before = filteredColumns(y.length, chosen, true, alpha);
    const own = filteredColumns(y.length, [season], true, alpha).slice(2);
    const sums = remainders([...before, ...own, filtered(y, alpha)]);
    const harmonics = season.harmonics.slice(0, bestCount(sums, before.length, season, y.length));
    if (harmonics.length > 0) chosen.push({ ...season, harmonics });
  }
  return { alpha, seasons: chosen };
}

/** First states by the same regression. */
export function roughStates(
  y: Float64Array,
  { alpha, seasons }: RoughWaves,
  trend: boolean,
): RoughStates {
  const columns = filteredColumns(y.length, seasons, trend, alpha);
  const target = filtered(y, alpha);
  const found = leastSquares(columns, target);
  const norms = columns.map((column) => Math.sqrt(column.reduce((sum, v) => sum + v * v, 0)));
  const noise = Math.sqrt(remainders([...columns, target]).at(-1)! / y.length);
  const units = norms.map((norm) => Math.max(LEAST_UNIT, norm > 0 ? noise / norm : 0));
  const slope = trend ? found[1]! : 0;
  const waves = new Float64Array(2 * waveCount(seasons));
  const waveUnits = new Float64Array(waves.length).fill(1);
  let i = trend ? 2 : 1;
  eachWave(seasons, (j, half) => {
    for (let part = 0; part < (half ? 1 : 2); part++) {
      waves[2 * j + part] = found[i]!;
      waveUnits[2 * j + part] = units[i++]!;
    }
  });
  // The line stands at the first value; the level is the one before.
  const level = found[0]! - slope;
  return { level, slope, waves, levelUnit: units[0]!, slopeUnit: units[1] ?? 1, waveUnits };
}

function mostWaves(m: number, n: number): number {
  return Math.min(Math.floor(m / 2), MOST_WAVES, Math.floor(n / 6));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

function withoutRepeats(seasons: readonly WaveSeason[]): WaveSeason[] {
  const taken: number[] = [];
  return seasons.map(({ m, harmonics }) => {
    const own = harmonics.filter((k) => !taken.some((f) => Math.abs(f - k / m) < 1e-9));
    taken.push(...own.map((k) => k / m));
    return { m, harmonics: own };
  });
}

function eachWave(
  seasons: readonly WaveSeason[],
  visit: (j: number, half: boolean, angle: number) => void,
): void {
  let j = 0;
  for (const { m, harmonics } of seasons) {
    for (const k of harmonics) visit(j++, 2 * k === m, (2 * Math.PI * k) / m);
  }
}

/** Level, slope (if asked) and waves, as what they leave in the errors. */
function filteredColumns(
  n: number,
  seasons: readonly WaveSeason[],
  trend: boolean,
  alpha: number,
): Float64Array[] {
  const column = (at: (t: number) => number) =>
    filtered(
      Float64Array.from({ length: n }, (_, t) => at(t)),
      alpha,
    );
  const columns = [column(() => 1)];
  if (trend) columns.push(column((t) => t));
  eachWave(seasons, (_, half, angle) => {
    columns.push(column((t) => Math.cos(angle * t)));
    if (!half) columns.push(column((t) => Math.sin(angle * t)));
  });
  return columns;
}

/** One-step errors of simple smoothing that starts at 0. */
function filtered(y: Float64Array, alpha: number): Float64Array {
  let level = 0;
  return y.map((value) => {
    const error = value - level;
    level += alpha * error;
    return error;
  });
}

/** Element i: the sum of squares that the first i columns leave of the last one. Overwrites all. */
function remainders(columns: readonly Float64Array[]): Float64Array {
  const count = columns.length - 1;
  triangularise(columns, count);
  const rest = columns[count]!;
  const sums = new Float64Array(count + 1);
  let sum = 0;
  for (let t = rest.length - 1; t >= 0; t--) {
    sum += rest[t]! ** 2;
    if (t <= count) sums[t] = sum;
  }
  return sums;
}

function bestCount(sums: Float64Array, before: number, { m }: WaveSeason, n: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; before + 2 * count - 1 < sums.length; count++) {
    // The wave of two samples has one column only.
    const columns = Math.min(sums.length - 1, before + 2 * count);
    const k = columns + 2;
    if (k >= n - 1) break;
    const aicc =
      n * Math.log(Math.max(sums[columns]!, 1e-300)) + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
    if (aicc >= least || 2 * count > m) continue;
    least = aicc;
    best = count;
  }
  return best;
}
