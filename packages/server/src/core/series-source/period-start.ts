import { dayNumber, isoDate, startOfWeek } from '@kizashi/series';
import { readJapaneseDate } from '../csv/value/date-japanese.ts';
import { DATE_BIT, emptyDateParts } from '../csv/value/date-parts.ts';

const NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAME = `(${NAMES.join('|')})[a-z]*\\.?`;
/** 1949-01, 1949/1, 1949M01, 1949年1月. 1949.01 is a number. */
const NUMBERED = /^(\d{4})(?:[-/]|m|年)(\d{1,2})月?$/;
/** 202401: a number too, so only where a column is known to hold times. */
const COMPACT = /^((?:19|20)\d{2})(\d{2})$/;
const WEEK = /^(\d{4})[- ]?(?:w|年第?)(\d{1,2})週?$/;
/** 令和3年1月, R3.1, R3/1 */
const ERA_MONTH =
  /^((?:令和|平成|昭和|大正|明治|[rhstm])\s?(?:\d{1,3}|元))(?:年\s?|[./-])(\d{1,2})月?$/;
const QUARTER = /^(\d{4})[-/ 年]?(?:q|第)([1-4])(?:四半期)?$/;
const NAME_FIRST = new RegExp(`^${NAME}[- ](\\d{4})$`);
const YEAR_FIRST = new RegExp(`^(\\d{4})[- ]${NAME}$`);

/**
 * The first day, as `YYYY-MM-DD`, of a month, quarter or ISO week: `1949-01`, `202401`, `1949年1月`, `令和3年1月`, `Jan 1949`,
 * `1949Q1`, `2024-W05`. Null for anything else.
 */
export function periodStart(cell: string): string | null {
  if (cell.length > 20) return null;
  const text = cell.normalize('NFKC').trim().toLowerCase();
  const numbered = NUMBERED.exec(text) ?? COMPACT.exec(text);
  if (numbered !== null) return firstDay(numbered[1]!, Number(numbered[2]));
  const quarter = QUARTER.exec(text);
  if (quarter !== null) return firstDay(quarter[1]!, 3 * Number(quarter[2]) - 2);
  const week = WEEK.exec(text);
  if (week !== null) return monday(Number(week[1]), Number(week[2]));
  const ofEra = ERA_MONTH.exec(text);
  if (ofEra !== null) return firstDayOfEra(ofEra[1]!, Number(ofEra[2]));
  const [, name, year] = NAME_FIRST.exec(text) ?? [];
  if (year !== undefined) return firstDay(year, NAMES.indexOf(name!) + 1);
  const [, before, after] = YEAR_FIRST.exec(text) ?? [];
  return before === undefined ? null : firstDay(before, NAMES.indexOf(after!) + 1);
}

function firstDay(year: string, month: number): string | null {
  if (month < 1 || month > 12) return null;
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

/** ISO 8601: the week with 4 January is the first. */
function monday(year: number, week: number): string | null {
  if (week < 1 || week > 53) return null;
  return isoDate(startOfWeek(dayNumber(year, 1, 4)) + 7 * (week - 1));
}

/** The month's first day, though the era began within the month. */
function firstDayOfEra(year: string, month: number): string | null {
  if (month < 1 || month > 12) return null;
  const parts = emptyDateParts();
  // Its last day: 平成元年1月 is a month of that era, whose first day was not.
  const found = [31, 30, 29, 28].some((day) =>
    readJapaneseDate(`${year}年${month}月${day}日`, DATE_BIT.wareki, parts),
  );
  return found ? firstDay(String(parts.year), month) : null;
}
