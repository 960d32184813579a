import { type BinaryKind, recogniseBinary } from './binary.ts';
import {
  type DateOrder,
  type Delimiter,
  type Encoding,
  type ValueFormat,
  valueFormatSchema,
} from './contract.ts';
import { createByteDecoder } from './decode.ts';
import { detectDelimiter } from './delimiter.ts';
import { detectEncoding } from './encoding.ts';
import { type ColumnGuess, detectDecimalMark, inferColumn } from './infer.ts';
import { createCsvParser } from './parse.ts';

export interface DetectedColumn extends ColumnGuess {
  readonly index: number;
  /** Unique within the file; `column 3` where the header is empty or there is none. */
  readonly name: string;
  /** The first different cells that are not empty, as written. */
  readonly samples: readonly string[];
}

export interface DetectedFile {
  readonly encoding: Encoding;
  /** False when the choice should be shown for a person to check. */
  readonly encodingCertain: boolean;
  /** Places in the sample that are no text in this encoding: above 0 when a person chose a wrong one. */
  readonly invalidCount: number;
  readonly delimiter: Delimiter;
  readonly hasHeader: boolean;
  readonly columns: readonly DetectedColumn[];
  /** The first rows without the header, as text; rows may be shorter or longer than `columns`. */
  readonly preview: readonly (readonly string[])[];
  /** Physical line on which each row of the preview begins. */
  readonly previewLines: readonly number[];
  readonly dateOrder: DateOrder;
  /** True when some column's dates fit both orders: a person must choose. */
  readonly dateOrderUnknown: boolean;
  readonly decimalMark: '.' | ',';
  /** Rows in the sample per byte of it, header included; times the file's size it estimates the rows. */
  readonly rowsPerByte: number;
}

export interface DetectOptions {
  /** True when the file goes on after the sample: its last row is then left out. */
  truncated?: boolean;
  /** Choices of a person, which replace what would be found. */
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  hasHeader?: boolean | undefined;
  previewRows?: number;
}

/** Enough for statistics; a megabyte is a good sample size for a caller to read. */
const MAX_ROWS = 2000;
const SAMPLES = 5;

/**
 * Looks at the beginning of a file and says how to read it.
 *
 * @returns a kind of binary file when it is no text at all.
 */
export function detectCsv(
  sample: Uint8Array,
  options: DetectOptions = {},
): DetectedFile | { readonly binary: BinaryKind } {
  const binary = recogniseBinary(sample);
  if (binary !== null) return { binary };
  const guess = detectEncoding(sample);
  const encoding = options.encoding ?? guess.encoding;
  if (options.encoding === undefined && !encoding.startsWith('utf-16') && sample.includes(0)) {
    return { binary: 'binary' };
  }
  const decoder = createByteDecoder(encoding);
  // Without `end`, a character that the sample cuts does not count as invalid.
  const text = decoder.write(sample) + (options.truncated ? '' : decoder.end());
  const delimiter = options.delimiter ?? detectDelimiter(text);
  const { rows, lines } = parseSample(text, delimiter, options.truncated ?? false);
  const decimalMark = detectDecimalMark(rows.slice(1, MAX_ROWS));
  const format = valueFormatSchema.parse({ decimalMark, backslashIsYen: encoding === 'shift_jis' });
  const hasHeader = options.hasHeader ?? looksLikeHeader(rows, format);
  const body = hasHeader ? rows.slice(1) : rows;
  const columns = describeColumns(hasHeader ? rows[0] : undefined, body, format);
  const orders = columns.map((column) => column.dateOrder);
  const previewRows = options.previewRows ?? 50;
  return {
    encoding,
    encodingCertain: options.encoding !== undefined || guess.certain,
    invalidCount: decoder.invalidCount,
    delimiter,
    hasHeader,
    columns,
    preview: body.slice(0, previewRows),
    previewLines: lines.slice(hasHeader ? 1 : 0).slice(0, previewRows),
    dateOrder:
      orders.find((order) => order === 'day-first' || order === 'month-first') ?? 'unambiguous',
    dateOrderUnknown: orders.includes('unknown'),
    decimalMark,
    rowsPerByte: sample.length === 0 ? 0 : rows.length / sample.length,
  };
}

function parseSample(text: string, delimiter: Delimiter, truncated: boolean) {
  // A block of one character gives all rows that are complete: the one that the sample cuts is not among them.
  const parser = createCsvParser({
    delimiter,
    blockChars: truncated ? 1 : Number.POSITIVE_INFINITY,
  });
  const complete = parser.push(text);
  return complete !== null && complete.rows.length > 0 ? complete : parser.end();
}

/** A first row is a header unless one of its cells is a value: a number, a date, a percentage, or the same name twice. */
function looksLikeHeader(rows: readonly string[][], format: ValueFormat): boolean {
  const first = rows[0];
  if (first === undefined) return false;
  const named = first.filter((cell) => cell.trim() !== '');
  if (named.length === 0 || new Set(named).size < named.length) return false;
  return named.every((cell) => {
    const { type, dateOrder } = inferColumn([cell], format);
    return type === 'text' && dateOrder === null && !/^\d+$/.test(cell);
  });
}

function describeColumns(
  header: readonly string[] | undefined,
  body: readonly string[][],
  format: ValueFormat,
): DetectedColumn[] {
  const sample = body.slice(0, MAX_ROWS);
  const width = header?.length ?? body[0]?.length ?? 0;
  const names = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    const cells = sample.map((row) => row[index] ?? '');
    const filled = cells.filter((cell) => cell.trim() !== '');
    return {
      index,
      name: uniqueName(header?.[index]?.trim() || `column ${index + 1}`, names),
      samples: [...new Set(filled)].slice(0, SAMPLES),
      ...inferColumn(cells, format),
    };
  });
}

function uniqueName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let i = 2; taken.has(name); i++) name = `${wanted} (${i})`;
  taken.add(name);
  return name;
}
