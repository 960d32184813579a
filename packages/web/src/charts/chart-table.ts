/** The same numbers as a chart, for people who do not see it and programs that read files. */
export interface ChartTable {
  readonly columns: readonly ChartTableColumn[];
  /** Raw values: dates as `YYYY-MM-DD`, numbers as numbers, null where undefined. */
  readonly rows: readonly (readonly ChartCell[])[];
}

export type ChartCell = string | number | null;

export interface ChartTableColumn {
  readonly key: string;
  readonly title: string;
  /** How a cell reads on the page. Files hold the raw value. */
  readonly text: (cell: ChartCell) => string;
  readonly numeric: boolean;
}

export interface SortOrder {
  readonly column: number;
  readonly descending: boolean;
}

/** Rows in another order; undefined values stay last either way. Equal rows keep their order. */
export function sortedRows(
  rows: ChartTable['rows'],
  order: SortOrder | null,
  language: string,
): ChartTable['rows'] {
  if (order === null) return rows;
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = order.descending ? -1 : 1;
  return [...rows].sort((left, right) => {
    const a = left[order.column] ?? null;
    const b = right[order.column] ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return typeof a === 'number' && typeof b === 'number'
      ? sign * (a - b)
      : sign * collator.compare(String(a), String(b));
  });
}

/**
 * RFC 4180 text with CRLF. Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers,
 * also negative ones, stay numbers.
 */
export function tableCsv(table: ChartTable): string {
  const lines = [table.columns.map((column) => csvCell(column.title)), ...table.rows.map(csvRow)];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

function csvRow(row: readonly ChartCell[]): string[] {
  return row.map(csvCell);
}

function csvCell(cell: ChartCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
