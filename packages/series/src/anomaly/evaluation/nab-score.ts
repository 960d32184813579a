import { InvalidInput } from '../../invalid-input.ts';

/** The scores a detector gave to one series, and where its anomalies are. */
export interface LabelledScores {
  /** n scores; a row is flagged where its score is at least the threshold. `NaN` is not flagged. */
  readonly scores: ArrayLike<number>;
  /** First and last index of each window around an anomaly, ascending, not overlapping. */
  readonly windows: readonly (readonly [from: number, to: number])[];
}

/** What a hit is worth, and what a miss and a false alarm cost. */
export interface NabProfile {
  readonly hit: number;
  readonly miss: number;
  readonly falseAlarm: number;
}

/**
 * What hits, misses and false alarms weigh in the three published scores of the Numenta Anomaly Benchmark.
 *
 * Source: Lavin & Ahmad (2015), ICMLA; config/profiles.json of numenta/NAB 1.1.
 */
export const NAB_PROFILES = {
  standard: { hit: 1, miss: 1, falseAlarm: 0.11 },
  lowFalsePositives: { hit: 1, miss: 1, falseAlarm: 0.22 },
  lowFalseNegatives: { hit: 1, miss: 2, falseAlarm: 0.11 },
} as const satisfies Record<string, NabProfile>;

/** Share of a series that is not scored, at most so many rows. */
const PROBATION = 0.15;
const MOST_PROBATION = 750;
/** False alarms farther behind a window than three times its length cost the full price. */
const FAR = 3;

/** Rows at the start of a series of n that are not scored. */
export function nabProbation(n: number): number {
  return Math.min(Math.floor(PROBATION * n), MOST_PROBATION);
}

/**
 * Score of the Numenta Anomaly Benchmark, version 1.1: 100 for a hit at the start of every window and no false alarm, 0 for no
 * alarm at all.
 *
 * Only the earliest alarm in a window counts, by a sigmoid that falls from 1 at its start to 0 at its end; an alarm outside
 * costs up to `falseAlarm`, less right behind a window.
 *
 * @param threshold the same for all series.
 * @throws InvalidInput (`series`) without any window.
 *
 * Source: Lavin & Ahmad (2015), ICMLA; nab/scorer.py and sweeper.py of numenta/NAB. Checked against its results for the HTM
 *   detector on 39 files (test).
 */
export function nabScore(
  series: readonly LabelledScores[],
  threshold: number,
  profile: NabProfile = NAB_PROFILES.standard,
): number {
  const { hit, miss, falseAlarm } = profile;
  let raw = 0;
  let windows = 0;
  for (const one of series) {
    windows += one.windows.length;
    const { hits, falseAlarms, missed } = nabAlarms(one, threshold);
    raw -= miss * missed;
    for (const { position } of hits) raw += (hit * worth(position)) / worth(-1);
    for (const { position } of falseAlarms) raw += falseAlarm * worth(position);
  }
  if (windows === 0) throw new InvalidInput('series', 'must hold at least one window');
  const nothing = -miss * windows;
  return (100 * (raw - nothing)) / (hit * windows - nothing);
}

/** One alarm; `position` is relative to the window as in NAB: −1 at its start, 0 behind its end, Infinity far off. */
export interface NabAlarm {
  readonly index: number;
  readonly position: number;
}

export interface NabAlarms {
  /** The first alarm of each window that has one. */
  readonly hits: readonly NabAlarm[];
  readonly falseAlarms: readonly NabAlarm[];
  readonly missed: number;
  /** Rows that are scored and lie in no window. */
  readonly quietRows: number;
}

/** Sorts the alarms of one series by what they hit. */
export function nabAlarms({ scores, windows }: LabelledScores, threshold: number): NabAlarms {
  const hits: NabAlarm[] = [];
  const falseAlarms: NabAlarm[] = [];
  let quietRows = 0;
  let next = 0;
  let hitWindow = -1;
  for (let index = nabProbation(scores.length); index < scores.length; index++) {
    while (next < windows.length && index > windows[next]![1]) next++;
    const current = windows[next];
    const inside = current !== undefined && index >= current[0];
    if (!inside) quietRows++;
    if (!(scores[index]! >= threshold)) continue;
    if (inside) {
      if (hitWindow === next) continue;
      hitWindow = next;
      const [from, to] = current;
      hits.push({ index, position: -(to - index + 1) / (to - from + 1) });
    } else {
      falseAlarms.push({ index, position: behind(windows[next - 1], index) });
    }
  }
  return { hits, falseAlarms, missed: windows.length - hits.length, quietRows };
}

function behind(window: readonly [number, number] | undefined, index: number): number {
  if (window === undefined) return Number.POSITIVE_INFINITY;
  const [from, to] = window;
  return (index - to) / (to - from);
}

function worth(position: number): number {
  return position > FAR ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}
