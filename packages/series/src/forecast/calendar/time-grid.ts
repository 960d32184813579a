import { civilDate, dayNumber } from '../../calendar/day.ts';
import { createZoneCalendar, type ZoneCalendar } from '../../calendar/time-zone.ts';
import { fixedLength, MS, type TimeStep } from './time-step.ts';

/** Numbers the places that values of a series can have, 0 at the origin, and says when each is. */
export interface TimeGrid {
  readonly step: TimeStep;
  /** The place that a time belongs to: the period it lies in, or the nearest of fixed steps. May be negative. */
  slotOf(t: number): number;
  /** UTC epoch ms, or the whole number of an index. */
  timeOf(slot: number): number;
}

export interface GridOptions {
  /** Where slot 0 is. */
  readonly origin: number;
  /** Zone in which days begin. */
  readonly timeZone: string;
  /** Days since 1970-01-01, ascending, that have no slot. For steps in days. */
  readonly closedDays?: readonly number[];
  /** Time of day of every slot, in ms after the day's start. Default 0. For days, weeks and months. */
  readonly clock?: number;
}

export function createTimeGrid(step: TimeStep, options: GridOptions): TimeGrid {
  const { origin } = options;
  const length = step.unit === 'index' ? step.every : fixedLength(step);
  if (length !== null) {
    return {
      step,
      slotOf: (t) => Math.round((t - origin) / length),
      timeOf: (slot) => origin + slot * length,
    };
  }
  const days = createDays(options.timeZone);
  const clock = options.clock ?? 0;
  const place = (day: number) => days.startOf(day) + clock;
  const first = days.dayOf(origin);
  if (step.unit === 'week') {
    const width = 7 * step.every;
    return {
      step,
      slotOf: (t) => Math.floor((days.dayOf(t) - first) / width),
      timeOf: (slot) => place(first + slot * width),
    };
  }
  if (step.unit === 'month') return monthGrid(step, first, days, place);
  const open = openDays(step, first, options.closedDays ?? []);
  return {
    step,
    slotOf: (t) => Math.floor(open.before(days.dayOf(t)) / step.every),
    timeOf: (slot) => place(open.day(slot * step.every)),
  };
}

/** Days of a zone; the calendar of UTC needs no look-up. */
export function createDays(timeZone: string): Pick<ZoneCalendar, 'dayOf' | 'startOf'> {
  if (timeZone !== 'UTC') return createZoneCalendar(timeZone);
  return { dayOf: (t) => Math.floor(t / MS.day), startOf: (day) => day * MS.day };
}

function monthGrid(
  step: TimeStep,
  first: number,
  days: Pick<ZoneCalendar, 'dayOf' | 'startOf'>,
  place: (day: number) => number,
): TimeGrid {
  const { every, monthDay = 1 } = step;
  const start = monthOf(first);
  return {
    step,
    slotOf: (t) => Math.floor((monthOf(days.dayOf(t)) - start) / every),
    timeOf(slot) {
      const month = start + slot * every;
      const last = daysIn(month);
      return place(dayNumber(0, month + 1, monthDay === 'end' ? last : Math.min(monthDay, last)));
    },
  };
}

/** Months since January of year 0. */
export function monthOf(day: number): number {
  const { year, month } = civilDate(day);
  return year * 12 + month - 1;
}

/** Length of a month, counted as `monthOf` does. */
export function daysIn(month: number): number {
  return dayNumber(0, month + 2, 1) - dayNumber(0, month + 1, 1);
}

/** Counts open days from `first`, the 0th (or the last open day before it, where it is closed). */
function openDays(step: TimeStep, first: number, closedDays: readonly number[]) {
  const week = step.openWeekdays ?? new Array<boolean>(7).fill(true);
  const perWeek = week.filter(Boolean).length;
  // 1970-01-01 was a Thursday.
  const weekday = (day: number) => (((day + 4) % 7) + 7) % 7;
  const closed = closedDays.filter((day) => week[weekday(day)]);

  /** Open days up to and including `day`, from some fixed day on. */
  const upTo = (day: number) => {
    const weeks = Math.floor((day + 4) / 7);
    let count = weeks * perWeek;
    for (let w = 0; w <= weekday(day); w++) if (week[w]) count++;
    return count - closedUpTo(closed, day);
  };
  const zero = upTo(first);
  // Days of another kind belong to the open day before them.
  const before = (day: number) => upTo(day) - zero;
  return {
    before,
    /** The day with `before(day) === slot` that is open. */
    day(slot: number): number {
      let day = first + Math.floor((slot * 7) / perWeek);
      while (before(day) < slot) day += Math.max(1, slot - before(day));
      while (before(day - 1) >= slot) day -= Math.max(1, before(day - 1) - slot);
      return day;
    },
  };
}

function closedUpTo(closed: readonly number[], day: number): number {
  let low = 0;
  let high = closed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (closed[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}
