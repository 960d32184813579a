const NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAME = `(${NAMES.join('|')})[a-z]*\\.?`;
/** 1949-01, 1949/1, 1949M01, 1949年1月. 1949.01 is a number. */
const NUMBERED = /^(\d{4})(?:[-/]|m|年)(\d{1,2})月?$/;
const QUARTER = /^(\d{4})[-/ 年]?(?:q|第)([1-4])(?:四半期)?$/;
const NAME_FIRST = new RegExp(`^${NAME}[- ](\\d{4})$`);
const YEAR_FIRST = new RegExp(`^(\\d{4})[- ]${NAME}$`);

/**
 * The first day, as `YYYY-MM-DD`, of a month or quarter: `1949-01`, `1949年1月`, `Jan 1949`, `1949Q1`. Null for anything
 * else.
 */
export function periodStart(cell: string): string | null {
  if (cell.length > 20) return null;
  const text = cell.normalize('NFKC').trim().toLowerCase();
  const numbered = NUMBERED.exec(text);
  if (numbered !== null) return firstDay(numbered[1]!, Number(numbered[2]));
  const quarter = QUARTER.exec(text);
  if (quarter !== null) return firstDay(quarter[1]!, 3 * Number(quarter[2]) - 2);
  const [, name, year] = NAME_FIRST.exec(text) ?? [];
  if (year !== undefined) return firstDay(year, NAMES.indexOf(name!) + 1);
  const [, before, after] = YEAR_FIRST.exec(text) ?? [];
  return before === undefined ? null : firstDay(before, NAMES.indexOf(after!) + 1);
}

function firstDay(year: string, month: number): string | null {
  if (month < 1 || month > 12) return null;
  return `${year}-${String(month).padStart(2, '0')}-01`;
}
