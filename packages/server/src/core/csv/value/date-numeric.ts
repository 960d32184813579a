import { DATE_BIT, type DateParts, dateExists, setDate, setTime } from './date-parts.ts';

const HYPHEN = 45;
const COLON = 58;
const YEAR_FIRST: Readonly<Record<number, number>> = {
  [HYPHEN]: DATE_BIT['YYYY-MM-DD'],
  47: DATE_BIT['YYYY/MM/DD'],
  46: DATE_BIT['YYYY.MM.DD'],
};

/** Reads a date written in ASCII digits, perhaps with a time: by character code, as this runs once per row. */
export function readNumericDate(text: string, mask: number, parts: DateParts): boolean {
  parts.at = 0;
  const first = readInt(text, 14, parts);
  const firstDigits = parts.at;
  if (firstDigits >= 8) return readCompact(text, first, mask, parts);
  const separator = text.charCodeAt(firstDigits);
  const yearFirst = YEAR_FIRST[separator];
  if (yearFirst === undefined || first < 0) return false;
  parts.at++;
  const second = readInt(text, 2, parts);
  const secondDigits = parts.at - firstDigits - 1;
  if (second < 0 || text.charCodeAt(parts.at) !== separator) return false;
  const from = ++parts.at;
  const third = readInt(text, 4, parts);
  const thirdDigits = parts.at - from;
  if (firstDigits === 4 && thirdDigits <= 2) {
    const iso = separator === HYPHEN && secondDigits === 2 && thirdDigits === 2;
    if ((mask & (yearFirst | (iso ? DATE_BIT.iso8601 : 0))) === 0) return false;
    setDate(parts, first, second, third);
  } else if (firstDigits <= 2 && thirdDigits === 4) {
    if ((mask & DATE_BIT['DD/MM/YYYY']) !== 0) setDate(parts, third, second, first);
    else if ((mask & DATE_BIT['MM/DD/YYYY']) !== 0) setDate(parts, third, first, second);
    else return false;
  } else {
    return false;
  }
  return readTime(text, parts) && dateExists(parts);
}

/** YYYYMMDD, YYYYMMDDHHMM[SS] and the basic form of ISO 8601, YYYYMMDDTHHMM[SS]. */
function readCompact(text: string, value: number, mask: number, parts: DateParts): boolean {
  let format = DATE_BIT.YYYYMMDD;
  let date = value;
  let clock = -1;
  if (parts.at === 12) {
    date = Math.floor(value / 10_000);
    clock = (value % 10_000) * 100;
  } else if (parts.at === 14) {
    date = Math.floor(value / 1_000_000);
    clock = value % 1_000_000;
  } else if (parts.at !== 8) {
    return false;
  } else if (text.charCodeAt(8) === 84 && text.charCodeAt(11) !== COLON) {
    format = DATE_BIT.iso8601;
    parts.at = 9;
    clock = readInt(text, 6, parts);
    if (parts.at === 13) clock *= 100;
    else if (parts.at !== 15) return false;
  }
  if ((mask & format) === 0) return false;
  setDate(parts, Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
  if (!dateExists(parts)) return false;
  if (clock < 0) return readTime(text, parts);
  const [hour, minute] = [Math.floor(clock / 10_000), Math.floor(clock / 100) % 100];
  return setTime(parts, hour, minute, clock % 100, 0) && readOffset(text, parts);
}

/** What may follow a date at `parts.at`: nothing, or a time and perhaps an offset, to the end of the text. */
export function readTime(text: string, parts: DateParts): boolean {
  if (parts.at === text.length) return true;
  const gap = text.charCodeAt(parts.at);
  if (gap !== 32 && gap !== 84) return false;
  parts.at++;
  while (text.charCodeAt(parts.at) === 32) parts.at++;
  let hour = readInt(text, 2, parts);
  if (hour < 0 || text.charCodeAt(parts.at) !== COLON) return false;
  parts.at++;
  const minute = readTwoDigits(text, parts);
  let second = 0;
  let ms = 0;
  if (text.charCodeAt(parts.at) === COLON) {
    parts.at++;
    second = readTwoDigits(text, parts);
    ms = readFraction(text, parts);
  }
  if (minute < 0 || second < 0 || ms < 0) return false;
  if (parts.at === text.length) return setTime(parts, hour, minute, second, ms);
  const half = HALF_DAY.exec(text.slice(parts.at));
  if (half !== null) {
    if (hour < 1 || hour > 12) return false;
    hour = (hour % 12) + (half[1]!.toLowerCase() === 'p' ? 12 : 0);
    parts.at += half[0].length;
  }
  return setTime(parts, hour, minute, second, ms) && readOffset(text, parts);
}

const HALF_DAY = /^ ?([ap])\.?m\.?/i;

/** Decimals of a second as whole milliseconds, what is finer cut off; 0 without any, −1 for a mark without digits. */
function readFraction(text: string, parts: DateParts): number {
  const mark = text.charCodeAt(parts.at);
  if (mark !== 46 && mark !== 44) return 0;
  const from = ++parts.at;
  const fraction = readInt(text, 9, parts);
  return fraction < 0 ? -1 : Math.floor(fraction * 10 ** (3 - (parts.at - from)));
}

/** Z, +09:00, +0900 or +09, perhaps after a space, to the end of the text. */
function readOffset(text: string, parts: DateParts): boolean {
  if (parts.at === text.length) return true;
  const rest = text.slice(parts.at).trim();
  if (rest === 'Z') {
    parts.offsetMinutes = 0;
    return true;
  }
  const match = OFFSET.exec(rest);
  if (match === null) return false;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  parts.offsetMinutes = match[1] === '-' ? 0 - minutes : minutes;
  return minutes <= 16 * 60;
}

const OFFSET = /^([+-])(\d\d):?([0-5]\d)?$/;

/** Reads up to `most` digits and moves past them; −1 when there are none. */
function readInt(text: string, most: number, parts: DateParts): number {
  const from = parts.at;
  const end = Math.min(text.length, from + most);
  let i = from;
  let value = 0;
  for (; i < end; i++) {
    const c = text.charCodeAt(i) - 48;
    if (c < 0 || c > 9) break;
    value = value * 10 + c;
  }
  parts.at = i;
  return i === from ? -1 : value;
}

function readTwoDigits(text: string, parts: DateParts): number {
  const from = parts.at;
  const value = readInt(text, 2, parts);
  return parts.at - from === 2 ? value : -1;
}
