import {
  type Bucket,
  bucketStart,
  isoDate,
  nextBucketStart,
  parseIsoDate,
  type WeekStart,
} from '@kizashi/series';
import type { Measure, MeasureQuery, MeasureSeries } from './measure.ts';

/**
 * The part of a measure that is fit to learn from: whole buckets only. A running week or month looks like a collapse, and
 * so does one in which the data begin.
 *
 * @param today local day number; the newest usable day is yesterday, or the last day with data if that is earlier.
 * @returns undefined when no whole bucket lies within the asked range.
 */
export async function completeHistory(
  measure: Measure,
  query: Pick<MeasureQuery, 'bucket' | 'filters'> & {
    from?: string | undefined;
    to?: string | undefined;
  },
  calendar: { readonly today: number; readonly weekStart: WeekStart },
): Promise<MeasureSeries | undefined> {
  const range = await measure.range();
  if (range === undefined) return undefined;
  const { bucket } = query;
  const { weekStart } = calendar;
  const first = Math.max(
    parseIsoDate(range.from),
    query.from ? parseIsoDate(query.from) : -Infinity,
  );
  const last = Math.min(
    parseIsoDate(range.to),
    calendar.today - 1,
    query.to ? parseIsoDate(query.to) : Infinity,
  );
  const from = wholeBucketFrom(first, bucket, weekStart);
  const to = wholeBucketTo(last, bucket, weekStart);
  if (to < from) return undefined;
  return measure.series({ bucket, filters: query.filters, from: isoDate(from), to: isoDate(to) });
}

function wholeBucketFrom(day: number, bucket: Bucket, weekStart: WeekStart): number {
  const start = bucketStart(day, bucket, weekStart);
  return start === day ? day : nextBucketStart(day, bucket, weekStart);
}

/** Last day of the last bucket that ends on or before `day`. */
function wholeBucketTo(day: number, bucket: Bucket, weekStart: WeekStart): number {
  const next = nextBucketStart(day, bucket, weekStart);
  return next === day + 1 ? day : bucketStart(day, bucket, weekStart) - 1;
}
