import type { DateFormat, ValueFormat } from '../contract.ts';
import { CellFault, type CellParser, MAX_VALUE_CHARS } from './cell.ts';
import { readJapaneseDate } from './date-japanese.ts';
import { readMonthNameDate } from './date-month-name.ts';
import { readNumericDate } from './date-numeric.ts';
import { type DateParts, dateFormatMask, defaultDateMask, emptyDateParts } from './date-parts.ts';
import { createLocalTime } from './local-time.ts';

const INVALID_DATE = new CellFault('invalid-date');
const MS_PER_DAY = 86_400_000;
const ISO_DATE = /^\d{4}-\d\d-\d\d$/;
const WEEKDAY = /\s?\([日月火水木金土](?:曜日?)?\)/;

/** Calendar dates as `YYYY-MM-DD`. A time is accepted only where it is midnight without an offset, as spreadsheets add it. */
export function createDateParser(
  format: ValueFormat,
  formats: readonly DateFormat[] | undefined,
): CellParser {
  const read = createReader(format, formats);
  return rememberLast((text) => {
    const parts = read(text);
    if (parts === null) return text.trim() === '' ? null : INVALID_DATE;
    if (parts.msOfDay !== 0 || !Number.isNaN(parts.offsetMinutes)) return INVALID_DATE;
    // Not kept when the cell has the right form already: a slice costs nothing.
    return ISO_DATE.test(text) ? text : isoDate(parts);
  });
}

/**
 * Instants as UTC epoch ms. A date alone is its midnight; without an offset the clock of `format.timeZone` is meant
 * (`createLocalTime` says what happens when clocks change).
 */
export function createDatetimeParser(
  format: ValueFormat,
  formats: readonly DateFormat[] | undefined,
): CellParser {
  const read = createReader(format, formats);
  const toEpochMs = createLocalTime(format.timeZone);
  return rememberLast((text) => {
    const parts = read(text);
    if (parts === null) return text.trim() === '' ? null : INVALID_DATE;
    const day = Date.UTC(parts.year, parts.month - 1, parts.day) / MS_PER_DAY;
    if (Number.isNaN(parts.offsetMinutes)) return toEpochMs(day, parts.msOfDay);
    return day * MS_PER_DAY + parts.msOfDay - parts.offsetMinutes * 60_000;
  });
}

/** The lines of one order follow each other and bear the same time, so the last answer is right more often than not. */
function rememberLast(parse: CellParser): CellParser {
  let lastText = '';
  let lastValue: ReturnType<CellParser> = null;
  return (text) => {
    if (text !== lastText) {
      lastValue = parse(text);
      lastText = text;
    }
    return lastValue;
  };
}

/** True for a text that is a date with a time of day. */
export function createTimePresenceTest(format: ValueFormat): (text: string) => boolean {
  const read = createReader(format, undefined);
  return (text) => read(text)?.hasTime ?? false;
}

/** A reader that fills one object again and again; null for what is no date. */
function createReader(
  format: ValueFormat,
  formats: readonly DateFormat[] | undefined,
): (text: string) => DateParts | null {
  const mask = formats === undefined ? defaultDateMask(format.dateOrder) : dateFormatMask(formats);
  const parts = emptyDateParts();
  return (text) => {
    if (readNumericDate(text, mask, parts)) return parts;
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.length > MAX_VALUE_CHARS) return null;
    const plain = trimmed.normalize('NFKC').replace(WEEKDAY, '');
    const found =
      (plain !== text && readNumericDate(plain, mask, parts)) ||
      readJapaneseDate(plain, mask, parts) ||
      readMonthNameDate(plain, mask, parts);
    return found ? parts : null;
  };
}

function isoDate({ year, month, day }: DateParts): string {
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}
