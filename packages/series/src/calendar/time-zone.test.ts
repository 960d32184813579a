import { describe, expect, it } from 'vitest';
import { isoDate, parseIsoDate } from './day.ts';
import { createZoneCalendar } from './time-zone.ts';

describe('a zone calendar', () => {
  it('knows that Tokyo is already in the next day', () => {
    const tokyo = createZoneCalendar('Asia/Tokyo');
    expect(isoDate(tokyo.dayOf(Date.UTC(2024, 0, 1, 14, 59, 59, 999)))).toBe('2024-01-01');
    expect(isoDate(tokyo.dayOf(Date.UTC(2024, 0, 1, 15)))).toBe('2024-01-02');
  });

  it('gives days of 23 and 25 hours their length', () => {
    const london = createZoneCalendar('Europe/London');
    const hours = (date: string) =>
      (london.startOf(parseIsoDate(date) + 1) - london.startOf(parseIsoDate(date))) / 3_600_000;
    expect(hours('2024-03-31')).toBe(23);
    expect(hours('2024-10-27')).toBe(25);
    expect(hours('2024-06-01')).toBe(24);
  });

  it.each([
    // Midnight does not exist on this day: clocks went from 00:00 to 01:00 local time.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    // Samoa left out 2011-12-30 altogether.
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00.000Z'],
    ['Asia/Kathmandu', '2024-01-01', '2023-12-31T18:15:00.000Z'],
  ])('finds where the day begins in %s on %s', (zone, date, instant) => {
    const calendar = createZoneCalendar(zone);
    const start = calendar.startOf(parseIsoDate(date));
    expect(new Date(start).toISOString()).toBe(instant);
    expect(isoDate(calendar.dayOf(start))).toBe(date);
    expect(calendar.dayOf(start - 1)).toBeLessThan(parseIsoDate(date));
  });

  it('agrees with Intl on every hour of two years with clock changes', () => {
    const calendar = createZoneCalendar('America/New_York');
    const intl = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });
    for (let hour = 0; hour < 2 * 365 * 24; hour += 1) {
      const instant = Date.UTC(2023, 0, 1) + hour * 3_600_000;
      expect(isoDate(calendar.dayOf(instant))).toBe(intl.format(instant));
    }
  });

  it('refuses a zone that does not exist', () => {
    expect(() => createZoneCalendar('Mars/Olympus')).toThrow(
      'timeZone: must be an IANA zone such as Asia/Tokyo, got "Mars/Olympus"',
    );
  });
});
