import type { ValueFormat } from '../csv/contract.ts';
import { CellFault, type CellParser } from '../csv/value/cell.ts';
import { createDateParser, createDatetimeParser } from '../csv/value/date.ts';
import { decimalToNumber, readDecimal, readPlain, UNSCALED } from '../csv/value/decimal.ts';
import { toHalfWidth } from '../csv/value/full-width.ts';
import { createLocalTime } from '../csv/value/local-time.ts';
import { periodStart } from './period-start.ts';
import type { SourceCell } from './source.ts';

/** What the times of a series are. Kept as UTC epoch ms (a date as its midnight in UTC), an index as itself. */
export type TimeKind = 'date' | 'datetime' | 'index';

/** What is wrong with a cell; texts in `row-error-text.ts` of the core. */
export type CellCode = 'required' | 'not-a-number' | 'not-an-integer' | 'invalid-date';

const MISSING = new Set([
  ...[
    '',
    'nan',
    'na',
    'n/a',
    'null',
    'none',
    '-',
    '--',
    'ー',
    '―',
    '—',
    '…',
    '欠測',
    '欠損',
    'なし',
    '不明',
  ],
  // What a spreadsheet writes where a formula failed.
  ...['#n/a', '#value!', '#div/0!', '#ref!', '#name?', '#num!', '#null!'],
]);
/** 第641回, 1,234口, 2名 … */
const COUNTED = /^第?\s*(.*?)\s*(?:回|口|名|本|点|個|件|人|位|番)?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/;

/**
 * Reads a measured value: any notation of `csv/value` (410,892,875円, △3, 1.5e-3), counters (第641回, 12口), and the ways to
 * write that there is none.
 * @returns NaN for a missing value, undefined for what is no number
 */
export function createMeasureParser(format: ValueFormat): (cell: SourceCell) => number | undefined {
  const plain = format.decimalMark === '.';
  return (cell) => {
    if (cell === null) return Number.NaN;
    if (typeof cell === 'number') return cell;
    if (plain) {
      const value = readPlain(cell, UNSCALED);
      if (!Number.isNaN(value)) return value;
    }
    const text = toHalfWidth(cell.slice(0, 100)).trim().toLowerCase();
    if (MISSING.has(text)) return Number.NaN;
    const infinite = INFINITE.exec(text);
    if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
    const body = COUNTED.exec(text)?.[1] ?? text;
    const decimal = readDecimal(body.toUpperCase(), format);
    if (decimal === null) return undefined;
    return decimalToNumber(decimal, decimal.percent ? -2 : 0);
  };
}

/** Reads the time of a row as UTC epoch ms, or as the whole number it is. */
export function createTimeParser(
  kind: TimeKind,
  format: ValueFormat,
): (cell: SourceCell) => number | CellCode {
  if (kind === 'index') {
    const measure = createMeasureParser(format);
    return (cell) => {
      const value = measure(cell);
      if (value === undefined) return 'not-a-number';
      if (Number.isNaN(value)) return 'required';
      return Number.isSafeInteger(value) ? value : 'not-an-integer';
    };
  }
  const parse: CellParser =
    kind === 'date' ? createDateParser(format, undefined) : createDatetimeParser(format, undefined);
  const numbered = createNumberedTimeReader(kind, format);
  return (cell) => {
    if (cell === null) return 'required';
    const text = String(cell);
    const value = parse(text);
    if (value === null) return 'required';
    if (value instanceof CellFault) {
      // No date is a period too, and most cells are dates: these are asked for last.
      const period = kind === 'date' ? periodStart(text) : null;
      return period === null ? (numbered(text) ?? 'invalid-date') : Date.parse(period);
    }
    return typeof value === 'string' ? Date.parse(value) : (value as number);
  };
}

const EPOCH = /^[12]\d{9}(?:\d{3})?$/;
const SERIAL_DAY = /^[2-7]\d{4}(?:\.\d+)?$/;

/** Seconds or milliseconds since 1970, between 2001 and 2065. */
export function isEpoch(text: string): boolean {
  return EPOCH.test(toHalfWidth(text).trim());
}

/** A day as spreadsheets number them (44197 is 2021-01-01), perhaps with its time as a fraction; 1954 to 2118. */
export function isSerialDay(text: string): boolean {
  return SERIAL_DAY.test(toHalfWidth(text).trim());
}

/** Number that a spreadsheet gives to 1970-01-01. */
const SERIAL_OF_1970 = 25_569;

/** UTC epoch ms of times that are written as numbers; a spreadsheet's clock is that of the file's zone. Null for others. */
function createNumberedTimeReader(kind: TimeKind, format: ValueFormat) {
  const toEpochMs = createLocalTime(kind === 'date' ? 'UTC' : format.timeZone);
  return (cell: string): number | null => {
    const text = toHalfWidth(cell).trim();
    if (kind === 'datetime' && isEpoch(text)) return Number(text) * (text.length === 10 ? 1000 : 1);
    if (!isSerialDay(text)) return null;
    const days = Number(text) - SERIAL_OF_1970;
    const day = Math.floor(days);
    if (kind === 'date' && day !== days) return null;
    // To the second: a day's fraction is not written any finer.
    return toEpochMs(day, Math.round((days - day) * 86_400) * 1000);
  };
}

const LIST_MARKS = /^[[({\s]+|[\])}\s]+$/g;
const BETWEEN = /\s*[,;、，・|]\s*|\s+/;

/** The numbers of a cell that lists several: `[1, 1, 4, 9]`, `07 10 12`, `3、9、21`. Undefined when one is no number. */
export function readNumbers(
  cell: SourceCell,
  measure: (cell: SourceCell) => number | undefined,
): readonly number[] | undefined {
  if (cell === null) return [];
  if (typeof cell === 'number') return [cell];
  const body = cell.slice(0, 1000).replace(LIST_MARKS, '');
  if (body === '') return [];
  const numbers = body.split(BETWEEN).map(measure);
  return numbers.every((value) => value !== undefined) ? numbers : undefined;
}
