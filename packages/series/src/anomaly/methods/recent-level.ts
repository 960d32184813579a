import { createExpectedRange } from '../stream/expected-range.ts';
import { createMovingMean } from '../stream/moving-mean.ts';
import type { RobustScale } from '../stream/robust-scale.ts';

const POINTS = 4;

/** The expected range of methods that forecast nothing: the mean of the last four points on a robust scale, and its errors. */
export interface RecentLevel {
  /** In the unit of the values; `first` where nothing is known yet. */
  around(scale: RobustScale, first: number): { expected: number; lower: number; upper: number };
  /** A value on the robust scale. */
  learn(z: number): void;
}

export function createRecentLevel(level: number): RecentLevel {
  const range = createExpectedRange(level);
  const meanOf = createMovingMean(POINTS);
  let mean = Number.NaN;
  return {
    around(scale, first) {
      if (Number.isNaN(mean)) return { expected: first, lower: first, upper: first };
      const { lower, upper } = range.around(mean);
      return { expected: scale.from(mean), lower: scale.from(lower), upper: scale.from(upper) };
    },
    learn(z) {
      if (!Number.isNaN(mean)) range.learn(z - mean);
      mean = meanOf(z);
    },
  };
}
