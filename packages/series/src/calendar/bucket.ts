import { monthStart } from './day.ts';
import type { Period } from './period.ts';
import { startOfWeek, type WeekStart } from './week.ts';

/** The width of one point on a time chart. */
export type Bucket = 'day' | 'week' | 'month';

const MAX_DAYS_BY_DAY = 92;
const MAX_DAYS_BY_WEEK = 2 * 366;

/** Season length in samples of a series of such buckets: a week of days, a year of weeks, a year of months. */
export const BUCKET_SEASON: Readonly<Record<Bucket, number>> = { day: 7, week: 52, month: 12 };

/** The bucket that shows a period in at most about a hundred points: days to a quarter, weeks to two years, then months. */
export function chooseBucket(period: Period): Bucket {
  const days = period.to - period.from + 1;
  if (days <= MAX_DAYS_BY_DAY) return 'day';
  return days <= MAX_DAYS_BY_WEEK ? 'week' : 'month';
}

/** First day of the bucket that holds `day`. */
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

/** First day of the bucket after the one that holds `day`. */
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
 * First days of all buckets that touch a period, in order, so that a chart shows empty ones too. The first may lie before
 * `period.from`. Empty when `to` is before `from`.
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
