import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalTime } from './local-time.ts';

/** Wall-clock `YYYY-MM-DD HH:MM` in a zone as an ISO instant. */
function instant(zone: string, wall: string): string {
  const local = Date.parse(`${wall.replace(' ', 'T')}Z`);
  const day = Math.floor(local / 86_400_000);
  return new Date(createLocalTime(zone)(day, local - day * 86_400_000)).toISOString().slice(0, 16);
}

describe('createLocalTime', () => {
  it.each([
    ['Asia/Tokyo', '2025-04-01 00:00', '2025-03-31T15:00'],
    ['America/New_York', '2025-01-15 12:00', '2025-01-15T17:00'],
    ['America/New_York', '2025-07-15 12:00', '2025-07-15T16:00'],
    ['Pacific/Kiritimati', '2025-01-01 00:00', '2024-12-31T10:00'],
    ['Pacific/Pago_Pago', '2025-01-01 23:59', '2025-01-02T10:59'],
    ['Asia/Kathmandu', '2025-01-01 05:45', '2025-01-01T00:00'],
  ])('in %s reads %s as %s', (zone, wall, utc) => {
    expect(instant(zone, wall)).toBe(utc);
  });

  it.each([
    ['just before', 'Europe/London', '2025-03-30 00:59', '2025-03-30T00:59'],
    ['skipped: an hour later', 'Europe/London', '2025-03-30 01:30', '2025-03-30T01:30'],
    ['just after', 'Europe/London', '2025-03-30 02:00', '2025-03-30T01:00'],
    ['skipped by half an hour', 'Australia/Lord_Howe', '2025-10-05 02:15', '2025-10-04T15:45'],
    ['a skipped midnight', 'America/Sao_Paulo', '2018-11-04 00:30', '2018-11-04T03:30'],
    ['a skipped day', 'Pacific/Apia', '2011-12-30 12:00', '2011-12-30T22:00'],
  ])('where clocks go forward, %s', (_, zone, wall, utc) => {
    expect(instant(zone, wall)).toBe(utc);
  });

  it.each([
    ['just before', '2025-10-26 00:59', '2025-10-25T23:59'],
    ['twice: the first', '2025-10-26 01:30', '2025-10-26T00:30'],
    ['just after', '2025-10-26 02:00', '2025-10-26T02:00'],
  ])('where clocks go back, %s', (_, wall, utc) => {
    expect(instant('Europe/London', wall)).toBe(utc);
  });

  it('shows the wall-clock time again when asked back, except for skipped times', () => {
    const zones = ['Asia/Tokyo', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe'];
    const readers = zones.map((timeZone) => ({
      toEpochMs: createLocalTime(timeZone),
      show: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
    }));
    fc.assert(
      fc.property(
        fc.constantFrom(...readers),
        fc.integer({ min: 0, max: 25_000 }),
        fc.integer({ min: 4 * 60, max: 23 * 60 + 59 }),
        ({ toEpochMs, show }, day, minute) => {
          const wall = new Date(day * 86_400_000 + minute * 60_000).toISOString();
          const epochMs = toEpochMs(day, minute * 60_000);
          expect(show.format(epochMs)).toBe(wall.slice(0, 16).replace('T', ' '));
        },
      ),
      { seed: 20250408, numRuns: 1000 },
    );
  });

  it('refuses a zone that does not exist', () => {
    expect(() => createLocalTime('Mars/Olympus')).toThrow(RangeError);
  });
});
