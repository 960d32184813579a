import type { DownloadSchedule } from '../contract.ts';

const MINUTES_PER_DAY = 1440;

/**
 * Bytes per second that the schedule allows at a time, null without a cap, 0 for none: the first window that holds decides, by
 * the clock on the wall of the zone. A window's day is the one it begins on; one with the same beginning and end lasts a day.
 */
export function capAt(schedule: DownloadSchedule, timeZone: string, at: number): number | null {
  if (schedule.windows.length === 0) return schedule.otherwise.bytesPerSecond;
  const { day, minute } = wallClock(timeZone, at);
  const yesterday = day === 1 ? 7 : day - 1;
  const holds = schedule.windows.find(({ days, from, to }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    const length = (end - start + MINUTES_PER_DAY) % MINUTES_PER_DAY || MINUTES_PER_DAY;
    const since = minute - start;
    return (
      (days.includes(day) && since >= 0 && since < length) ||
      (days.includes(yesterday) && since + MINUTES_PER_DAY < length)
    );
  });
  return (holds ?? schedule.otherwise).bytesPerSecond;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** 1 = Monday … 7 = Sunday, and minutes since midnight as a clock shows them. */
function wallClock(timeZone: string, at: number): { day: number; minute: number } {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: DAYS.indexOf(parts.get('weekday') ?? '') + 1,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

function minutesOf(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}
