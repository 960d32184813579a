export type Advice = 'columns' | 'file' | 'options' | 'again';

const COLUMNS =
  /^(?:SERIES_(?:NO_TIME|TIME_UNREADABLE|NO_VALUES|COLUMN_UNKNOWN|COLUMN_TWICE|TOO_MANY|LAYOUT_INVALID)|CUSTOMERS_(?:TIME_UNREADABLE|NO_DATES|NO_NUMBERS|ROWS_UNREADABLE)|CLUSTERS_NO_\w+|STOCK_COLUMN_\w+)$/;

/** What helps against an error of an analysis, as a key of the catalogue. */
export function adviceFor(code: string | undefined): Advice {
  if (code === undefined) return 'again';
  if (COLUMNS.test(code)) return 'columns';
  if (/^SERIES_/.test(code) || code === 'FORECAST_FILE_NO_VALUES') return 'file';
  return /^(?:FORECAST|ANOMALIES|CUSTOMERS|CLUSTERS|STOCK)_/.test(code) ? 'options' : 'again';
}
