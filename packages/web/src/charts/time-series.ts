import type { Bucket } from '@kizashi/series';

/** A number per bucket: `t` first local days (`YYYY-MM-DD`), ascending; `y` null where undefined. */
export interface Points {
  readonly t: readonly string[];
  readonly y: readonly (number | null)[];
}

export interface ForecastBand {
  /** Fraction of outcomes it should hold. */
  readonly level: number;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

export interface TimeSeries {
  readonly bucket: Bucket;
  readonly actual: Points;
  /** The period before, laid over the actual values by position: first on first. */
  readonly previous?: Points | undefined;
  readonly forecast?:
    | {
        readonly t: readonly string[];
        readonly mean: readonly number[];
        /** Narrowest first. */
        readonly bands: readonly ForecastBand[];
      }
    | undefined;
  /** Where what is known ends: the last local day with data. */
  readonly lastDay?: string | undefined;
  /** Buckets (by their `t`) to mark, e.g. those on which a rule fires. */
  readonly marks?: readonly string[] | undefined;
}

/** Everything known about one bucket: a row of the table view, and what the tip shows. */
export interface TimeSeriesRow {
  readonly t: string;
  readonly actual: number | null;
  readonly previous: number | null;
  /** The bucket that `previous` belongs to. */
  readonly previousT: string | null;
  readonly mean: number | null;
  /** One entry per band of the series; null outside the forecast. */
  readonly bands: readonly ({ readonly lower: number; readonly upper: number } | null)[];
  readonly marked: boolean;
}

/** One row per bucket that has an actual value or a forecast, ascending. */
export function timeSeriesRows(series: TimeSeries): TimeSeriesRow[] {
  const { actual, previous, forecast } = series;
  const actualAt = new Map(actual.t.map((t, i) => [t, i]));
  const forecastAt = new Map(forecast?.t.map((t, i) => [t, i]) ?? []);
  const marks = new Set(series.marks);
  // Dates as YYYY-MM-DD sort as text.
  const all = [...new Set([...actual.t, ...forecastAt.keys()])].sort();
  return all.map((t) => {
    const a = actualAt.get(t);
    const f = forecastAt.get(t);
    return {
      t,
      actual: a === undefined ? null : (actual.y[a] ?? null),
      previous: a === undefined ? null : (previous?.y[a] ?? null),
      previousT: a === undefined ? null : (previous?.t[a] ?? null),
      mean: f === undefined ? null : (forecast?.mean[f] ?? null),
      bands: (forecast?.bands ?? []).map((band) => bandAt(band, f)),
      marked: marks.has(t),
    };
  });
}

function bandAt(band: ForecastBand, index: number | undefined) {
  const lower = index === undefined ? undefined : band.lower[index];
  const upper = index === undefined ? undefined : band.upper[index];
  return lower === undefined || upper === undefined ? null : { lower, upper };
}

/** Leaves out the values of buckets that end before the first day with data: nothing is known of them, not zero. */
export function knownSince({ t, y }: Points, since: string): Points {
  return {
    t,
    y: y.map((value, i) => {
      const next = t[i + 1];
      return next !== undefined && next <= since ? null : value;
    }),
  };
}
