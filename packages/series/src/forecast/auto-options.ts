import { InvalidInput, requireLevels, requireWhole } from '../invalid-input.ts';
import { detectSeasons } from '../stats/detect-seasons.ts';
import type { CandidateChoice, ModelChoice } from './candidates.ts';
import { WORK_PER_MS } from './work-budget.ts';

export interface AutoForecastOptions {
  /** Main season length in samples, whole number ≥ 1. Default: the shortest of `seasons`, or the one that is detected. */
  readonly m?: number;
  /**
   * All season lengths, whole numbers ≥ 2, such as 24 and 168 for hours. Default: `m` and a longer one if it is detected. Only
   * lengths of which the series holds two are used.
   */
  readonly seasons?: readonly number[];
  /** Steps ahead, whole number ≥ 1. */
  readonly h: number;
  /** Levels of the intervals; default 0.8 and 0.95. */
  readonly levels?: readonly number[];
  /** Whether the quantity cannot be negative: forecast and intervals are then cut at zero. Default false. */
  readonly nonNegative?: boolean;
  /** Whether the quantity is counted in whole numbers: interval ends are then rounded outwards, the mean is not. Default false. */
  readonly integer?: boolean;
  /** Whether the parts of the forecast and the influence of recent values are wanted too. Default false. */
  readonly explain?: boolean;
  /** Use this one whatever the back-test says; the candidates are scored all the same. Default: the best average. */
  readonly model?: ModelChoice;
  /** What is tried; default `DEFAULT_CANDIDATES`. The seasonal naive always is. */
  readonly candidates?: readonly CandidateChoice[];
  /** At most this many fits of each candidate in the past; default 4. */
  readonly folds?: number;
  /** Only this many of the newest values are used; default 1,500. Bounds the time. */
  readonly longestHistory?: number;
  /**
   * Work for the back-test in values visited, > 0; default 25 million. Candidates get fewer past fits, or none, beyond it. The
   * same work gives the same answer on every machine.
   */
  readonly work?: number;
  /** The same as a time in milliseconds on the machine of the README, instead of `work`. */
  readonly timeMs?: number;
}

/**
 * What is tried by default. CES and ARIMA are left out for what they cost: on the even series of M3 (yearly, quarterly, monthly) CES
 * changed the OWA of the average by +.008, +.002 and 0, and ARIMA by −.002, −.002 and −.004 at ten times the processor time of
 * all others together.
 */
export const DEFAULT_CANDIDATES: readonly CandidateChoice[] = [
  'seasonal-naive',
  'theta',
  'ets',
  'stl-theta',
  'autoregression',
  'differenced-autoregression',
  'stl-ets',
  'intermittent',
];

const DEFAULTS = {
  levels: [0.8, 0.95] as readonly number[],
  folds: 4,
  longestHistory: 1500,
  candidates: DEFAULT_CANDIDATES,
  work: 25_000_000,
};

const FEWEST_RECENT = 60;
const RECENT_HORIZONS = 1.5;
const RECENT_SEASONS = 2;

/** Options with every default filled in. */
export interface SettledOptions extends Omit<AutoForecastOptions, 'm' | 'seasons' | 'timeMs'> {
  readonly m: number;
  readonly seasons: readonly number[];
  readonly levels: readonly number[];
  readonly folds: number;
  readonly longestHistory: number;
  readonly candidates: readonly CandidateChoice[];
  readonly work: number;
}

/** Checks the options and fills in the defaults, seasons included. */
export function settle(y: Float64Array, options: AutoForecastOptions): SettledOptions {
  const { timeMs, ...given } = options;
  const settled = { ...DEFAULTS, ...given };
  const work = timeMs === undefined ? settled.work : timeMs * WORK_PER_MS;
  requireWhole('h', settled.h, 1);
  requireWhole('folds', settled.folds, 1);
  requireWhole('longestHistory', settled.longestHistory, 1);
  requireLevels(settled.levels);
  if (!(work > 0)) {
    const argument = timeMs === undefined ? 'work' : 'timeMs';
    throw new InvalidInput(argument, `must be above 0, got ${timeMs ?? settled.work}`);
  }
  const recent = y.subarray(Math.max(0, y.length - settled.longestHistory));
  return { ...settled, work, ...seasonsOf(recent, settled) };
}

/** The main season and all seasons, as given or as detected. */
function seasonsOf(
  y: Float64Array,
  { m, seasons }: Pick<AutoForecastOptions, 'm' | 'seasons'>,
): Pick<SettledOptions, 'm' | 'seasons'> {
  if (m !== undefined) requireWhole('m', m, 1);
  seasons?.forEach((length, i) => {
    requireWhole(`seasons[${i}]`, length, 2);
  });
  const long = (length: number) => length > 1 && y.length >= 2 * length;
  if (seasons !== undefined) {
    const all = [...new Set([...seasons, m ?? 1])].sort((a, b) => a - b);
    const first = m ?? detectSeasons(y, { candidates: seasons, most: 1 })[0]?.m ?? 1;
    return { m: first, seasons: all.filter(long) };
  }
  if (m === 1) return { m, seasons: [] };
  const known = m === undefined ? [] : [m];
  const detected = detectSeasons(y, { known, most: 2 - known.length }).map((one) => one.m);
  const all = [...known, ...detected].filter(long);
  return { m: m ?? all[0] ?? 1, seasons: all };
}

/**
 * How far back errors make intervals. The size of errors changes with time, so that recent ones say more: 60 values, or one and
 * a half horizons, or two of the longest season, which may have its quiet and its lively parts.
 */
export function reachOf({ h, m, seasons }: SettledOptions): number {
  return Math.max(FEWEST_RECENT, RECENT_HORIZONS * h, RECENT_SEASONS * Math.max(m, ...seasons));
}
