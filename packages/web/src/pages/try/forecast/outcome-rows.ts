import type { TimeKind } from '@kizashi/server/contract/series-source';
import type { JudgedPoint, SeriesForecast } from './documents.ts';

export interface Bounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Everything known about one time of a series: a value that was, or one that is expected. */
export interface OutcomeRow {
  /** As the document says it. */
  readonly t: string | number;
  /** UTC epoch ms, or the number of an index. */
  readonly x: number;
  readonly actual: number | null;
  /** The judgement, where the value is an anomaly. */
  readonly anomaly: JudgedPoint | null;
  readonly mean: number | null;
  /** One for each level; none for what was. */
  readonly bands: readonly Bounds[];
}

export interface Outcome {
  readonly rows: readonly OutcomeRow[];
  readonly timeKind: TimeKind;
  /** Number of values that were: the rows from here on are the forecast's. */
  readonly past: number;
  /** Of the bands, in percent, the narrowest first. */
  readonly levels: readonly number[];
}

/** The past with its anomalies, and the forecast behind it. Either may be missing. */
export function outcomeOf(
  points: readonly JudgedPoint[] = [],
  forecast: SeriesForecast | undefined = undefined,
): Outcome {
  const ahead = forecast?.t ?? [];
  const timeKind = kindOf(points[0]?.t ?? ahead[0]);
  const at = (t: string | number) => (typeof t === 'number' ? t : Date.parse(t));
  const levels = Object.keys(forecast?.lower ?? {})
    .map(Number)
    .sort((a, b) => a - b);
  const begin = ahead[0] === undefined ? Number.POSITIVE_INFINITY : at(ahead[0]);
  // Rows of the future without a value are in the file, and in the forecast too.
  const known = points.filter(({ t, y }) => y !== null || at(t) < begin);
  const past = known.map((point) => ({
    t: point.t,
    x: at(point.t),
    actual: point.y,
    anomaly: point.anomaly ? point : null,
    mean: null,
    bands: [],
  }));
  const future = ahead.map((t, i) => ({
    t,
    x: at(t),
    actual: null,
    anomaly: null,
    mean: forecast?.mean[i] ?? null,
    bands: levels.map((level) => ({
      lower: forecast?.lower[level]?.[i] ?? null,
      upper: forecast?.upper[level]?.[i] ?? null,
    })),
  }));
  return { rows: [...past, ...future], timeKind, past: past.length, levels };
}

function kindOf(t: string | number | undefined): TimeKind {
  if (typeof t === 'number') return 'index';
  return t?.includes('T') ? 'datetime' : 'date';
}

/** Place of the row nearest to a value of the axis; −1 without rows. */
export function nearestRow(rows: readonly OutcomeRow[], x: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.x < x) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && x - rows[low - 1]!.x < rows[low]!.x - x) return low - 1;
  return rows.length === 0 ? -1 : low;
}
