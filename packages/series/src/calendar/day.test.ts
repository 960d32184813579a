import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../invalid-input.ts';
import { civilDate, dayNumber, isoDate, monthStart, parseIsoDate } from './day.ts';
import { fiscalDate, fiscalQuarterStart, fiscalYearStart } from './fiscal.ts';
import { wareki } from './wareki.ts';
import { isoWeek, startOfWeek } from './week.ts';

// 0000-01-01 to 9999-12-31
const anyDay = fc.integer({ min: dayNumber(0, 1, 1), max: dayNumber(9999, 12, 31) });
const runs = { seed: 20260401, numRuns: 500 };

describe('day numbers', () => {
  it('begin at 1970-01-01 and count every day', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0);
    expect(dayNumber(2000, 3, 1) - dayNumber(2000, 2, 28)).toBe(2);
    expect(dayNumber(1900, 3, 1) - dayNumber(1900, 2, 28)).toBe(1);
  });

  it('keep the first hundred years apart from 1900', () => {
    expect(isoDate(dayNumber(25, 6, 1))).toBe('0025-06-01');
  });

  it('survive the way to a date and back', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { year, month, day: dayOfMonth } = civilDate(day);
        expect(dayNumber(year, month, dayOfMonth)).toBe(day);
        expect(parseIsoDate(isoDate(day))).toBe(day);
      }),
      runs,
    );
  });

  it.each(['2023-02-29', '2023-13-01', '2023-1-1', '', '20230101', '2023-01-01T00:00'])(
    'refuses %j',
    (text) => {
      expect(() => parseIsoDate(text)).toThrow(InvalidInput);
    },
  );

  it('finds the first of any month before or after', () => {
    expect(isoDate(monthStart(parseIsoDate('2024-03-31'), -1))).toBe('2024-02-01');
    expect(isoDate(monthStart(parseIsoDate('2024-12-31'), 1))).toBe('2025-01-01');
  });
});

describe('weeks and business years', () => {
  it('put every day into exactly one of them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 12 }), (day, startMonth) => {
        const monday = startOfWeek(day, 'monday');
        expect(civilDate(monday).weekday).toBe(1);
        expect(day - monday).toBeGreaterThanOrEqual(0);
        expect(day - monday).toBeLessThan(7);
        expect(isoWeek(monday)).toEqual(isoWeek(monday + 6));
        expect(isoWeek(monday)).not.toEqual(isoWeek(monday - 1));

        const start = fiscalYearStart(day, startMonth);
        expect(civilDate(start)).toMatchObject({ month: startMonth, day: 1 });
        expect(start).toBeLessThanOrEqual(day);
        expect(fiscalYearStart(day, startMonth, 1)).toBeGreaterThan(day);
        const quarter = fiscalQuarterStart(day, startMonth);
        expect(quarter).toBeLessThanOrEqual(day);
        expect(fiscalQuarterStart(day, startMonth, 1)).toBeGreaterThan(day);
        expect(fiscalDate(quarter, startMonth)).toEqual(fiscalDate(day, startMonth));
      }),
      runs,
    );
  });

  it('are calendar years when they start in January', () => {
    expect(fiscalDate(dayNumber(2025, 12, 31), 1)).toEqual({ year: 2025, quarter: 4, half: 2 });
  });

  it('refuse a thirteenth month', () => {
    expect(() => fiscalDate(0, 13)).toThrow(
      'startMonth: must be a whole number from 1 to 12, got 13',
    );
  });
});

describe('the Japanese era calendar', () => {
  it.each([
    ['1873-01-01', '明治6年1月1日'],
    ['1912-07-29', '明治45年7月29日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
  ])('writes %s as %s', (date, text) => {
    expect(wareki(parseIsoDate(date))?.full).toBe(text);
  });

  it('has no answer before Japan took the Gregorian calendar', () => {
    expect(wareki(parseIsoDate('1872-12-31'))).toBeNull();
  });
});
