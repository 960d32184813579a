import { createZoneCalendar } from '@kizashi/series';

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 86_400_000;

/** Local day and hour of instants in one zone, for many rows in roughly ascending order. */
export interface LocalClock {
  /** Sets `day` (days since 1970-01-01 on the local calendar) and `hour` (0–23, wall clock) for an instant. */
  read(epochMs: number): void;
  readonly day: number;
  readonly hour: number;
}

/** Exact at daylight-saving changes; a row of the same day as the one before costs a comparison and a division. */
export function createLocalClock(timeZone: string): LocalClock {
  const calendar = createZoneCalendar(timeZone);
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', hour: 'numeric' });
  let from = 0;
  let to = 0;
  let even = false;
  let day = 0;
  let hour = 0;
  return {
    read(epochMs) {
      if (epochMs < from || epochMs >= to) {
        day = calendar.dayOf(epochMs);
        from = calendar.startOf(day);
        to = calendar.startOf(day + 1);
        even = to - from === MS_PER_DAY;
      }
      // On the days of a change the hour is not the time since midnight.
      hour = even
        ? Math.floor((epochMs - from) / MS_PER_HOUR)
        : Number(format.format(new Date(epochMs)));
    },
    get day() {
      return day;
    },
    get hour() {
      return hour;
    },
  };
}
