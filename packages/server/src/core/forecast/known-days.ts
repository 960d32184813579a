import { type EventOption, type Holiday, holidayDays, parseIsoDate } from '@kizashi/series';
import { namedHolidays } from '../holidays/named-holidays.ts';
import type { EventDay } from './contract.ts';
import { forecastErrors } from './errors.ts';

/** Holidays are known for the past from here on … */
const FIRST_YEAR = 1970;
/** … and for this many years to come. */
const YEARS_AHEAD = 10;
const DAY = 86_400_000;

/** Days that a forecast knows something about. */
export interface KnownDays {
  /** On which a series of business days may be closed. */
  readonly closedDays: readonly number[];
  /** Holidays and the caller's own events by name, for `prophet`. */
  readonly events: readonly EventOption[];
}

/** @throws FORECAST_COUNTRY_UNKNOWN */
export async function knownDays(
  country: string | undefined,
  own: readonly EventDay[] = [],
): Promise<KnownDays> {
  const holidays = country === undefined ? [] : await holidaysOf(country);
  return {
    closedDays: holidayDays(holidays),
    events: byName([
      ...holidays.map(({ name, day }) => ({ name, day, before: 0, after: 0 })),
      ...own.map(({ name, date, window }) => ({
        name,
        day: parseIsoDate(date),
        ...windowOf(window),
      })),
    ]),
  };
}

/** Those events that fall into the history: others cannot be learned. */
export function learnableEvents(events: readonly EventOption[], t: Float64Array): EventOption[] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of t) {
    first = Math.min(first, time / DAY);
    last = Math.max(last, time / DAY);
  }
  return events.filter(({ days, before = 0, after = 0 }) =>
    days.some((day) => day + after >= first - 1 && day - before <= last),
  );
}

async function holidaysOf(country: string): Promise<readonly Holiday[]> {
  const lastYear = new Date().getUTCFullYear() + YEARS_AHEAD;
  const holidays = await namedHolidays(country, FIRST_YEAR, lastYear);
  if (holidays === null) throw forecastErrors.FORECAST_COUNTRY_UNKNOWN({ country });
  return holidays;
}

/** `2`: two days before and after; `-1:3`: from one day before to three after. */
function windowOf(window = '0'): { readonly before: number; readonly after: number } {
  const [from, to] = window.split(':');
  return { before: Math.abs(Number(from)), after: Math.abs(Number(to ?? from)) };
}

interface NamedDay {
  readonly name: string;
  readonly day: number;
  readonly before: number;
  readonly after: number;
}

/** Days of one name are one event and share an effect; of their windows the widest counts. */
function byName(days: readonly NamedDay[]): EventOption[] {
  return [...Map.groupBy(days, ({ name }) => name)].map(([name, group]) => {
    const before = Math.max(...group.map((one) => one.before));
    const after = Math.max(...group.map((one) => one.after));
    return {
      name,
      days: group.map(({ day }) => day),
      ...(before > 0 && { before }),
      ...(after > 0 && { after }),
    };
  });
}
