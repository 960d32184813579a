import { BUCKET_SEASON, type Bucket } from '@kizashi/series';

/**
 * Season length in buckets for a history of `n` of them. A season that was not seen twice cannot be told from chance: then
 * there is none, and the naive forecast is the measure.
 */
export function seasonLength(bucket: Bucket, n: number): number {
  const m = BUCKET_SEASON[bucket];
  return n >= 2 * m ? m : 1;
}
