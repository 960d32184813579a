import { DATE_BIT, type DateParts, dateExists, setDate, setTime } from './date-parts.ts';

interface Era {
  /** Western year of the era's year 0. */
  readonly base: number;
  /** As YYYYMMDD. */
  readonly firstDay: number;
}

const REIWA: Era = { base: 2018, firstDay: 20190501 };
const HEISEI: Era = { base: 1988, firstDay: 19890108 };
const SHOWA: Era = { base: 1925, firstDay: 19261225 };
const TAISHO: Era = { base: 1911, firstDay: 19120730 };
/** From 1873: before, Japan counted days by a lunisolar calendar. */
const MEIJI: Era = { base: 1867, firstDay: 18730101 };
const ERAS: Readonly<Record<string, Era>> = {
  令和: REIWA,
  R: REIWA,
  平成: HEISEI,
  H: HEISEI,
  昭和: SHOWA,
  S: SHOWA,
  大正: TAISHO,
  T: TAISHO,
  明治: MEIJI,
  M: MEIJI,
};

const KANJI_DATE =
  /^(?:(令和|平成|昭和|大正|明治|[RHSTM])\s?(\d{1,3}|元)|(\d{4}))年\s?(\d{1,2})月\s?(\d{1,2})日/i;
const SHORT_DATE =
  /^(令和|平成|昭和|大正|明治|[RHSTM])\s?(\d{1,3}|元)([./-])(\d{1,2})\3(\d{1,2})(?!\d)/i;
const TIME =
  /^\s?(午前|午後)?\s?(\d{1,2})(?::(\d{2})(?::(\d{2}))?|時(?:\s?(\d{1,2})分(?:\s?(\d{1,2})秒)?)?)$/;

/**
 * Reads 2025年4月1日, 令和7年4月1日, 令和元年5月1日 and R7.4.1 (also with / or -), each perhaps followed by 9時30分, 午後9:30 or
 * 21:30:00. An era may run on past its end (昭和100年 is 2025): many old systems still count so, and it has one meaning.
 * A date before its era began is no date.
 *
 * @param text in NFKC: half-width digits, eras spelled out.
 */
export function readJapaneseDate(text: string, mask: number, parts: DateParts): boolean {
  const kanji = KANJI_DATE.exec(text);
  const match = kanji ?? SHORT_DATE.exec(text);
  if (match === null) return false;
  const [written = '', name, eraYear, third = '', month = '', day = ''] = match;
  const era = name === undefined ? undefined : ERAS[name.toUpperCase()]!;
  if ((mask & (era === undefined ? DATE_BIT.japanese : DATE_BIT.wareki)) === 0) return false;
  const count = eraYear === '元' ? 1 : Number(eraYear ?? third);
  setDate(parts, (era?.base ?? 0) + count, Number(month), Number(day));
  const asNumber = parts.year * 10_000 + parts.month * 100 + parts.day;
  if (era !== undefined && (count === 0 || asNumber < era.firstDay)) return false;
  const rest = text.slice(written.length);
  return (rest === '' || readJapaneseTime(rest, parts)) && dateExists(parts);
}

function readJapaneseTime(text: string, parts: DateParts): boolean {
  const match = TIME.exec(text);
  if (match === null) return false;
  const [, half, hourText, minuteA, secondA, minuteB, secondB] = match;
  let hour = Number(hourText);
  if (half !== undefined) {
    // Both 午後0時 and 午後12時 are written for noon.
    if (hour > 12) return false;
    hour = (hour % 12) + (half === '午後' ? 12 : 0);
  }
  return setTime(parts, hour, Number(minuteA ?? minuteB ?? 0), Number(secondA ?? secondB ?? 0), 0);
}
