import { InvalidInput, show } from '../invalid-input.ts';

/** Turns instants into calendar days of one time zone and back. */
export interface ZoneCalendar {
  readonly timeZone: string;
  /** Day number, in this zone, of an instant in UTC epoch milliseconds. */
  dayOf(epochMs: number): number;
  /** The instant at which a day begins in this zone, in UTC epoch milliseconds. */
  startOf(day: number): number;
}

const MS_PER_DAY = 86_400_000;

/**
 * A calendar for an IANA time zone, daylight-saving changes included. A day that begins with a skipped hour starts at the
 * first instant that exists.
 *
 * Cost: the first question about a day asks `Intl` a few times (tens of microseconds); later ones are a map look-up, so a
 * million rows of a few hundred days cost little more than a division each. Keep the object.
 *
 * @throws InvalidInput (`timeZone`) when the runtime does not know the zone.
 */
export function createZoneCalendar(timeZone: string): ZoneCalendar {
  const format = zoneFormat(timeZone);
  const starts = new Map<number, number>();

  /** Local wall-clock time minus UTC at an instant, in milliseconds. */
  function offsetMs(epochMs: number): number {
    const whole = Math.floor(epochMs / 1000) * 1000;
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(whole)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts as Record<string, number>;
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - whole;
  }

  function startOf(day: number): number {
    let start = starts.get(day);
    if (start === undefined) {
      start = findStart(day);
      starts.set(day, start);
    }
    return start;
  }

  function findStart(day: number): number {
    const midnight = day * MS_PER_DAY;
    // Offsets lie within ±14 h and change at most once a day, so the offsets a day apart are all that can hold.
    const before = midnight - offsetMs(midnight - MS_PER_DAY);
    if (before + offsetMs(before) === midnight) return before;
    const after = midnight - offsetMs(midnight + MS_PER_DAY);
    if (after + offsetMs(after) === midnight) return after;
    // Midnight was skipped: the change itself is where the day begins.
    return firstInstantOf(midnight, Math.min(before, after), Math.max(before, after));
  }

  /** The first instant in (low, high] whose local time is at or after `midnight`. */
  function firstInstantOf(midnight: number, low: number, high: number): number {
    let below = low;
    let above = high;
    while (above - below > 1000) {
      const middle = Math.floor((below + above) / 2000) * 1000;
      if (middle <= below) break;
      if (middle + offsetMs(middle) >= midnight) above = middle;
      else below = middle;
    }
    return above;
  }

  function dayOf(epochMs: number): number {
    let day = Math.floor(epochMs / MS_PER_DAY);
    while (epochMs < startOf(day)) day--;
    while (epochMs >= startOf(day + 1)) day++;
    return day;
  }

  return { timeZone, dayOf, startOf };
}

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new InvalidInput(
      'timeZone',
      `must be an IANA zone such as Asia/Tokyo, got ${show(timeZone)}`,
    );
  }
}
