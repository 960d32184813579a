import { readTime } from './date-numeric.ts';
import { DATE_BIT, type DateParts, dateExists, setDate } from './date-parts.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAME =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY_FIRST = new RegExp(`^(\\d{1,2})[ -]${NAME}\\.?[ ,-]{1,2}(\\d{4})(?=$|[ T])`, 'i');
const MONTH_FIRST = new RegExp(`^${NAME}\\.? (\\d{1,2}),? (\\d{4})(?=$|[ T])`, 'i');

/** Reads 1 Apr 2025, 01-Apr-2025 and April 1, 2025, each perhaps followed by a time. */
export function readMonthNameDate(text: string, mask: number, parts: DateParts): boolean {
  if ((mask & DATE_BIT['month-name']) === 0) return false;
  const dayFirst = DAY_FIRST.exec(text);
  const match = dayFirst ?? MONTH_FIRST.exec(text);
  if (match === null) return false;
  const [written, a = '', b = '', year] = match;
  const [day, name] = dayFirst === null ? [b, a] : [a, b];
  setDate(parts, Number(year), MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1, Number(day));
  parts.at = written.length;
  return readTime(text, parts) && dateExists(parts);
}
