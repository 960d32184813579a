import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { civilDate, isoDate, parseIsoDate } from './day.ts';
import { fiscalDate, fiscalHalfLabel, fiscalYearLabel } from './fiscal.ts';
import { weekdayLabel } from './language.ts';
import { compactNumber, groupedNumber, manUnits, moneyText } from './number-format.ts';
import { wareki } from './wareki.ts';
import { isoWeekLabel, startOfWeek } from './week.ts';

interface DateCase {
  date: string;
  weekdayJa: string;
  fiscalYearApril: number;
  fiscalQuarterApril: number;
  fiscalHalf: string;
  fiscalYearLabelJa: string;
  fiscalYearLabelEn: string;
  isoWeek: string;
  weekStartMonday: string;
  weekStartSunday: string;
  wareki: string;
  warekiShort: string;
}
interface NumberCase {
  value: number;
  yen: string;
  usdEn: string;
  compactJa: string;
  compactEn: string;
  groupedJa: string;
  manUnits: string | null;
}

const path = new URL('../../fixtures/calendar-numbers.json', import.meta.url);
const golden: { dates: DateCase[]; numbers: NumberCase[] } = JSON.parse(readFileSync(path, 'utf8'));

describe('dates as written in Japan and by ISO 8601', () => {
  it.each(golden.dates)('matches the reference on $date', (expected) => {
    const day = parseIsoDate(expected.date);
    const fiscal = fiscalDate(day, 4);
    expect({
      date: isoDate(day),
      weekdayJa: weekdayLabel(civilDate(day).weekday, 'ja'),
      fiscalYearApril: fiscal.year,
      fiscalQuarterApril: fiscal.quarter,
      fiscalHalf: fiscalHalfLabel(fiscal.half, 'ja'),
      fiscalYearLabelJa: fiscalYearLabel(fiscal.year, 'ja'),
      fiscalYearLabelEn: fiscalYearLabel(fiscal.year, 'en'),
      isoWeek: isoWeekLabel(day),
      weekStartMonday: isoDate(startOfWeek(day, 'monday')),
      weekStartSunday: isoDate(startOfWeek(day, 'sunday')),
      wareki: wareki(day)?.full,
      warekiShort: wareki(day)?.short,
    }).toEqual(expected);
  });
});

describe('numbers as read in Japan and in English', () => {
  it.each(golden.numbers)('matches the reference on $value', (expected) => {
    expect({
      value: expected.value,
      yen: moneyText(expected.value, 'JPY', 'ja').replace('¥', '￥'),
      usdEn: moneyText(expected.value, 'USD', 'en'),
      compactJa: compactNumber(expected.value, 'ja'),
      compactEn: compactNumber(expected.value, 'en'),
      groupedJa: groupedNumber(expected.value, 'ja'),
      manUnits: manUnits(expected.value),
    }).toEqual(expected);
  });

  it('says nothing for numbers that 万 and 億 cannot write exactly', () => {
    expect(manUnits(2 ** 60)).toBeNull();
    expect(manUnits(Number.NaN)).toBeNull();
  });

  it('writes zero without a sign', () => {
    expect(manUnits(-0)).toBe('0');
  });
});
