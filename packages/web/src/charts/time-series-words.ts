import type { Bucket } from '@kizashi/series';
import { exactText, type FigureStyle, figureText } from '../ui/figure-text.ts';
import type { ChartTable } from './chart-table.ts';
import { bandLook, type TipLine } from './chart-tip.ts';
import { bucketText } from './date-text.ts';
import type { TimeSeriesRow } from './time-series.ts';

/** The words of one chart, in the reader's language. */
export interface TimeSeriesWords {
  readonly date: string;
  readonly actual: string;
  readonly previous: string;
  readonly forecast: string;
  readonly lastDay: string;
  /** Of the n-th band: `80% interval`. */
  readonly band: (index: number) => string;
  readonly bandLower: (index: number) => string;
  readonly bandUpper: (index: number) => string;
}

/** What the tip says about one bucket; what is not known is left out. */
export function tipLines(
  row: TimeSeriesRow,
  words: TimeSeriesWords,
  style: FigureStyle,
  bucket: Bucket,
): TipLine[] {
  const lines: TipLine[] = [];
  if (row.actual !== null) {
    lines.push({ look: 'actual', label: words.actual, value: figureText(row.actual, style) });
  }
  if (row.previous !== null && row.previousT !== null) {
    const when = bucketText(row.previousT, bucket, style.language);
    const value = figureText(row.previous, style);
    lines.push({ look: 'previous', label: `${words.previous} (${when})`, value });
  }
  if (row.mean !== null) {
    lines.push({ look: 'forecast', label: words.forecast, value: figureText(row.mean, style) });
  }
  row.bands.forEach((band, i) => {
    if (band === null) return;
    const value = `${figureText(band.lower, style)} – ${figureText(band.upper, style)}`;
    lines.push({ look: bandLook(i), label: words.band(i), value });
  });
  return lines;
}

/** One bucket as a sentence, for a screen reader. */
export function rowText(
  row: TimeSeriesRow,
  words: TimeSeriesWords,
  style: FigureStyle,
  bucket: Bucket,
): string {
  const lines = tipLines(row, words, style, bucket);
  const title = bucketText(row.t, bucket, style.language);
  return [title, ...lines.map(({ label, value }) => `${label} ${value}`)].join(', ');
}

/** The table view; columns without any value are left out. */
export function timeSeriesTable(
  rows: readonly TimeSeriesRow[],
  words: TimeSeriesWords,
  style: FigureStyle,
  bucket: Bucket,
): ChartTable {
  const number = {
    text: (cell: unknown) => exactText(cell as number | null, style),
    numeric: true,
  };
  const bands = rows[0]?.bands ?? [];
  const columns = [
    {
      column: {
        key: 'date',
        title: words.date,
        text: (cell: unknown) => bucketText(String(cell), bucket, style.language),
        numeric: false,
      },
      value: (row: TimeSeriesRow) => row.t,
    },
    {
      column: { key: 'actual', title: words.actual, ...number },
      value: (row: TimeSeriesRow) => row.actual,
    },
    {
      column: { key: 'previous', title: words.previous, ...number },
      value: (row: TimeSeriesRow) => row.previous,
    },
    {
      column: { key: 'forecast', title: words.forecast, ...number },
      value: (row: TimeSeriesRow) => row.mean,
    },
    ...bands.flatMap((_, i) => [
      {
        column: { key: `lower-${i}`, title: words.bandLower(i), ...number },
        value: (row: TimeSeriesRow) => row.bands[i]?.lower ?? null,
      },
      {
        column: { key: `upper-${i}`, title: words.bandUpper(i), ...number },
        value: (row: TimeSeriesRow) => row.bands[i]?.upper ?? null,
      },
    ]),
  ].filter(({ value }) => rows.some((row) => value(row) !== null));
  return {
    columns: columns.map(({ column }) => column),
    rows: rows.map((row) => columns.map(({ value }) => value(row))),
  };
}
