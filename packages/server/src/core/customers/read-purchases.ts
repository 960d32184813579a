import { valueFormatSchema } from '../csv/contract.ts';
import { inferColumn } from '../csv/infer.ts';
import { createMeasureParser, createTimeParser } from '../series-source/cells.ts';
import type { TextChoices } from '../series-source/contract.ts';
import { seriesSourceErrors } from '../series-source/errors.ts';
import { openFile } from '../series-source/open-file.ts';
import type { Source, SourceCell } from '../series-source/source.ts';
import { customersErrors } from './errors.ts';

const DAY = 86_400_000;

/** Names of the columns that make purchases. */
export interface PurchaseColumns {
  readonly customer: string;
  readonly time?: string | undefined;
  readonly amount?: string | undefined;
  readonly item?: string | undefined;
  readonly quantity?: string | undefined;
  /** Rows of one purchase share its value. */
  readonly order?: string | undefined;
}

/** Rows that could be read, in the order of the file. Arrays of columns that were not asked for are null. */
export interface PurchaseFile {
  readonly name: string;
  readonly customer: Int32Array;
  /** By code. */
  readonly customers: readonly string[];
  readonly day: Int32Array | null;
  readonly amount: Float64Array | null;
  readonly item: Int32Array | null;
  readonly items: readonly string[];
  readonly quantity: Float64Array | null;
  readonly order: Int32Array | null;
  readonly orders: number;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** The first row that could not be read. */
  readonly rejected: Rejection | null;
}

interface Rejection {
  readonly line: number;
  readonly column: string;
  /** Of `RowErrorCode`. */
  readonly code: string;
}

/**
 * Reads the purchases of a CSV or Parquet file. A row without customer, date, amount, item or quantity, or with one that cannot
 * be read, is rejected and counted.
 *
 * @param onRead told how much of the file is read, 0..1
 * @throws SERIES_FILE_…, SERIES_COLUMN_UNKNOWN, SERIES_COLUMN_TWICE, CUSTOMERS_TIME_UNREADABLE, CUSTOMERS_NO_DATES,
 *   CUSTOMERS_NO_NUMBERS, CUSTOMERS_ROWS_UNREADABLE
 */
export async function readPurchases(
  path: string,
  columns: PurchaseColumns,
  choices: TextChoices = {},
  onRead: (fraction: number) => void = () => {},
): Promise<PurchaseFile> {
  const source = await openFile(path, choices);
  try {
    return await readSource(source, columns, choices, onRead);
  } finally {
    await source.close();
  }
}

async function readSource(
  source: Source,
  columns: PurchaseColumns,
  choices: TextChoices,
  onRead: (fraction: number) => void,
): Promise<PurchaseFile> {
  const format = valueFormatSchema.parse({
    timeZone: 'UTC',
    dateOrder: choices.dateOrder ?? source.text?.dateOrder,
    decimalMark: source.text?.decimalMark,
    backslashIsYen: source.text?.encoding === 'shift_jis',
  });
  const kinds = ['customer', 'time', 'amount', 'item', 'quantity', 'order'] as const;
  const wanted = kinds.flatMap((kind) => {
    const name = columns[kind];
    return name === undefined ? [] : [{ kind, name, index: source.columns.indexOf(name) }];
  });
  for (const [k, { name, index }] of wanted.entries()) {
    if (index < 0) {
      const known = source.columns.join(', ');
      throw seriesSourceErrors.SERIES_COLUMN_UNKNOWN({ column: name, columns: known });
    }
    if (wanted.findIndex((other) => other.index === index) < k) {
      throw seriesSourceErrors.SERIES_COLUMN_TWICE({ column: name });
    }
  }
  const measure = createMeasureParser(format);
  const readTime = columns.time === undefined ? null : timeReader(source, columns.time, format);
  const names = { customer: coder(), item: coder(), order: coder() };
  const values = wanted.map(() => [] as number[]);
  const read = (kind: (typeof kinds)[number], cell: SourceCell): number | Rejection['code'] => {
    if (kind === 'customer' || kind === 'item' || kind === 'order') {
      const name = cell === null ? '' : String(cell).trim();
      return name === '' ? 'required' : names[kind].code(name);
    }
    if (kind === 'time') {
      const time = readTime!(cell);
      return typeof time === 'number' ? Math.floor(time / DAY) : time;
    }
    const value = measure(cell);
    if (value === undefined) return 'not-a-number';
    return Number.isFinite(value) ? value : 'required';
  };
  let rowsRead = 0;
  let rowsRejected = 0;
  let rejected: Rejection | null = null;
  const row = new Float64Array(wanted.length);
  for await (const batch of source.read(wanted.map(({ index }) => index))) {
    const broken = new Set(batch.rejected.map(({ line }) => line)).size;
    rowsRead += batch.rows.length + broken;
    rowsRejected += broken;
    const [first] = batch.rejected;
    if (first !== undefined) {
      rejected ??= {
        line: first.line,
        column: first.column ?? '',
        code: first.code,
      };
    }
    for (const [i, cells] of batch.rows.entries()) {
      const problem = readRow(cells, batch.lines[i]!);
      if (problem !== null) {
        rowsRejected++;
        rejected ??= problem;
        continue;
      }
      for (let k = 0; k < row.length; k++) values[k]!.push(row[k]!);
    }
    onRead(batch.fraction);
  }
  const column = (kind: (typeof kinds)[number]) => {
    const at = wanted.findIndex((one) => one.kind === kind);
    return at < 0 ? null : values[at]!;
  };
  if (values[0]!.length === 0) throw nothingRead(source, rejected);
  const whole = (kind: (typeof kinds)[number]) => {
    const found = column(kind);
    return found === null ? null : Int32Array.from(found);
  };
  const decimal = (kind: (typeof kinds)[number]) => {
    const found = column(kind);
    return found === null ? null : Float64Array.from(found);
  };
  return {
    name: source.name,
    customer: whole('customer')!,
    customers: names.customer.names,
    day: whole('time'),
    amount: decimal('amount'),
    item: whole('item'),
    items: names.item.names,
    quantity: decimal('quantity'),
    order: whole('order'),
    orders: names.order.names.length,
    ...{ rowsRead, rowsRejected, rejected },
  };

  function readRow(cells: readonly SourceCell[], line: number): Rejection | null {
    for (const [k, { kind, name }] of wanted.entries()) {
      const value = read(kind, cells[k]!);
      if (typeof value === 'string') return { line, column: name, code: value };
      row[k] = value;
    }
    return null;
  }
}

function timeReader(source: Source, column: string, format: Parameters<typeof inferColumn>[1]) {
  const samples = source.samples[source.columns.indexOf(column)]!.filter(
    (text) => text.trim() !== '',
  );
  const { type, nearly } = inferColumn(samples, format);
  const kind = type === 'text' ? nearly : type;
  if (kind === 'date' || kind === 'datetime') return createTimeParser(kind, format);
  // 20240131, 45322 of a spreadsheet and 1706659200 are numbers to the guesser.
  for (const numbered of ['date', 'datetime'] as const) {
    const parse = createTimeParser(numbered, format);
    if (samples.length > 0 && samples.every((text) => typeof parse(text) === 'number'))
      return parse;
  }
  const sample = samples[0] ?? '';
  throw customersErrors.CUSTOMERS_TIME_UNREADABLE({ column, sample });
}

function nothingRead(source: Source, rejected: Rejection | null) {
  if (rejected === null) return seriesSourceErrors.SERIES_FILE_EMPTY({ name: source.name });
  const { line, column, code } = rejected;
  const about = { name: source.name, line, column };
  if (code === 'invalid-date') return customersErrors.CUSTOMERS_NO_DATES(about);
  if (code === 'not-a-number') return customersErrors.CUSTOMERS_NO_NUMBERS(about);
  return customersErrors.CUSTOMERS_ROWS_UNREADABLE(about);
}

/** Codes 0, 1, 2 … of names, in the order they come. */
function coder(): { code(name: string): number; readonly names: string[] } {
  const known = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    code(name) {
      let code = known.get(name);
      if (code === undefined) {
        code = names.push(name) - 1;
        known.set(name, code);
      }
      return code;
    },
  };
}
