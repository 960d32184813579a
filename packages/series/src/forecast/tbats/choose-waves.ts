import { leastSquares } from '../../math/least-squares.ts';
import { triangularise } from '../../math/orthogonal.ts';
import { type WaveSeason, waveCount } from './form.ts';

/** A rough model of a series: a level that moves by a fixed share of the errors, and waves that do not change. */
export interface RoughWaves {
  readonly alpha: number;
  /** The seasons that have any wave. */
  readonly seasons: readonly WaveSeason[];
  /** First states by the same regression, with a line or a level. */
  readonly states: Readonly<Record<'line' | 'level', RoughStates>>;
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
 * Cost: O(n·k²) for k columns in all. Compare: R's `tbats()` fits the whole model for each number in turn.
 */
export function chooseWaves(y: Float64Array, lengths: readonly number[]): RoughWaves {
  const n = y.length;
  const all = withoutRepeats(lengths.map((m) => ({ m, harmonics: range(mostWaves(m, n)) })));
  const line = [new Float64Array(n).fill(1), Float64Array.from({ length: n }, (_, t) => t)];
  const waves = all.map((season) => season.harmonics.map((k) => waveColumns(n, k, season.m)));
  const first = waves.flatMap((season) => season.slice(0, FIRST_WAVES).flat());
  const alpha = bestAlpha(y, [...line, ...first]);
  const target = filtered(y, alpha);
  const filteredLine = line.map((column) => filtered(column, alpha));
  const chosen: WaveSeason[] = [];
  const columns: Float64Array[] = [];
  all.forEach((season, i) => {
    const own = waves[i]!.flat().map((column) => filtered(column, alpha));
    const before = [...filteredLine, ...columns];
    const sums = remainders([...before, ...own, target]);
    const count = bestCount(sums, before.length, season, n);
    if (count === 0) return;
    chosen.push({ ...season, harmonics: season.harmonics.slice(0, count) });
    columns.push(...own.slice(0, 2 * count));
  });
  return {
    alpha,
    seasons: chosen,
    states: {
      line: roughStates(target, filteredLine, columns, chosen),
      level: roughStates(target, filteredLine.slice(0, 1), columns, chosen),
    },
  };
}

/** The share of the errors that leaves the least of the series, with the given columns taken out. */
function bestAlpha(y: Float64Array, columns: readonly Float64Array[]): number {
  let alpha = ALPHAS[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of ALPHAS) {
    const sums = remainders([...columns, y].map((column) => filtered(column, candidate)));
    if (sums.at(-1)! >= least) continue;
    least = sums.at(-1)!;
    alpha = candidate;
  }
  return alpha;
}

/** All arrays filtered; `base` is the level alone or the line. */
function roughStates(
  target: Float64Array,
  base: readonly Float64Array[],
  columns: readonly Float64Array[],
  seasons: readonly WaveSeason[],
): RoughStates {
  const all = [...base, ...columns];
  const found = leastSquares(all, target);
  const rest = target.slice();
  const lengths = all.map((column, i) => {
    let sum = 0;
    for (let t = 0; t < rest.length; t++) {
      rest[t]! -= found[i]! * column[t]!;
      sum += column[t]! ** 2;
    }
    return Math.sqrt(sum);
  });
  const noise = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0) / rest.length);
  const units = lengths.map((length) => Math.max(LEAST_UNIT, length > 0 ? noise / length : 0));
  const waves = new Float64Array(2 * waveCount(seasons));
  const waveUnits = new Float64Array(waves.length).fill(1);
  let i = base.length;
  let j = 0;
  for (const { m, harmonics } of seasons) {
    for (const k of harmonics) {
      for (let part = 0; part < (2 * k === m ? 1 : 2); part++) {
        waves[2 * j + part] = found[i]!;
        waveUnits[2 * j + part] = units[i++]!;
      }
      j++;
    }
  }
  const slope = base.length > 1 ? found[1]! : 0;
  // The line stands at the first value; the level is the one before.
  const level = found[0]! - slope;
  return { level, slope, waves, levelUnit: units[0]!, slopeUnit: units[1] ?? 1, waveUnits };
}

/** Cosine and sine; of a wave of two samples the cosine alone. */
function waveColumns(n: number, k: number, m: number): Float64Array[] {
  const angle = (2 * Math.PI * k) / m;
  const cosine = Float64Array.from({ length: n }, (_, t) => Math.cos(angle * t));
  if (2 * k === m) return [cosine];
  return [cosine, Float64Array.from({ length: n }, (_, t) => Math.sin(angle * t))];
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

/** One-step errors of simple smoothing that starts at 0. */
function filtered(y: Float64Array, alpha: number): Float64Array {
  const errors = new Float64Array(y.length);
  let level = 0;
  for (let t = 0; t < y.length; t++) {
    errors[t] = y[t]! - level;
    level += alpha * errors[t]!;
  }
  return errors;
}

/** Element i: the sum of squares that the first i columns leave of the last one. */
function remainders(columns: readonly Float64Array[]): Float64Array {
  const count = columns.length - 1;
  const work = columns.map((column) => column.slice());
  triangularise(work, count);
  const rest = work[count]!;
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
