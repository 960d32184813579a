import type { QuietHours } from './tables.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** No zone moves its clock by more. */
const LARGEST_CLOCK_CHANGE = 2 * 60;

/**
 * When a message that is ready at `now` (UTC epoch ms) may go out: `now`, or the end of the quiet hours it falls in.
 * The hours are those of the wall clock in `timeZone`: a night in which the clock is changed is an hour shorter or longer.
 */
export function afterQuietHours(now: number, quiet: QuietHours | null, timeZone: string): number {
  if (quiet === null || quiet.from === quiet.to) return now;
  const from = toMinutes(quiet.from);
  const to = toMinutes(quiet.to);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
  const minuteOf = (at: number) => toMinutes(clock.format(at));
  const isQuiet = (at: number) => {
    const minute = minuteOf(at);
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
  };
  if (!isQuiet(now)) return now;
  const wait = (to - minuteOf(now) + DAY_MINUTES) % DAY_MINUTES;
  // The end as it is without a change of the clock; with one, it lies up to that much before or after.
  const earliest = Math.max(0, wait - LARGEST_CLOCK_CHANGE);
  let end = now - (now % MINUTE_MS) + earliest * MINUTE_MS;
  while (isQuiet(end)) end += MINUTE_MS;
  return end;
}

function toMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
