import type { QuietHours } from './tables.ts';

const DAY_MINUTES = 1440;

/**
 * When a message that is ready at `now` (UTC epoch ms) may go out: `now`, or the end of the quiet hours it falls in.
 * Minutes are counted on the clock of `timeZone`; across a change of summer time the end may be an hour off.
 */
export function afterQuietHours(now: number, quiet: QuietHours | null, timeZone: string): number {
  if (quiet === null || quiet.from === quiet.to) return now;
  const minute = localMinute(now, timeZone);
  const from = toMinutes(quiet.from);
  const to = toMinutes(quiet.to);
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return now;
  const wait = (to - minute + DAY_MINUTES) % DAY_MINUTES;
  return now - (now % 60_000) + wait * 60_000;
}

function toMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

function localMinute(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now);
  return toMinutes(parts);
}
