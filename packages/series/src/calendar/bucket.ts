import { monthStart } from './day.ts';
import type { Period } from './period.ts';
import { startOfWeek, type WeekStart } from './week.ts';

/** The width of one point on a time chart. */
export type Bucket = 'day' | 'week' | 'month';

const MAX_DAYS_BY_DAY = 92;
const MAX_DAYS_BY_WEEK = 2 * 366;

/**
 * Season length, in buckets, of a series of such buckets: 7 days, 52 weeks, 12 months. The `m` of a forecast.
 *
 * A year has 52.18 weeks; models of one season need a whole number.
 */
export const BUCKET_SEASON: Readonly<Record<Bucket, number>> = { day: 7, week: 52, month: 12 };

/**
 * The bucket that shows a period in at most about a hundred points: days up to 92 days, weeks up to 732, then months.
 *
 * @param period day numbers, both ends included. One that ends before it begins is shown by days.
 *
 * @example chooseBucket({ from: dayNumber(2025, 1, 1), to: dayNumber(2025, 12, 31) }) // 'week'
 */
export function chooseBucket(period: Period): Bucket {
  const days = period.to - period.from + 1;
  if (days <= MAX_DAYS_BY_DAY) return 'day';
  return days <= MAX_DAYS_BY_WEEK ? 'week' : 'month';
}

/**
 * First day of the bucket that holds a day.
 *
 * @param day       day number, whole (days since 1970-01-01).
 * @param weekStart only of use for weeks; default Monday.
 * @returns a day number ≤ `day`.
 *
 * @example bucketStart(dayNumber(2025, 4, 16), 'month') // dayNumber(2025, 4, 1)
 */
export function bucketStart(day: number, bucket: Bucket, weekStart: WeekStart = 'monday'): number {
  switch (bucket) {
    case 'day':
      return day;
    case 'week':
      return startOfWeek(day, weekStart);
    case 'month':
      return monthStart(day);
  }
}

/**
 * First day of the bucket after the one that holds a day.
 *
 * @param day       day number, whole (days since 1970-01-01).
 * @param weekStart only of use for weeks; default Monday.
 * @returns a day number > `day`.
 *
 * @example nextBucketStart(dayNumber(2025, 4, 16), 'month') // dayNumber(2025, 5, 1)
 */
export function nextBucketStart(
  day: number,
  bucket: Bucket,
  weekStart: WeekStart = 'monday',
): number {
  switch (bucket) {
    case 'day':
      return day + 1;
    case 'week':
      return startOfWeek(day, weekStart) + 7;
    case 'month':
      return monthStart(day, 1);
  }
}

/**
 * First days of all buckets that touch a period, so that a chart shows empty ones too.
 *
 * @param period    day numbers, both ends included.
 * @param weekStart only of use for weeks; default Monday.
 * @returns day numbers, ascending; the first may lie before `period.from`. Empty when `to` is before `from`.
 *
 * Cost: O(number of buckets).
 *
 * @example bucketStarts({ from: 20179, to: 20240 }, 'month').map(isoDate) // ['2025-04-01', '2025-05-01', '2025-06-01']
 */
export function bucketStarts(
  period: Period,
  bucket: Bucket,
  weekStart: WeekStart = 'monday',
): number[] {
  const starts: number[] = [];
  let start = bucketStart(period.from, bucket, weekStart);
  while (start <= period.to) {
    starts.push(start);
    start = nextBucketStart(start, bucket, weekStart);
  }
  return starts;
}
