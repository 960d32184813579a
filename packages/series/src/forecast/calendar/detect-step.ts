import { civilDate } from '../../calendar/day.ts';
import { createDays, daysIn, monthOf } from './time-grid.ts';
import { BUSINESS_DAYS, fixedStep, MS, NAMED_STEPS, type TimeStep } from './time-step.ts';

export interface DetectedStep {
  readonly step: TimeStep;
  /** False where no step fits: values must then be gathered into the periods of this one. */
  readonly regular: boolean;
}

/** A step fits when at most this share of the values is off its places … */
const MOST_OFF = 0.05;
/** … and at least this share of its places is taken. */
const LEAST_TAKEN = 0.3;
/** Two weeks of days are needed to call a weekday closed. */
const FEWEST_DAYS = 10;

/** Lengths into which irregular times are gathered, in ms. */
const ROUND_LENGTHS = [
  ...[1, 5, 10, 15, 30].map((n) => n * MS.second),
  ...[1, 5, 10, 15, 30].map((n) => n * MS.minute),
  ...[1, 2, 3, 4, 6, 12].map((n) => n * MS.hour),
];

/**
 * The step of a series of times.
 *
 * Dates (one time of day) are months when they share a day of the month or all are ends of months, weeks when all differences
 * are multiples of seven days, else days, without the weekdays that never occur. Other times have the commonest difference as
 * step when the rest are multiples of it.
 *
 * @param t n ≥ 1 different times in UTC ms, ascending.
 */
export function detectStep(t: Float64Array, timeZone: string): DetectedStep {
  if (t.length < 2) return { step: NAMED_STEPS.day, regular: true };
  const calendar = createDays(timeZone);
  const days = t.map((time) => calendar.dayOf(time));
  const clock = t[0]! - calendar.startOf(days[0]!);
  const sameClock = t.every((time, i) => time - calendar.startOf(days[i]!) === clock);
  const apart = differences(days);
  const oneADay = apart.every((difference) => difference > 0);
  if (sameClock) return stepOfDays(days, apart);
  const steps = differences(t);
  const typical = median(steps);
  const fixed = stepOfTimes(t, steps);
  if (fixed !== null) return { step: fixedStep(fixed), regular: true };
  if (oneADay && typical > 0.75 * MS.day) return stepOfDays(days, apart);
  if (typical >= 0.75 * MS.day) return gathered(typical / MS.day);
  const length = ROUND_LENGTHS.findLast((round) => round <= typical) ?? Math.max(1, typical);
  return { step: fixedStep(Math.round(length)), regular: false };
}

/** The step of whole numbers: their greatest common distance. */
export function detectIndexStep(t: Float64Array): TimeStep {
  return { unit: 'index', every: divisorOf(differences(t)) || 1 };
}

function stepOfDays(days: Float64Array, apart: Float64Array): DetectedStep {
  const months = days.map(monthOf);
  const between = differences(months);
  const oneAMonth = between.every((difference) => difference > 0);
  const every = divisorOf(between);
  if (oneAMonth && (days.length > 2 || apart[0]! >= 28)) {
    const monthDay = commonMonthDay(days);
    if (monthDay !== null) return { step: { unit: 'month', every, monthDay }, regular: true };
  }
  const distance = divisorOf(apart);
  if (distance % 7 === 0) return { step: { unit: 'week', every: distance / 7 }, regular: true };
  const typical = median(apart);
  // Dates that are moved by a holiday: one a period all the same.
  if (oneAMonth && typical >= 27) {
    const step: TimeStep = { unit: 'month', every, monthDay: usualMonthDay(days) };
    return { step, regular: true };
  }
  const sevens = apart.reduce((count, difference) => count + Number(difference % 7 === 0), 0);
  if (sevens >= 0.7 * apart.length && typical >= 7) {
    const weeks = divisorOf(apart.filter((difference) => difference % 7 === 0)) / 7;
    return { step: { unit: 'week', every: weeks }, regular: true };
  }
  const openWeekdays = openWeekdaysOf(days);
  if (openWeekdays !== null) {
    return { step: { unit: 'day', every: 1, openWeekdays }, regular: true };
  }
  const places = (days.at(-1)! - days[0]!) / distance + 1;
  if (days.length >= LEAST_TAKEN * places) {
    return { step: { unit: 'day', every: distance }, regular: true };
  }
  return gathered(typical);
}

/** The calendar period that irregular dates are gathered into: about one value falls into each. */
function gathered(typicalDays: number): DetectedStep {
  const step =
    typicalDays >= 300
      ? NAMED_STEPS.year
      : typicalDays >= 80
        ? NAMED_STEPS.quarter
        : typicalDays >= 25
          ? NAMED_STEPS.month
          : typicalDays >= 5
            ? NAMED_STEPS.week
            : NAMED_STEPS.day;
  return { step, regular: false };
}

/** The commonest difference, or the greatest common divisor, where nearly all times lie on its multiples. Else null. */
function stepOfTimes(t: Float64Array, steps: Float64Array): number | null {
  const candidates = new Set([commonest(steps), divisorOf(steps), nearestRound(median(steps))]);
  for (const step of candidates) {
    if (step < 1) continue;
    const places = (t.at(-1)! - t[0]!) / step + 1;
    if (t.length < LEAST_TAKEN * places) continue;
    let off = 0;
    for (const time of t) {
      const place = (time - t[0]!) / step;
      if (Math.abs(place - Math.round(place)) > 0.25) off++;
    }
    if (off <= MOST_OFF * t.length) return step;
  }
  return null;
}

/** A length people would choose near one that was measured, such as the clock of a sensor gives; 0 for none. */
function nearestRound(length: number): number {
  return ROUND_LENGTHS.find((round) => Math.abs(length / round - 1) < 0.1) ?? 0;
}

/** The day of the month that all dates share, shorter months apart. */
function commonMonthDay(days: Float64Array): number | 'end' | null {
  const parts = Array.from(days, (day) => ({
    day: civilDate(day).day,
    last: daysIn(monthOf(day)),
  }));
  const latest = Math.max(...parts.map(({ day }) => day));
  if (!parts.every(({ day, last }) => day === Math.min(latest, last))) return null;
  return latest >= 28 && parts.every(({ day, last }) => day === last) ? 'end' : latest;
}

/** Where dates move a little: `end` when they lie in the last five days, else the commonest. */
function usualMonthDay(days: Float64Array): number | 'end' {
  const parts = days.map((day) => civilDate(day).day);
  const late = days.every((day, i) => parts[i]! > daysIn(monthOf(day)) - 5);
  return late ? 'end' : commonest(parts);
}

function openWeekdaysOf(days: Float64Array): readonly boolean[] | null {
  if (days.length < FEWEST_DAYS || days.at(-1)! - days[0]! < 14) return null;
  const counts = new Array<number>(7).fill(0);
  for (const day of days) counts[civilDate(day).weekday]! += 1;
  const weeks = (days.at(-1)! - days[0]!) / 7;
  const open = counts.map((count) => count > 0);
  // A weekday that is open must be so in a good part of the weeks; else the dates are merely few.
  if (open.every(Boolean) || counts.some((count) => count > 0 && count < LEAST_TAKEN * weeks)) {
    return null;
  }
  const business = open.every((value, i) => value === BUSINESS_DAYS[i]);
  return business ? BUSINESS_DAYS : open;
}

function differences(values: Float64Array): Float64Array {
  const out = new Float64Array(Math.max(0, values.length - 1));
  for (let i = 0; i < out.length; i++) out[i] = values[i + 1]! - values[i]!;
  return out;
}

function divisorOf(values: Float64Array): number {
  let divisor = 0;
  for (const value of values) {
    let a = divisor;
    let b = value;
    while (b !== 0) [a, b] = [b, a % b];
    divisor = a;
    if (divisor === 1) break;
  }
  return divisor;
}

function median(values: Float64Array): number {
  return values.slice().sort()[values.length >> 1]!;
}

/** The commonest value; the smallest of several. */
function commonest(values: Float64Array): number {
  const sorted = values.slice().sort();
  let best = sorted[0]!;
  let most = 0;
  let run = 0;
  for (let i = 0; i < sorted.length; i++) {
    run = i > 0 && sorted[i] === sorted[i - 1] ? run + 1 : 1;
    if (run > most) {
      most = run;
      best = sorted[i]!;
    }
  }
  return best;
}
