const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;
const MAX_DAYS_KEPT = 20_000;

/** The offsets (local minus UTC, ms) that hold around one local day. */
interface DayOffsets {
  readonly before: number;
  readonly after: number;
  /** The instant from which `after` holds. */
  readonly change: number;
}

/** Turns a wall-clock time, `day` (days since 1970-01-01) and milliseconds since midnight, into UTC epoch ms. */
export type LocalTime = (day: number, msOfDay: number) => number;

/**
 * Wall-clock times of one IANA zone as instants.
 *
 * Where clocks go forward, a time that is skipped keeps the offset from before the change, so it lands the skipped hour
 * later (02:30 becomes 03:30). Where they go back, a time that occurs twice is its first occurrence. This is what
 * ECMAScript's Temporal calls `compatible`.
 *
 * Assumes at most one change of offset within 56 hours, which holds for all zones since 1970.
 * Cost: a map look-up; the first question about a day asks `Intl` twice, a day with a change some thirty times.
 *
 * @throws RangeError when the runtime does not know the zone.
 */
export function createLocalTime(timeZone: string): LocalTime {
  const offsetAt = createOffsetReader(timeZone);
  const days = new Map<number, DayOffsets>();

  function offsetsOf(day: number): DayOffsets {
    const known = days.get(day);
    if (known !== undefined) return known;
    // Every instant of the local day lies in here, as offsets are within ±16 h.
    let low = day * MS_PER_DAY - 16 * MS_PER_HOUR;
    let high = (day + 1) * MS_PER_DAY + 16 * MS_PER_HOUR;
    const before = offsetAt(low);
    const after = offsetAt(high);
    let change = Number.POSITIVE_INFINITY;
    if (before !== after) {
      while (high - low > 1000) {
        const middle = Math.floor((low + high) / 2000) * 1000;
        if (offsetAt(middle) === before) low = middle;
        else high = middle;
      }
      change = high;
    }
    // A file of random dates must not fill the memory.
    if (days.size >= MAX_DAYS_KEPT) days.clear();
    const offsets = { before, after, change };
    days.set(day, offsets);
    return offsets;
  }

  return (day, msOfDay) => {
    const { before, after, change } = offsetsOf(day);
    const local = day * MS_PER_DAY + msOfDay;
    return local - (local < change + Math.max(before, after) ? before : after);
  };
}

/** Local minus UTC at an instant on a whole second, in ms. */
function createOffsetReader(timeZone: string): (epochMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (epochMs) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epochMs)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts as Record<string, number>;
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - epochMs;
  };
}
