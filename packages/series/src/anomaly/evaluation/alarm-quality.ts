import { type LabelledScores, nabAlarms } from './nab-score.ts';

/** How good the alarms of a detector are, over one or more series. Shares are `NaN` where nothing could be counted. */
export interface AlarmQuality {
  readonly windows: number;
  readonly hits: number;
  readonly falseAlarms: number;
  /** Hits among hits and false alarms; further alarms within a window that was hit do not count. */
  readonly precision: number;
  /** Hits among windows. */
  readonly recall: number;
  /** Median of (first alarm − start of the window) / length of the window, over the windows that were hit. */
  readonly delay: number;
  /** False alarms for each 1,000 points outside of windows. */
  readonly falsePerThousand: number;
}

/**
 * Precision, recall, delay and false alarms of a detector whose scores are at or above a threshold.
 *
 * @param series    scores and windows as for `nabScore`; the same rows are left out at the start of each.
 * @param threshold unit of the scores; the same for all series.
 * @returns shares and rates; `NaN` where there is nothing to divide by. An alarm in a window that was hit already counts for
 *   nothing.
 *
 * Cost: O(rows).
 */
export function alarmQuality(series: readonly LabelledScores[], threshold: number): AlarmQuality {
  let windows = 0;
  let falseAlarms = 0;
  let quietRows = 0;
  const delays: number[] = [];
  for (const one of series) {
    const alarms = nabAlarms(one, threshold);
    windows += one.windows.length;
    falseAlarms += alarms.falseAlarms.length;
    quietRows += alarms.quietRows;
    for (const { position } of alarms.hits) delays.push(1 + position);
  }
  delays.sort((a, b) => a - b);
  const hits = delays.length;
  return {
    windows,
    hits,
    falseAlarms,
    precision: hits / (hits + falseAlarms),
    recall: hits / windows,
    delay: hits === 0 ? Number.NaN : (delays[(hits - 1) >> 1]! + delays[hits >> 1]!) / 2,
    falsePerThousand: (1000 * falseAlarms) / quietRows,
  };
}
