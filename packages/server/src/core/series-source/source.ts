/** What a cell of a table can be; texts as written. */
export type SourceCell = string | number | null;

export interface SourceBatch {
  /** The columns asked for, in that order. */
  readonly rows: readonly (readonly SourceCell[])[];
  /** Line of the file, or number of the row, of each row; from 1. */
  readonly lines: readonly number[];
  readonly rejected: readonly RejectedLine[];
  /** How much has been read, 0..1. */
  readonly fraction: number;
}

/** A row that cannot be used, and why. */
export interface RejectedLine {
  readonly line: number;
  /** Null when the whole row is meant. */
  readonly column: string | null;
  readonly code: string;
  /** The cell as written, at most 200 characters. */
  readonly value: string | null;
}

/** A table of rows wherever it lies: CSV, Parquet or a database. Opened by its kind's `open…`, read once or more. */
export interface Source {
  /** As people call it: the file's or the table's name. */
  readonly name: string;
  readonly columns: readonly string[];
  /** The first rows as text, one list per column, for guessing what a column holds. */
  readonly samples: readonly (readonly string[])[];
  /** How it was found to be written, for the report; null for what is not text. */
  readonly text: TextLayout | null;
  /** Rows of these columns, in order, with bounded memory. */
  read(columns: readonly number[]): AsyncIterable<SourceBatch>;
  close(): Promise<void>;
}

export interface TextLayout {
  readonly encoding: string;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly dateOrder: 'unambiguous' | 'day-first' | 'month-first';
  readonly decimalMark: '.' | ',';
}
