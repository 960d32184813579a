import {
  type ColumnType,
  columnRuleSchema,
  type DateOrder,
  type ValueFormat,
  valueFormatSchema,
} from './contract.ts';
import { createBooleanParser } from './value/boolean.ts';
import { CellFault, type CellParser } from './value/cell.ts';
import { createCellParser } from './value/cell-parser.ts';
import { createTimePresenceTest } from './value/date.ts';
import { readDecimal } from './value/decimal.ts';
import { toHalfWidth } from './value/full-width.ts';

/** What the cells of one column seem to be. */
export interface ColumnGuess {
  /** A type that every cell of the sample has: `text` fits all. */
  readonly type: ColumnType;
  /** ISO 4217 code of a `currency` column's marks; null for other types and for marks that differ. */
  readonly currency: string | null;
  /** For `text`: a type that at least nine of ten cells have, worth offering; else null. */
  readonly nearly: ColumnType | null;
  /** `day-first` or `month-first` when the cells prove it, `unknown` when both fit, null for other notations. */
  readonly dateOrder: Exclude<DateOrder, 'unambiguous'> | 'unknown' | null;
}

/** Share of odd cells up to which a text column is called nearly of another type. */
const MISFITS = 0.1;
/** Digits that a double no longer tells apart: card numbers, not quantities. */
const MAX_DIGITS = 15;

/**
 * Guesses a column's type. One odd cell makes a column text, for a type that rejects rows must be a person's choice;
 * `nearly` says what to offer. Codes with a leading zero, telephone numbers and digits beyond 15 stay text.
 */
export function inferColumn(sample: readonly string[], format: ValueFormat): ColumnGuess {
  const cells = sample.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const guess = { currency: null, nearly: null, dateOrder: null };
  if (cells.length === 0) return { ...guess, type: 'empty' };

  const dateOrder = detectDateOrder(cells);
  const known = dateOrder === 'day-first' || dateOrder === 'month-first';
  const dates = known ? { ...format, dateOrder } : format;
  const code = cells.some(looksLikeCode);
  let nearly: ColumnType | null = null;
  for (const { type, parse } of candidates(dates)) {
    if (code && NUMERIC.has(type)) continue;
    const misfits = countMisfits(cells, parse);
    if (misfits === 0) {
      const currency = type === 'currency' ? commonCurrency(cells, format) : null;
      return { ...guess, type: narrow(type, cells, dates), currency, dateOrder };
    }
    if (misfits <= cells.length * MISFITS) nearly ??= type;
  }
  // Both orders fit every cell: dates surely, but a person must say which.
  if (dateOrder === 'unknown') return { ...guess, type: 'date', dateOrder };
  return { ...guess, type: 'text', nearly };
}

const NUMERIC: ReadonlySet<ColumnType> = new Set(['integer', 'number', 'currency']);

/** Strictest first: the first type that fits all cells is the answer. */
function candidates(format: ValueFormat): { type: ColumnType; parse: CellParser }[] {
  const types = ['percent', 'date', 'datetime', 'integer', 'number', 'currency'] as const;
  return [
    { type: 'boolean', parse: createBooleanParser(false) },
    ...types.map((type) => {
      const rule = columnRuleSchema.parse({ name: '', index: 0, type });
      return { type, parse: createCellParser(rule, format) };
    }),
  ];
}

/** Cells that are no value of a type; counted only as far as the answer matters. */
function countMisfits(cells: readonly string[], parse: CellParser): number {
  let misfits = 0;
  for (const cell of cells) {
    const parsed = parse(cell);
    if (parsed === null || parsed instanceof CellFault) misfits++;
    if (misfits > cells.length * MISFITS) break;
  }
  return misfits;
}

/** Midnights are dates, unless another cell of the column has a time; whole numbers written 2.0 are numbers. */
function narrow(type: ColumnType, cells: readonly string[], format: ValueFormat): ColumnType {
  if (type === 'date' && cells.some(createTimePresenceTest(format))) return 'datetime';
  if (
    type === 'integer' &&
    cells.some((cell) => DECIMALS[format.decimalMark].test(toHalfWidth(cell)))
  ) {
    return 'number';
  }
  return type;
}

const DECIMALS = { '.': /\.\d/, ',': /,\d/ };

/** A leading zero, or more digits than a number keeps. */
function looksLikeCode(cell: string): boolean {
  const plain = toHalfWidth(cell);
  return /^0\d/.test(plain) || (/^\d+$/.test(plain) && plain.length > MAX_DIGITS);
}

function commonCurrency(cells: readonly string[], format: ValueFormat): string | null {
  const found = new Set(cells.map((cell) => readDecimal(cell, format)?.currency ?? null));
  found.delete(null);
  return found.size === 1 ? [...found][0]! : null;
}

const EITHER_ORDER = /^(\d{1,2})([/.-])(\d{1,2})\2\d{4}(?!\d)/;

/** Which of the two numbers before the year is the day: proved by one above 12. Null unless all cells are so written. */
function detectDateOrder(cells: readonly string[]): ColumnGuess['dateOrder'] {
  let first = 0;
  let second = 0;
  for (const cell of cells) {
    const match = EITHER_ORDER.exec(toHalfWidth(cell));
    if (match === null) return null;
    first = Math.max(first, Number(match[1]));
    second = Math.max(second, Number(match[3]));
  }
  if (first > 31 || second > 31 || (first > 12 && second > 12)) return null;
  if (first > 12) return 'day-first';
  return second > 12 ? 'month-first' : 'unknown';
}

/**
 * The decimal mark of a file: a comma when some cell can only be read so (`1.234,56`, `0,5`) and none only with a point.
 */
export function detectDecimalMark(rows: readonly (readonly string[])[]): '.' | ',' {
  let comma = 0;
  let point = 0;
  const format = valueFormatSchema.parse({});
  for (const row of rows) {
    for (const cell of row) {
      const text = cell.trim();
      if (!/\d[.,]\d/.test(text)) continue;
      const asPoint = readDecimal(text, { ...format, decimalMark: '.' });
      const asComma = readDecimal(text, { ...format, decimalMark: ',' });
      if (asPoint === null && asComma !== null) comma++;
      if (asPoint !== null && asComma === null) point++;
    }
  }
  return comma > point ? ',' : '.';
}
