import type { ColumnRuleInput, Delimiter, Encoding, RowError, ValueFormat } from './contract.ts';
import { createByteDecoder } from './decode.ts';
import { type CsvBatch, createCsvParser } from './parse.ts';
import { createRowValidator } from './validate.ts';
import type { CellValue } from './value/cell.ts';

/** A row that is not among the good ones. */
export interface RejectedRow {
  /** Physical line on which it begins; the first line of the file is 1. */
  readonly line: number;
  /** As read; a line with broken quotes is one cell, its first 1,000 characters. */
  readonly cells: readonly string[];
  readonly errors: readonly RowError[];
}

export interface RowBatch {
  /** One value per rule, in the order of the rules. */
  readonly rows: CellValue[][];
  /** `lines[i]`: physical line on which `rows[i]` begins. */
  readonly lines: number[];
  /** In file order. */
  readonly rejected: RejectedRow[];
  /** Bytes taken so far. */
  readonly bytesRead: number;
  /** Rows seen so far, good and rejected; header and empty rows not counted. */
  readonly rowsRead: number;
}

export interface ReadRowsOptions {
  encoding: Encoding | 'auto';
  delimiter: Delimiter;
  hasHeader: boolean;
  /** Number of columns every row must have. */
  width: number;
  rules: readonly ColumnRuleInput[];
  format: ValueFormat;
  /** See `createCsvParser`. */
  maxRowChars?: number;
  blockChars?: number;
}

export interface RowReader {
  /** Returns null until a block of rows is full. */
  write(bytes: Uint8Array): RowBatch | null;
  end(): RowBatch;
  readonly encoding: Encoding | 'auto';
}

/**
 * Bytes in, checked values out: decoding, parsing and validation in one pass, with memory bounded by the block size
 * whatever the file holds (a `unique` column adds up to 24 bytes a row).
 *
 * Rows with nothing in any cell are skipped. Throws as `createRowValidator` does.
 */
export function createRowReader(options: ReadRowsOptions): RowReader {
  const { delimiter, maxRowChars, blockChars } = options;
  const decoder = createByteDecoder(options.encoding);
  const parser = createCsvParser({
    delimiter,
    ...(maxRowChars === undefined ? {} : { maxRowChars }),
    ...(blockChars === undefined ? {} : { blockChars }),
  });
  const validator = createRowValidator(options.width, options.rules, options.format);
  let headerPending = options.hasHeader;
  let bytesRead = 0;
  let rowsRead = 0;

  function check(batch: CsvBatch): RowBatch {
    const rows: CellValue[][] = [];
    const lines: number[] = [];
    const rejected: RejectedRow[] = [];
    for (const { line, code, text } of batch.faults) {
      rejected.push({ line, cells: [text], errors: [{ line, column: null, code, value: null }] });
    }
    let errors: RowError[] = [];
    for (let i = 0; i < batch.rows.length; i++) {
      const cells = batch.rows[i]!;
      const line = batch.lines[i]!;
      if (headerPending) {
        headerPending = false;
        continue;
      }
      if (isBlank(cells)) continue;
      rowsRead++;
      const values = validator.validate(cells, line, batch.suspect, errors);
      if (values !== null) {
        rows.push(values);
        lines.push(line);
      } else {
        rejected.push({ line, cells, errors });
        errors = [];
      }
    }
    rowsRead += batch.faults.length;
    if (batch.faults.length > 0) rejected.sort((a, b) => a.line - b.line);
    return { rows, lines, rejected, bytesRead, rowsRead };
  }

  return {
    get encoding() {
      return decoder.encoding;
    },
    write(bytes) {
      bytesRead += bytes.length;
      const batch = parser.push(decoder.write(bytes));
      return batch === null ? null : check(batch);
    },
    end() {
      const last = parser.push(decoder.end());
      const rest = parser.end();
      return check(last === null ? rest : joined(last, rest));
    },
  };
}

/** The same as a stream: pulled batch by batch, so a slow consumer holds the file back. */
export async function* readRows(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadRowsOptions,
): AsyncGenerator<RowBatch, void, undefined> {
  const reader = createRowReader(options);
  for await (const bytes of source) {
    const batch = reader.write(bytes);
    if (batch !== null) yield batch;
  }
  yield reader.end();
}

function isBlank(cells: readonly string[]): boolean {
  if (cells[0] !== '') return cells.length === 1 && cells[0]!.trim() === '';
  return cells.every((cell) => cell === '');
}

function joined(a: CsvBatch, b: CsvBatch): CsvBatch {
  return {
    rows: [...a.rows, ...b.rows],
    lines: [...a.lines, ...b.lines],
    faults: [...a.faults, ...b.faults],
    suspect: a.suspect || b.suspect,
  };
}
