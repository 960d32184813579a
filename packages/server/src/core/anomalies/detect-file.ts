import {
  type AnomalyMethod,
  type AnomalyReason,
  createDetector,
  InvalidInput,
} from '@kizashi/series';
import { invalidInputWords } from '../invalid-input-words.ts';
import type { SeriesLayout, TimeKind } from '../series-source/contract.ts';
import { readFileSeries } from '../series-source/file-series.ts';
import { createSeriesProgress, type ReportProgress } from '../series-source/series-progress.ts';
import { timeText } from '../series-source/time-text.ts';
import { anomaliesErrors } from './errors.ts';

/** What the detector is told; each left out takes its default. */
export interface DetectChoices {
  readonly method?: AnomalyMethod;
  readonly threshold?: number;
  readonly level?: number;
  /** Season length in points. */
  readonly m?: number;
}

/** One value with its judgement, as `kizashi anomalies --json` prints it. */
export interface DetectedPoint {
  /** `2000-10-05`, `2000-10-05T03:00:00Z`, or the number of an index. */
  readonly t: string | number;
  /** Null for a missing value. */
  readonly y: number | null;
  readonly score: number;
  /** Null until a value has come. */
  readonly expected: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly anomaly: boolean;
  /** Of anomalies only. */
  readonly reasons?: readonly AnomalyReason[];
}

export interface DetectFileOptions {
  readonly file: string;
  readonly layout: SeriesLayout;
  readonly choices: DetectChoices;
  /**
   * Gets each series, its points in the order of time; `named` is false where all rows are of the one series of the file.
   */
  readonly onSeries: (id: string, points: readonly DetectedPoint[], named: boolean) => void;
  readonly progress?: ReportProgress;
}

export interface DetectFileSummary {
  readonly series: number;
  readonly rowsRejected: number;
}

/**
 * Judges every value of the series of a file in one causal pass each, without server or database. Rows of the same time are
 * values of their own, in the order of the file.
 *
 * @throws ANOMALIES_OPTION_INVALID, SERIES_…
 */
export async function detectFile(options: DetectFileOptions): Promise<DetectFileSummary> {
  const { file, layout, choices, onSeries } = options;
  requireChoices(choices);
  const progress = createSeriesProgress(options.progress);
  const reading = await readFileSeries(file, { ...layout, exogenous: [] }, progress.read);
  try {
    const { series, rowsRejected } = reading;
    for (const { id, named, t, y, timeKind } of reading.each()) {
      onSeries(id, judge(t, y, timeKind, choices), named);
      progress.made(series);
    }
    return { series, rowsRejected };
  } finally {
    reading.close();
  }
}

/** Before any reading: a wrong option must not cost the reading of a large file. */
function requireChoices(choices: DetectChoices): void {
  try {
    createDetector(choices);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    // The name that the option has for the caller.
    const argument = error.argument === 'm' ? 'season' : error.argument;
    const reason = invalidInputWords({ argument, reason: error.reason });
    throw anomaliesErrors.ANOMALIES_OPTION_INVALID({ reason });
  }
}

function judge(
  t: Float64Array,
  y: Float64Array,
  kind: TimeKind,
  choices: DetectChoices,
): DetectedPoint[] {
  const detector = createDetector(choices);
  return Array.from(y, (value, i) => {
    const time = t[i]!;
    // Numbers of an index are no times of the day.
    const point = detector.push(value, kind === 'index' ? Number.NaN : time);
    const { score, expected, lower, upper, anomaly, reasons } = point;
    return {
      t: kind === 'index' ? time : timeText(time, kind),
      y: Number.isFinite(value) ? value : null,
      score,
      expected,
      lower,
      upper,
      anomaly,
      ...(anomaly && { reasons }),
    };
  });
}
