import { createCp932Encoder } from './cp932.ts';
import { neutraliseFormula } from './formula.ts';

export interface CsvWriterOptions {
  /** Default `,`. */
  delimiter?: string;
  /** `utf-8-bom` is what Excel needs to recognise UTF-8; `shift_jis` is CP932. Default `utf-8-bom`. */
  encoding?: 'utf-8' | 'utf-8-bom' | 'shift_jis';
  /** Leave texts that look like formulas as they are; the export must then say so. Default false. */
  raw?: boolean;
}

export interface CsvWriter {
  /** The next bytes of the file. Call with as many rows as are at hand: each call joins and encodes once. */
  write(rows: Iterable<readonly CsvCell[]>): Uint8Array;
  /** Cells in which a character that the encoding lacks became `?`. */
  readonly replacedCells: number;
}

/** Null is an empty cell. A number that is not finite is one too: spreadsheets know neither NaN nor infinity. */
export type CsvCell = string | number | bigint | boolean | null | undefined;

/**
 * Writes RFC 4180: CRLF, cells quoted where they must be. Texts that a spreadsheet would run as a formula get an
 * apostrophe; numbers stay numbers.
 */
export function createCsvWriter(options: CsvWriterOptions = {}): CsvWriter {
  const { delimiter = ',', encoding = 'utf-8-bom', raw = false } = options;
  const encodeCp932 = encoding === 'shift_jis' ? createCp932Encoder() : null;
  const utf8 = new TextEncoder();
  let markPending = encoding === 'utf-8-bom';
  let replacedCells = 0;

  function cellText(cell: CsvCell): string {
    if (cell === null || cell === undefined) return '';
    if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
    if (typeof cell !== 'string') return String(cell);
    return quoted(raw ? cell : neutraliseFormula(cell), delimiter);
  }

  function rowText(row: readonly CsvCell[]): string {
    // A single empty cell would be an empty line, which readers skip.
    if (row.length === 1 && cellText(row[0]) === '') return '""\r\n';
    let text = '';
    for (let i = 0; i < row.length; i++) {
      const cell = cellText(row[i]);
      if (encodeCp932 !== null && encodeCp932(cell).replaced > 0) replacedCells++;
      text += i === 0 ? cell : delimiter + cell;
    }
    return `${text}\r\n`;
  }

  return {
    get replacedCells() {
      return replacedCells;
    },
    write(rows) {
      let text = markPending ? '\uFEFF' : '';
      markPending = false;
      for (const row of rows) text += rowText(row);
      return encodeCp932 === null ? utf8.encode(text) : encodeCp932(text).bytes;
    },
  };
}

/** Quotes a cell that holds the delimiter, a quote or a line break, or white space at an end, which some readers drop. */
function quoted(text: string, delimiter: string): string {
  const plain = !(SPECIAL.test(text) || text.includes(delimiter));
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

const SPECIAL = /["\r\n]|^\s|\s$/;
