import { civilDate, dayNumber } from '../../calendar/day.ts';
import { InvalidInput, show } from '../../invalid-input.ts';
import { type DayColumns, dayInfo } from './day-columns.ts';

/** A holiday as packages of holidays give it. The calendar set takes the days; names are for readers. */
export interface Holiday {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly name: string;
}

/**
 * Days of holidays as the parameter `holidays` of the calendar set takes them.
 *
 * @param holidays in any order, several on a day or not; what a package of holidays gives.
 * @returns days since 1970-01-01, ascending and each once.
 */
export function holidayDays(holidays: readonly Holiday[]): readonly number[] {
  return [...new Set(holidays.map(({ day }) => day))].sort((a, b) => a - b);
}

/**
 * `is_holiday`, `days_since_holiday` and `days_until_holiday`. The list counts as complete from 1 January of its first year to
 * 31 December of its last; other days give `NaN`, and so does a distance that leads out of the list.
 *
 * @param days whole numbers, at least one.
 * @throws InvalidInput (`holidays`)
 */
export function holidayColumns(days: readonly number[]): DayColumns {
  const odd = days.findIndex((day) => !Number.isInteger(day));
  if (odd >= 0) {
    throw new InvalidInput(
      `holidays[${odd}]`,
      `must be a whole day number, got ${show(days[odd])}`,
    );
  }
  const sorted = Int32Array.from(days).sort();
  const from = dayNumber(civilDate(sorted[0]!).year, 1, 1);
  const to = dayNumber(civilDate(sorted.at(-1)!).year, 12, 31);
  return {
    columns: [
      dayInfo('is_holiday', '1 on a holiday.'),
      dayInfo(
        'days_since_holiday',
        'Days since the latest holiday up to the day, 0 on one.',
        'days',
      ),
      dayInfo(
        'days_until_holiday',
        'Days until the next holiday from the day on, 0 on one.',
        'days',
      ),
    ],
    write(day, out) {
      if (day < from || day > to) {
        out.fill(Number.NaN);
        return;
      }
      let next = 0;
      let high = sorted.length;
      while (next < high) {
        const middle = (next + high) >> 1;
        if (sorted[middle]! < day) next = middle + 1;
        else high = middle;
      }
      const isHoliday = sorted[next] === day;
      const latest = isHoliday ? day : sorted[next - 1];
      out[0] = Number(isHoliday);
      out[1] = latest === undefined ? Number.NaN : day - latest;
      out[2] = next === sorted.length ? Number.NaN : sorted[next]! - day;
    },
  };
}
