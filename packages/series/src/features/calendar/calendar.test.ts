import { describe, expect, it } from 'vitest';
import { dayNumber, parseIsoDate } from '../../calendar/day.ts';
import { InvalidInput } from '../../invalid-input.ts';
import { columns } from '../extract.ts';
import { calendar } from './calendar.ts';
import { holidayDays } from './holidays.ts';

function on(dates: readonly string[], parameters = {}) {
  const days = Int32Array.from(dates, parseIsoDate);
  return columns(calendar, { y: new Float64Array(dates.length), days }, parameters);
}

describe('calendar', () => {
  it('knows the parts of a date', () => {
    const got = on(['2024-02-29', '2024-12-30', '2025-01-01', '2000-12-31', '1900-03-31']);
    const list = (name: string) => [...got[name]!];
    expect(list('year')).toEqual([2024, 2024, 2025, 2000, 1900]);
    expect(list('quarter')).toEqual([1, 4, 1, 4, 1]);
    expect(list('month')).toEqual([2, 12, 1, 12, 3]);
    expect(list('day')).toEqual([29, 30, 1, 31, 31]);
    expect(list('week')).toEqual([9, 1, 1, 52, 13]);
    expect(list('iso_year')).toEqual([2024, 2025, 2025, 2000, 1900]);
    expect(list('dayofweek')).toEqual([3, 0, 2, 6, 5]);
    expect(list('dayofyear')).toEqual([60, 365, 1, 366, 90]);
    expect(list('days_in_month')).toEqual([29, 31, 31, 31, 31]);
    expect(list('is_weekend')).toEqual([0, 0, 0, 1, 1]);
    expect(list('is_month_start')).toEqual([0, 0, 1, 0, 0]);
    expect(list('is_month_end')).toEqual([1, 0, 0, 1, 1]);
    expect(list('is_quarter_start')).toEqual([0, 0, 1, 0, 0]);
    expect(list('is_quarter_end')).toEqual([0, 0, 0, 1, 1]);
    expect(list('is_year_start')).toEqual([0, 0, 1, 0, 0]);
    expect(list('is_year_end')).toEqual([0, 0, 0, 1, 0]);
    expect(list('is_leap_year')).toEqual([1, 1, 0, 1, 0]);
  });

  it('puts days on circles and waves', () => {
    const got = on(['1970-01-01', '1970-01-08', '2024-07-01']);
    expect(got.fourier_sin_7_1![0]).toBe(0);
    expect(got.fourier_cos_7_1![0]).toBe(1);
    expect(got.fourier_sin_7_2![1]).toBeCloseTo(0, 14);
    expect(got.month_sin![2]).toBeCloseTo(0, 14);
    expect(got.month_cos![2]).toBeCloseTo(-1, 14);
    const day = dayNumber(2024, 7, 1);
    for (const k of [1, 2]) {
      const angle = (2 * Math.PI * k * day) / 365.25;
      expect(got[`fourier_sin_365.25_${k}`]![2]).toBeCloseTo(Math.sin(angle), 9);
      expect(got[`fourier_cos_365.25_${k}`]![2]).toBeCloseTo(Math.cos(angle), 9);
    }
    expect(Object.keys(got).filter((name) => name.startsWith('fourier')).length).toBe(12);
  });

  it('counts the days since and until holidays, within the years of the list', () => {
    const holidays = holidayDays([
      { day: parseIsoDate('2024-05-03'), name: '憲法記念日' },
      { day: parseIsoDate('2024-05-06'), name: '休日' },
      { day: parseIsoDate('2024-05-03'), name: 'Constitution Day' },
    ]);
    const dates = [
      '2023-12-31',
      '2024-01-01',
      '2024-05-03',
      '2024-05-05',
      '2024-05-08',
      '2025-01-01',
    ];
    const got = on(dates, { holidays });
    expect(got.is_holiday).toEqual(Float64Array.of(NaN, 0, 1, 0, 0, NaN));
    expect(got.days_since_holiday).toEqual(Float64Array.of(NaN, NaN, 0, 2, 2, NaN));
    expect(got.days_until_holiday).toEqual(Float64Array.of(NaN, 123, 0, 1, NaN, NaN));
    expect(on(dates).is_holiday).toBeUndefined();
  });

  it('has nothing to say without days, or on days no calendar reaches', () => {
    const y = Float64Array.of(1, 2);
    for (const series of [{ y }, { y, days: Int32Array.of(2 ** 31 - 1, -(2 ** 31)) }]) {
      for (const values of Object.values(columns(calendar, series))) {
        expect([...values].every(Number.isNaN)).toBe(true);
      }
    }
  });

  it('refuses parameters that make no sense', () => {
    expect(() => on(['2024-01-01'], { fourier_periods: [0] })).toThrow(InvalidInput);
    expect(() => on(['2024-01-01'], { fourier_orders: [0.5] })).toThrow(InvalidInput);
    expect(() => on(['2024-01-01'], { holidays: [1.5] })).toThrow(
      'holidays[0]: must be a whole day number, got 1.5',
    );
  });
});
