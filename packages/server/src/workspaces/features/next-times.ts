import { civilDate, dayNumber } from '@kizashi/series';
import type { TimeKind } from '../../core/series-source/contract.ts';

const DAY = 86_400_000;
/** Last points that the rhythm is read from. */
const LOOKED_AT = 60;
/** A weekday belongs to the rhythm when it has this share of the last points. */
const WEEKDAY_SHARE = 0.1;

/**
 * The `h` times that follow a series: the same days of the week where points are at most a week apart, the same day of later
 * months where they are months apart, the usual step otherwise. None for fewer than two points.
 */
export function nextTimes(t: Float64Array, kind: TimeKind, h: number): Float64Array {
  const recent = t.slice(-LOOKED_AT);
  if (recent.length < 2 || h === 0) return new Float64Array(0);
  const steps = recent.slice(1).map((time, i) => time - recent[i]!);
  const step = steps.toSorted()[steps.length >> 1]!;
  const last = recent.at(-1)!;
  if (kind === 'date' && step <= 7 * DAY) return onWeekdays(recent, last, h);
  const months = kind === 'date' ? monthsOf(step) : 0;
  if (months > 0)
    return Float64Array.from({ length: h }, (_, i) => addMonths(last, months * (i + 1)));
  return Float64Array.from({ length: h }, (_, i) => last + step * (i + 1));
}

function onWeekdays(recent: Float64Array, last: number, h: number): Float64Array {
  const counts = new Array<number>(7).fill(0);
  const weekday = (time: number): number => civilDate(Math.floor(time / DAY)).weekday;
  for (const time of recent) counts[weekday(time)]! += 1;
  const out = new Float64Array(h);
  let time = last;
  for (let i = 0; i < h; i++) {
    do time += DAY;
    while (counts[weekday(time)]! < recent.length * WEEKDAY_SHARE);
    out[i] = time;
  }
  return out;
}

/** Whole months of a usual step between dates; 0 when it is none. */
function monthsOf(step: number): number {
  const months = Math.round(step / DAY / 30.436875);
  return months > 0 && Math.abs(step / DAY - months * 30.436875) <= 3 ? months : 0;
}

/** The last day of a month stays one; others are cut to the length of the month. */
function addMonths(time: number, months: number): number {
  const { year, month, day } = civilDate(time / DAY);
  const length = dayNumber(year, month + months + 1, 1) - dayNumber(year, month + months, 1);
  const isLast = dayNumber(year, month + 1, 1) - dayNumber(year, month, day) === 1;
  return dayNumber(year, month + months, isLast ? length : Math.min(day, length)) * DAY;
}
