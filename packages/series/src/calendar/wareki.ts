import { civilDate, dayNumber } from './day.ts';

interface Era {
  readonly name: string;
  readonly letter: string;
  readonly firstDay: number;
  readonly firstYear: number;
}

// Newest first. Meiji begins here with its sixth year: before 1873-01-01 Japan counted days by the lunisolar calendar,
// so an earlier Gregorian date has no wareki of the same month and day.
const ERAS: readonly Era[] = [
  { name: '令和', letter: 'R', firstDay: dayNumber(2019, 5, 1), firstYear: 2019 },
  { name: '平成', letter: 'H', firstDay: dayNumber(1989, 1, 8), firstYear: 1989 },
  { name: '昭和', letter: 'S', firstDay: dayNumber(1926, 12, 25), firstYear: 1926 },
  { name: '大正', letter: 'T', firstDay: dayNumber(1912, 7, 30), firstYear: 1912 },
  { name: '明治', letter: 'M', firstDay: dayNumber(1873, 1, 1), firstYear: 1868 },
];

/** A date in the Japanese era calendar, in the full and the short form. */
export interface Wareki {
  /** `令和8年11月22日`; the first year of an era is 元年. */
  readonly full: string;
  /** `R8.11.22` */
  readonly short: string;
}

/**
 * The Japanese era date (和暦) of a day, in a full and a short form. An era begins on the day of its proclamation: 2019-04-30 is
 * 平成31年4月30日, the day after 令和元年5月1日.
 *
 * @param day days since 1970-01-01, a whole number.
 * @returns null before 1873-01-01, when Japan counted days by the lunisolar calendar.
 *
 * Source: 元号法 (1979) and the decrees that named 昭和, 平成 and 令和; 明治 and 大正 by their proclamations.
 *
 * @example wareki(dayNumber(2026, 11, 22)) // { full: '令和8年11月22日', short: 'R8.11.22' }
 */
export function wareki(day: number): Wareki | null {
  const era = ERAS.find((candidate) => day >= candidate.firstDay);
  if (era === undefined) return null;
  const date = civilDate(day);
  const year = date.year - era.firstYear + 1;
  return {
    full: `${era.name}${year === 1 ? '元' : year}年${date.month}月${date.day}日`,
    short: `${era.letter}${year}.${date.month}.${date.day}`,
  };
}
